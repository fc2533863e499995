#include "center/load.h"

#include "center/check.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

// "acme/" and "acme" are one folder, and places shall not have "//" or "./" in them.
std::string Trimmed(std::string folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder.empty() ? "." : folder;
}

}  // namespace

Loaded LoadCenter(const Files& files, const std::string& folder) {
  Reading reading{.files = files, .center = {}, .findings = {}};
  reading.center.folder = Trimmed(folder);
  if (!files.IsFolder(reading.center.folder)) {
    reading.Say(Severity::kError, "TL-C001", reading.center.folder, "this folder does not exist");
    return {.center = std::nullopt, .findings = std::move(reading.findings)};
  }
  ReadSettings(reading);
  ReadAccounts(reading);
  ReadInstance(reading);
  ReadAdminObjects(reading);
  ReadBots(reading);
  ReadFunctions(reading);
  ReadFlows(reading);
  ReadTests(reading);
  ReadTemplates(reading);

  Findings findings = std::move(reading.findings);
  const Findings more = CheckCenter(reading.center);
  findings.insert(findings.end(), more.begin(), more.end());
  if (HasErrors(findings)) return {.center = std::nullopt, .findings = std::move(findings)};
  return {.center = std::move(reading.center), .findings = std::move(findings)};
}

}  // namespace trunkline::center
