#include "app/test_files.h"

#include "app/flow_files.h"
#include "app/lint_home.h"
#include "base/json_write.h"
#include "sim/testing/scenario.h"

namespace trunkline::app {
namespace {

// Of a test case's text.
void ReadInto(TestFile& read, std::string_view text, const std::string& file, sim::TestMode mode) {
  sim::ReadTest one = sim::ReadTestCase(text, file, mode);
  read.findings.insert(read.findings.end(), one.findings.begin(), one.findings.end());
  if (one.test) read.tests.push_back(std::move(*one.test));
}

}  // namespace

bool IsScenario(std::string_view file) {
  return file.ends_with(kScenarioEnding);
}

Result<std::vector<std::string>> FindTestFiles(const Files& files,
                                               const std::vector<std::string>& paths,
                                               TestKind kind) {
  std::vector<std::string> places;
  for (const std::string& path : paths) {
    const std::string below = JoinPath(path, kTestsFolder);
    places.push_back(files.IsFolder(below) ? below : path);
  }
  if (paths.empty()) {
    const auto monorepo = FindMonorepo(files, ".");
    if (!monorepo)
      return Error(ErrorKind::kNotFound,
                   "there is no monorepo here: name the tests, or a folder with {}", kTestsFolder);
    const std::string folder = JoinPath(*monorepo, kTestsFolder);
    if (!files.IsFolder(folder)) return std::vector<std::string>();
    places.push_back(folder);
  }
  std::vector<std::string> endings = {std::string(kScenarioEnding)};
  if (kind == TestKind::kAll) endings.emplace_back(".json");
  return FindFilesEnding(files, places, endings);
}

Result<TestFile> ReadTestFile(const Files& files, const std::string& file, sim::TestMode mode) {
  TL_TRY(const std::string text, files.Read(file));
  TestFile read;
  if (!IsScenario(file)) {
    ReadInto(read, text, file, mode);
    return read;
  }
  const sim::ScenarioFile scenarios = sim::ReadScenarios(text, file, mode);
  read.findings = scenarios.findings;
  for (const json::Object& test : scenarios.tests) ReadInto(read, json::Write(test), file, mode);
  return read;
}

}  // namespace trunkline::app
