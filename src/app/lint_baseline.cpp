#include "app/lint_baseline.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::app {
namespace {

constexpr std::int64_t kVersion = 1;

Result<std::set<std::string>> ReadBaseline(const Files& files, const std::string& path) {
  TL_TRY(const std::string text, files.Read(path));
  const Result<json::Value> read = json::Parse(text);
  if (!read)
    return Error(ErrorKind::kInvalid, "baseline '{}' is not JSON: {}", path,
                 read.error().message());
  const bool is_one = read->IsObject() && read->AsObject().GetInt("version") == kVersion;
  if (!is_one) {
    return Error(ErrorKind::kInvalid,
                 "expected '{}' to be a baseline of version {}; '--write-baseline' makes one", path,
                 kVersion);
  }
  std::set<std::string> fingerprints;
  for (const json::Value& entry : read->AsObject().GetArray("findings")) {
    if (entry.IsObject()) fingerprints.emplace(entry.AsObject().GetString("fingerprint"));
  }
  return fingerprints;
}

bool BelongsInBaseline(const LintFinding& one) {
  return !one.suppression && !one.fingerprint.empty();
}

}  // namespace

Result<void> CompareWithBaseline(LintReport& report, const Files& files, const std::string& path) {
  TL_TRY(std::set<std::string> fingerprints, ReadBaseline(files, path));
  for (LintFinding& one : report.findings) one.known = fingerprints.erase(one.fingerprint) > 0;
  report.has_baseline = true;
  report.mended = fingerprints.size();
  return {};
}

Result<void> WriteBaseline(LintReport& report, Files& files, const std::string& path) {
  std::vector<const LintFinding*> kept;
  for (LintFinding& one : report.findings) {
    one.known = BelongsInBaseline(one);
    if (one.known) kept.push_back(&one);
  }
  std::ranges::stable_sort(kept, {}, [](const LintFinding* one) {
    return std::tie(one->subject.flow, one->subject.action, one->finding.code);
  });
  json::Array entries;
  for (const LintFinding* one : kept) {
    json::Object entry{{"fingerprint", one->fingerprint},
                       {"rule", one->finding.code},
                       {"flow", one->subject.flow}};
    entry.SetIfNotEmpty("action", one->subject.action);
    entry.Set("message", one->finding.message);
    entries.emplace_back(std::move(entry));
  }
  report.has_baseline = true;
  return files.Write(path, json::WritePretty(json::Object{{"version", kVersion},
                                                          {"findings", std::move(entries)}}));
}

}  // namespace trunkline::app
