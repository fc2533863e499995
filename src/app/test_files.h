// The files that hold tests of calls: test cases (*.json) and scenarios (*.scenario).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "sim/testing/read_test_case.h"

namespace trunkline::app {

inline constexpr std::string_view kTestsFolder = "amzconnect-contact-flows/tests";

inline constexpr std::string_view kScenarioEnding = ".scenario";

bool IsScenario(std::string_view file);  // by its ending

enum class TestKind { kAll, kScenarios };
// A folder stands for the tests below its amzconnect-contact-flows/tests, or else below itself; no
// path for the monorepo around this folder. A file is itself, whatever it ends with. An error when
// a path is not there.
Result<std::vector<std::string>> FindTestFiles(const Files& files,
                                               const std::vector<std::string>& paths,
                                               TestKind kind = TestKind::kAll);

struct TestFile {
  std::vector<sim::TestCase> tests;  // none when the findings have errors
  Findings findings;
};
// A scenario file may hold several. An error when the file cannot be read.
Result<TestFile> ReadTestFile(const Files& files, const std::string& file, sim::TestMode mode);

}  // namespace trunkline::app
