// Scenarios: tests of calls in plain words, one step a line, as people of a contact center write
// them. They become the Testing language, nothing else: whatever runs a test case runs a scenario.
//
//   test A caller who says sales waits in the sales queue
//   flow ACME_Main
//   hear "Which department"
//   say sales
//   queue ACME_Sales
//
// docs/test.md has every step. What is waited for (hear, queue, end) follows each other in the
// order of the lines; what is done (say, press, check, what a function answers) is done as soon as
// the line of that kind above it came.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "sim/testing/read_test_case.h"

namespace trunkline::sim {

inline constexpr std::string_view kUnknownStep = "TL-T101";
inline constexpr std::string_view kMissingPart = "TL-T102";
inline constexpr std::string_view kUnknownPart = "TL-T103";
inline constexpr std::string_view kMisplacedStep = "TL-T104";
inline constexpr std::string_view kBadValue = "TL-T105";

struct ScenarioFile {
  // The input of `aws connect create-test-case` for each test, but for its InstanceId; Content is a
  // text. Observations and actions are called after their lines: "line 4". Empty when the findings
  // have errors.
  std::vector<json::Object> tests;
  Findings findings;  // codes TL-T101 to TL-T105
};

// `file` names the text in findings. The modes spell what the customer says differently.
ScenarioFile ReadScenarios(std::string_view text, std::string_view file, TestMode mode);

}  // namespace trunkline::sim
