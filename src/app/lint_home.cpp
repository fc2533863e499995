#include "app/lint_home.h"

#include "app/test_files.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "center/lint_facts.h"
#include "center/load.h"

namespace trunkline::app {
namespace {

std::string Above(const std::string& folder) {
  if (folder == ".") return "..";
  if (folder == ".." || folder.ends_with("/..")) return folder + "/..";
  const std::size_t slash = folder.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : folder.substr(0, slash);
}

// Tests in plain words are tests, too: as the test cases that they stand for. What is wrong in one
// `trunkline test` says.
void AddScenarios(const Files& files, const std::string& monorepo, center::Center& center) {
  const Result<std::vector<std::string>> found =
      FindTestFiles(files, {monorepo}, TestKind::kScenarios);
  if (!found || !files.IsFolder(JoinPath(monorepo, kTestsFolder))) return;
  for (const std::string& file : *found) {
    const Result<std::string> text = files.Read(file);
    if (!text) continue;
    for (json::Object& test : sim::ReadScenarios(*text, file, sim::TestMode::kObserved).tests) {
      if (const auto content = json::Parse(test.GetString("Content")))
        test.Set("Content", *content);
      center.tests.push_back({.file = file, .text = json::Write(test)});
    }
  }
}

}  // namespace

std::optional<std::string> FindMonorepo(const Files& files, const std::string& folder) {
  constexpr int kDeepest = 64;  // above the root of the file system is the root again
  std::string at = folder;
  for (int i = 0; i < kDeepest; ++i) {
    if (files.Exists(JoinPath(at, "trunkline.json")) ||
        files.IsFolder(JoinPath(at, "amzconnect-contact-flows")))
      return at;
    if (at == "/" || files.Exists(JoinPath(at, ".git"))) break;
    at = Above(at);
  }
  return std::nullopt;
}

LintHomes::LintHomes(const Files& files, std::string environment, std::string today)
    : files_(files), environment_(std::move(environment)), today_(std::move(today)) {}

LintHome LintHomes::Home(const std::string& monorepo, flow::LintLevels levels,
                         std::vector<flow::LintSuppression> suppressions, Findings findings) const {
  return {.monorepo = monorepo,
          .options = {.levels = std::move(levels)},
          .names = std::nullopt,
          .facts = {},
          .suppressor = {std::move(suppressions), today_},
          .findings = std::move(findings)};
}

Result<LintHome> LintHomes::Read(const std::string& monorepo) const {
  if (monorepo.empty()) {
    if (environment_.empty()) return Home(monorepo, {}, {}, {});
    return Error(ErrorKind::kNotFound,
                 "environment '{}' is not known: expected the flows to be in a contact center's "
                 "folder, below a trunkline.json",
                 environment_);
  }
  // The environments are needed only to say that one of them does not exist.
  center::Loaded loaded = environment_.empty() ? center::LoadSettings(files_, monorepo)
                                               : center::LoadSystem(files_, monorepo);
  if (!loaded.center) return Home(monorepo, {}, {}, std::move(loaded.findings));
  if (!environment_.empty()) TL_DO(center::SelectEnvironment(*loaded.center, environment_));
  const center::LintSettings& lint = loaded.center->settings.lint;
  return Home(monorepo, center::LintLevelsOf(lint, environment_), lint.suppressions,
              std::move(loaded.findings));
}

Result<LintHome*> LintHomes::Of(const std::string& file) {
  const std::string folder = FolderName(file);
  if (const auto found = by_folder_.find(folder); found != by_folder_.end()) return found->second;
  const std::string monorepo = FindMonorepo(files_, folder).value_or("");
  std::unique_ptr<LintHome>& home = by_monorepo_[monorepo];
  if (home == nullptr) {
    TL_TRY(LintHome read, Read(monorepo));
    home = std::make_unique<LintHome>(std::move(read));
  }
  by_folder_[folder] = home.get();
  return home.get();
}

void LintHomes::TakeCenter(LintHome& home) const {
  if (home.monorepo.empty() || home.names) return;
  center::LoadedNames loaded = center::LoadNames(files_, home.monorepo);
  home.names.emplace();
  for (const flow::ResourceKind kind : flow::AllResourceKinds()) {
    if (!loaded.names.Knows(kind)) continue;
    for (const std::string& name : loaded.names.Names(kind)) home.names->Add(kind, name, {});
  }
  home.options.symbols = &*home.names;
  home.options.more_symbols = loaded.has_templates;
  AddScenarios(files_, home.monorepo, loaded.center);
  home.facts = center::LintFactsOf(loaded.center, environment_);
  home.options.center = &home.facts;
}

Findings LintHomes::Judge(bool complete) const {
  Findings findings;
  for (const auto& [monorepo, home] : by_monorepo_) {
    findings.insert(findings.end(), home->findings.begin(), home->findings.end());
    for (Finding& finding : home->suppressor.Judge(home->options, complete))
      findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace trunkline::app
