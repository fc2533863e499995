#include "app/flow_diff.h"

#include <map>
#include <optional>

#include "app/flow_files.h"

namespace trunkline::app {
namespace {

std::optional<flow::Document> ReadFlow(const Files& files, const std::string& path,
                                       Findings& findings) {
  Result<std::string> bytes = files.Read(path);
  if (!bytes) {
    findings.push_back({.severity = Severity::kError,
                        .code = "TL-C001",
                        .message = bytes.error().message(),
                        .hint = {},
                        .place = {.file = path},
                        .source_line = {}});
    return std::nullopt;
  }
  flow::Parsed parsed = flow::Parse(std::move(*bytes), path);
  const bool readable = parsed.document.has_value() && !HasErrors(parsed.findings);
  findings.insert(findings.end(), parsed.findings.begin(), parsed.findings.end());
  return readable ? std::move(parsed.document) : std::nullopt;
}

// The flows of a folder, by their paths below it; of a file the file itself.
Result<std::map<std::string, std::string>> FlowsOf(const Files& files, const std::string& path) {
  std::map<std::string, std::string> flows;
  TL_TRY(const std::vector<std::string> names, FindFlowFiles(files, {path}));
  // A file has the name "" so that it meets the other file, whatever both are called.
  std::string folder = files.IsFolder(path) ? path : std::string();
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  for (const std::string& name : names) {
    const std::size_t below = name.find_first_not_of('/', folder.size());
    flows.emplace(folder.empty() ? std::string() : name.substr(below), name);
  }
  return flows;
}

void Compare(const Files& files, const std::string& before, const std::string& after,
             FlowDiffReport& report) {
  const std::optional<flow::Document> was = ReadFlow(files, before, report.findings);
  const std::optional<flow::Document> is = ReadFlow(files, after, report.findings);
  if (!was || !is) return;
  ++report.compared;
  std::vector<flow::FlowChange> changes = flow::DiffFlows(*was, *is);
  if (changes.empty()) return;
  report.flows.push_back(
      {.file = after, .kind = flow::ChangeKind::kChanged, .changes = std::move(changes)});
}

}  // namespace

Result<FlowDiffReport> DiffFlowFiles(const Files& files, const std::string& before,
                                     const std::string& after) {
  TL_TRY(const auto befores, FlowsOf(files, before));
  TL_TRY(const auto afters, FlowsOf(files, after));
  if (files.IsFolder(before) != files.IsFolder(after)) {
    return Error(ErrorKind::kInvalid,
                 "expected two flow files or two folders but '{}' is a {} and '{}' is a {}", before,
                 files.IsFolder(before) ? "folder" : "file", after,
                 files.IsFolder(after) ? "folder" : "file");
  }
  FlowDiffReport report;
  for (const auto& [name, path] : befores) {
    const auto found = afters.find(name);
    if (found != afters.end()) {
      Compare(files, path, found->second, report);
    } else {
      report.flows.push_back({.file = path, .kind = flow::ChangeKind::kRemoved, .changes = {}});
    }
  }
  for (const auto& [name, path] : afters) {
    if (!befores.contains(name))
      report.flows.push_back({.file = path, .kind = flow::ChangeKind::kAdded, .changes = {}});
  }
  return report;
}

}  // namespace trunkline::app
