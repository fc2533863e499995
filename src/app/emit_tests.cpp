#include "app/emit_tests.h"

#include <set>

#include <fmt/format.h>

#include "app/test_files.h"
#include "base/json_write.h"
#include "sim/testing/scenario.h"

namespace trunkline::app {
namespace {

// "tests/sales.scenario" -> "sales".
std::string Stem(const std::string& file) {
  const std::string name = FileName(file);
  return name.substr(0, name.size() - kScenarioEnding.size());
}

Result<void> EmitFile(const Files& files, const std::string& file, sim::TestMode mode,
                      EmitReport& report) {
  if (!IsScenario(file)) {
    return Error(ErrorKind::kInvalid, "'{}' is no scenario: expected a file that ends with '{}'",
                 file, kScenarioEnding);
  }
  TL_TRY(const std::string text, files.Read(file));
  sim::ScenarioFile read = sim::ReadScenarios(text, file, mode);
  report.findings.insert(report.findings.end(), read.findings.begin(), read.findings.end());
  for (std::size_t i = 0; i < read.tests.size(); ++i) {
    std::string number = read.tests.size() == 1 ? std::string() : fmt::format("-{}", i + 1);
    report.tests.push_back({.file_name = fmt::format("{}{}.json", Stem(file), number),
                            .test = std::move(read.tests[i])});
  }
  return {};
}

}  // namespace

Result<EmitReport> EmitTests(const Files& files, const std::vector<std::string>& paths,
                             sim::TestMode mode) {
  TL_TRY(const std::vector<std::string> found, FindTestFiles(files, paths, TestKind::kScenarios));
  EmitReport report;
  for (const std::string& file : found) TL_DO(EmitFile(files, file, mode, report));
  return report;
}

Result<std::vector<std::string>> WriteTests(Files& files, const std::string& folder,
                                            const std::vector<EmittedTest>& tests) {
  std::set<std::string> names;
  for (const EmittedTest& one : tests) {
    if (names.insert(one.file_name).second) continue;
    return Error(ErrorKind::kConflict,
                 "two scenarios would be written as '{}': rename one, or write them to two folders",
                 one.file_name);
  }
  std::vector<std::string> written;
  for (const EmittedTest& one : tests) {
    written.push_back(JoinPath(folder, one.file_name));
    TL_DO(files.Write(written.back(), json::WritePretty(one.test)));
  }
  return written;
}

}  // namespace trunkline::app
