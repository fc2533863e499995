#include "center/load.h"

#include <algorithm>

#include "base/text.h"
#include "center/check.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

// "acme/" and "acme" are one folder, and places shall not have "//" or "./" in them.
std::string Trimmed(std::string folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder.empty() ? "." : folder;
}

// The folders of all projects, sorted: for messages.
std::vector<std::string> ProjectFolders() {
  std::vector<std::string> folders;
  for (const std::string_view project : kProjects)
    folders.push_back(fmt::format("amzconnect-{}", project));
  std::ranges::sort(folders);
  return folders;
}

void NoteProjects(Reading& reading) {
  for (const std::string_view project : kProjects) {
    if (reading.files.IsFolder(reading.Path(fmt::format("amzconnect-{}", project))))
      reading.center.projects.emplace_back(project);
  }
}

// A project whose folder is misspelled would be missing without a word.
void CheckProjectNames(Reading& reading) {
  const std::vector<std::string> names = ProjectFolders();
  for (const FileEntry& entry : reading.List("")) {
    if (!entry.is_folder || !entry.name.starts_with("amzconnect-")) continue;
    if (std::ranges::find(names, entry.name) != names.end()) continue;
    const std::string near = DidYouMean(entry.name, names);
    reading.Say(Severity::kWarning, "TL-C010", reading.Path(entry.name),
                "this folder is not read, it is no project",
                near.empty() ? "known are: " + Join(names, ", ") : near);
  }
}

// False, with a finding, when there is no such folder.
bool Begin(Reading& reading, const std::string& folder) {
  reading.center.folder = Trimmed(folder);
  if (reading.files.IsFolder(reading.center.folder)) return true;
  const bool is_file = reading.files.Exists(reading.center.folder);
  reading.Say(
      Severity::kError, "TL-C001", reading.center.folder,
      is_file ? "expected the monorepo's folder but it is a file" : "this folder does not exist");
  return false;
}

// Everything that has a name.
void ReadResources(Reading& reading) {
  ReadInstance(reading);
  ReadAdminObjects(reading);
  ReadBots(reading);
  ReadFunctions(reading);
  ReadFlows(reading);
}

Loaded End(Center center, Findings findings) {
  if (HasErrors(findings)) return {.center = std::nullopt, .findings = std::move(findings)};
  return {.center = std::move(center), .findings = std::move(findings)};
}

}  // namespace

Loaded LoadSystem(const Files& files, const std::string& folder) {
  Reading reading{.files = files, .center = {}, .findings = {}};
  if (Begin(reading, folder)) {
    ReadSettings(reading);
    ReadAccounts(reading);
  }
  return End(std::move(reading.center), std::move(reading.findings));
}

LoadedNames LoadNames(const Files& files, const std::string& folder) {
  Reading reading{.files = files, .center = {}, .findings = {}};
  if (Begin(reading, folder)) {
    ReadAccounts(reading);
    ReadResources(reading);
    ReadTests(reading);
    ReadTemplates(reading);
  }
  return {.names = DeclaredNames(reading.center, reading.unread),
          .has_templates = !reading.center.templates.empty(),
          .center = std::move(reading.center)};
}

Loaded LoadSettings(const Files& files, const std::string& folder) {
  Reading reading{.files = files, .center = {}, .findings = {}};
  if (Begin(reading, folder)) ReadSettings(reading);
  return End(std::move(reading.center), std::move(reading.findings));
}

Loaded LoadCenter(const Files& files, const std::string& folder) {
  Reading reading{.files = files, .center = {}, .findings = {}};
  if (!Begin(reading, folder)) return End({}, std::move(reading.findings));
  CheckProjectNames(reading);
  NoteProjects(reading);
  ReadSettings(reading);
  ReadAccounts(reading);
  ReadResources(reading);
  ReadTests(reading);
  ReadTemplates(reading);
  ReadProjectTests(reading);

  Findings findings = std::move(reading.findings);
  const Findings more = CheckCenter(reading.center, reading.unread);
  findings.insert(findings.end(), more.begin(), more.end());
  return End(std::move(reading.center), std::move(findings));
}

}  // namespace trunkline::center
