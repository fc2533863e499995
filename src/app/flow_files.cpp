#include "app/flow_files.h"

#include <algorithm>
#include <set>

#include "base/json_read.h"
#include "flow/document.h"
#include "flow/lint.h"
#include "flow/outline.h"
#include "flow/validate.h"

namespace trunkline::app {
namespace {

const std::vector<std::string> kSkipped = {".git", "node_modules", "build", "cdk.out",
                                           ".trunkline"};

bool IsJson(const std::string& path) {
  return path.size() > 5 && path.compare(path.size() - 5, 5, ".json") == 0;
}

struct Found {
  std::string path;
  bool named = false;  // by the user, not found in a folder
};

Result<std::vector<Found>> Find(const Files& files, const std::vector<std::string>& paths) {
  std::vector<Found> found;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    if (!files.Exists(path))
      return Error(ErrorKind::kNotFound, "there is no file or folder '{}'", path);
    if (!files.IsFolder(path)) {
      if (seen.insert(path).second) found.push_back({.path = path, .named = true});
      continue;
    }
    TL_TRY(const std::vector<std::string> names, ListRecursively(files, path, kSkipped));
    for (const std::string& name : names) {
      std::string below = JoinPath(path, name);
      if (IsJson(name) && seen.insert(below).second) found.push_back({.path = std::move(below)});
    }
  }
  return found;
}

// What cannot be done with one file is said like what is wrong in it, and the others go on.
Finding CannotUse(const std::string& file, const Error& error) {
  return {.severity = Severity::kError,
          .code = "TL-C001",
          .message = error.message(),
          .hint = {},
          .place = {.file = file},
          .source_line = {}};
}

// Calls `use` with every flow that can be read; what is wrong with a file is collected.
template <class Use>
Result<std::size_t> ForEachFlow(const Files& files, const std::vector<std::string>& paths,
                                Findings& findings, std::size_t& skipped, const Use& use) {
  TL_TRY(const std::vector<Found> found, Find(files, paths));
  std::size_t count = 0;
  for (const Found& file : found) {
    Result<std::string> bytes = files.Read(file.path);
    if (bytes && !file.named && !LooksLikeFlow(*bytes)) {
      ++skipped;
      continue;
    }
    ++count;
    if (!bytes) {
      findings.push_back(CannotUse(file.path, bytes.error()));
      continue;
    }
    flow::Parsed parsed = flow::Parse(std::move(*bytes), file.path);
    const bool readable = parsed.document.has_value() && !HasErrors(parsed.findings);
    findings.insert(findings.end(), parsed.findings.begin(), parsed.findings.end());
    const Result<void> used = readable ? use(*parsed.document) : Result<void>();
    if (!used) findings.push_back(CannotUse(file.path, used.error()));
  }
  return count;
}

}  // namespace

bool LooksLikeFlow(const std::string& text) {
  return text.find("\"Actions\"") != std::string::npos ||
         text.find("\"Content\"") != std::string::npos ||
         (text.find("\"modules\"") != std::string::npos &&
          text.find("\"start\"") != std::string::npos);
}

Result<std::vector<std::string>> FindFlowFiles(const Files& files,
                                               const std::vector<std::string>& paths) {
  TL_TRY(const std::vector<Found> found, Find(files, paths));
  std::vector<std::string> names;
  for (const Found& file : found) names.push_back(file.path);
  return names;
}

Result<LintReport> LintFlows(const Files& files, const std::vector<std::string>& paths,
                             bool strict) {
  LintReport report;
  const auto use = [&](const flow::Document& document) -> Result<void> {
    const auto mode = strict ? flow::ValidateMode::kStrict : flow::ValidateMode::kObserved;
    flow::Validation validation = flow::Validate(document, mode);
    for (Finding& finding : validation.findings) report.findings.push_back(std::move(finding));
    for (Finding& finding : flow::Lint(document)) report.findings.push_back(std::move(finding));
    return {};
  };
  TL_TRY(report.files, ForEachFlow(files, paths, report.findings, report.skipped, use));
  return report;
}

Result<FormatReport> FormatFlows(Files& files, const std::vector<std::string>& paths, bool check) {
  FormatReport report;
  std::size_t skipped = 0;
  const auto use = [&](const flow::Document& document) -> Result<void> {
    TL_TRY(const std::string formatted, flow::FormatText(document));
    TL_TRY(const std::string before, files.Read(document.file));
    if (before == formatted) return {};
    if (!check) TL_DO(files.Rewrite(document.file, formatted));
    report.changed.push_back(document.file);
    return {};
  };
  TL_TRY(report.files, ForEachFlow(files, paths, report.findings, skipped, use));
  return report;
}

namespace {

Result<OutlineReport> OutlineAnything(const Files& files, const std::vector<std::string>& paths) {
  OutlineReport report;
  for (const std::string& path : paths) {
    TL_TRY(const std::string bytes, files.Read(path));
    const flow::Parsed parsed = flow::Parse(bytes, path);
    const bool readable = parsed.document.has_value() && !HasErrors(parsed.findings);
    report.text += readable ? flow::Outline(*parsed.document) : bytes;
  }
  return report;
}

}  // namespace

Result<OutlineReport> OutlineFlows(const Files& files, const std::vector<std::string>& paths,
                                   bool any) {
  if (any) return OutlineAnything(files, paths);
  OutlineReport report;
  std::size_t skipped = 0;
  const auto use = [&](const flow::Document& document) -> Result<void> {
    report.text += (report.text.empty() ? "" : "\n") + flow::Outline(document);
    return {};
  };
  TL_DO(ForEachFlow(files, paths, report.findings, skipped, use));
  return report;
}

Result<ReferencesReport> ListReferences(const Files& files, const std::vector<std::string>& paths) {
  ReferencesReport report;
  std::size_t skipped = 0;
  const auto use = [&](const flow::Document& document) -> Result<void> {
    report.flows.push_back({.file = document.file, .references = flow::References(document)});
    return {};
  };
  TL_DO(ForEachFlow(files, paths, report.findings, skipped, use));
  return report;
}

}  // namespace trunkline::app
