// Test results and coverage as programs write them, in the formats CodeBuild knows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace trunkline::cloud::codebuild {

struct TestResult {
  std::string prefix;  // the class, the feature
  std::string name;
  std::string suite;
  std::string status = "SUCCEEDED";  // or FAILED, ERROR, SKIPPED, UNKNOWN
  std::string message;
  std::int64_t nanoseconds = 0;
};

// `format` is a file-format of a test report: JUNITXML, CUCUMBERJSON, NUNITXML, NUNIT3XML,
// TESTNGXML, VISUALSTUDIOTRX. The error says what was expected.
Result<std::vector<TestResult>> ReadTestResults(std::string_view format, std::string_view text);

struct Coverage {
  std::int64_t lines_covered = 0;
  std::int64_t lines_missed = 0;
  std::int64_t branches_covered = 0;
  std::int64_t branches_missed = 0;
};

// CLOVERXML, COBERTURAXML, JACOCOXML, SIMPLECOV
bool IsCoverageFormat(std::string_view format);
Result<Coverage> ReadCoverage(std::string_view format, std::string_view text);

// The root element's document without its document type, which our reader refuses and JaCoCo
// writes.
std::string WithoutDoctype(std::string_view text);

}  // namespace trunkline::cloud::codebuild
