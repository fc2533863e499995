#include "app/flow_files.h"

#include <algorithm>
#include <set>

namespace trunkline::app {
namespace {

const std::vector<std::string> kSkipped = {".git", "node_modules", "build", "cdk.out",
                                           ".trunkline"};

const std::vector<std::string> kJson = {".json"};

bool EndsWithOne(const std::string& path, const std::vector<std::string>& endings) {
  return std::ranges::any_of(endings, [&](const std::string& ending) {
    return path.size() > ending.size() && path.ends_with(ending);
  });
}

FlowFile ReadFlowFile(const std::string& path, Result<std::string> bytes) {
  FlowFile file{.path = path, .document = std::nullopt, .findings = {}};
  if (!bytes) {
    file.findings.push_back(UnusableFile(path, bytes.error()));
    return file;
  }
  flow::Parsed parsed = flow::Parse(std::move(*bytes), path);
  file.findings = std::move(parsed.findings);
  file.document = std::move(parsed.document);
  return file;
}

// Calls `use` with every flow that can be read; what is wrong with a file is collected.
template <class Use>
Result<std::size_t> ForEachFlow(const Files& files, const std::vector<std::string>& paths,
                                Findings& findings, const Use& use) {
  const auto visit = [&](const FlowFile& file) {
    findings.insert(findings.end(), file.findings.begin(), file.findings.end());
    const Result<void> used = file.Readable() ? use(*file.document) : Result<void>();
    if (!used) findings.push_back(UnusableFile(file.path, used.error()));
  };
  TL_TRY(const FlowCount count, VisitFlows(
                                    files, paths, [](FlowFile file) { return file; }, visit));
  return count.files;
}

}  // namespace

Finding UnusableFile(const std::string& file, const Error& error) {
  return {.severity = Severity::kError,
          .code = "TL-C001",
          .message = error.message(),
          .hint = {},
          .place = {.file = file},
          .source_line = {}};
}

bool LooksLikeFlow(const std::string& text) {
  // Test cases have actions and a Content, too; Content may be a string, with escaped quotes.
  if (text.find("Observations") != std::string::npos &&
      text.find("StartAction") == std::string::npos)
    return false;
  return text.find("\"Actions\"") != std::string::npos ||
         text.find("\"Content\"") != std::string::npos ||
         (text.find("\"modules\"") != std::string::npos &&
          text.find("\"start\"") != std::string::npos);
}

Result<std::vector<FoundFile>> FindFiles(const Files& files, const std::vector<std::string>& paths,
                                         const std::vector<std::string>& endings) {
  std::vector<FoundFile> found;
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
      if (EndsWithOne(name, endings) && seen.insert(below).second)
        found.push_back({.path = std::move(below)});
    }
  }
  return found;
}

std::optional<FlowFile> ReadFoundFile(const Files& files, const FoundFile& found) {
  Result<std::string> bytes = files.Read(found.path);
  if (bytes.ok() && !found.named && !LooksLikeFlow(*bytes)) return std::nullopt;
  return ReadFlowFile(found.path, std::move(bytes));
}

Result<std::vector<std::string>> FindFlowFiles(const Files& files,
                                               const std::vector<std::string>& paths) {
  return FindFilesEnding(files, paths, kJson);
}

Result<std::vector<std::string>> FindFilesEnding(const Files& files,
                                                 const std::vector<std::string>& paths,
                                                 const std::vector<std::string>& endings) {
  TL_TRY(const std::vector<FoundFile> found, FindFiles(files, paths, endings));
  std::vector<std::string> names;
  for (const FoundFile& file : found) names.push_back(file.path);
  return names;
}

Result<FormatReport> FormatFlows(Files& files, const std::vector<std::string>& paths, bool check) {
  FormatReport report;
  const auto use = [&](const flow::Document& document) -> Result<void> {
    TL_TRY(const std::string formatted, flow::FormatText(document));
    TL_TRY(const std::string before, files.Read(document.file));
    if (before == formatted) return {};
    if (!check) TL_DO(files.Rewrite(document.file, formatted));
    report.changed.push_back(document.file);
    return {};
  };
  TL_TRY(report.files, ForEachFlow(files, paths, report.findings, use));
  return report;
}

}  // namespace trunkline::app
