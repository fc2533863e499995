// Scenarios as test cases of the Testing language: the use case behind `trunkline test --emit`.
#pragma once

#include <string>
#include <vector>

#include "app/world.h"
#include "base/finding.h"
#include "base/json.h"
#include "base/result.h"
#include "sim/testing/read_test_case.h"

namespace trunkline::app {

struct EmittedTest {
  std::string file_name;  // "sales.json"; "sales-2.json" for the second of several in a file
  json::Object test;      // the input of `aws connect create-test-case`, without its InstanceId
};

struct EmitReport {
  std::vector<EmittedTest> tests;  // by file, then by line
  Findings findings;               // of scenarios that cannot be read
};

// Of the scenarios that the paths stand for (FindTestFiles). An error when one of them is none.
Result<EmitReport> EmitTests(const Files& files, const std::vector<std::string>& paths,
                             sim::TestMode mode);

// Writes them to `folder` and gives the paths. An error, and nothing is written, when two would
// have the same name.
Result<std::vector<std::string>> WriteTests(Files& files, const std::string& folder,
                                            const std::vector<EmittedTest>& tests);

}  // namespace trunkline::app
