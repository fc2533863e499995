// Test cases for tests: parts of the Testing language as JSON text, and a small center to run on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/testing/read_test_case.h"
#include "sim/testing/run_test_case.h"

namespace trunkline::sim::tests {

// An observation; its actions are done in their order.
std::string Observe(std::string_view id, std::string_view event, std::string_view actions = "",
                    std::string_view next = "", std::string_view usage = "");
std::string Initiated();
std::string Completed();
std::string Hears(std::string_view text, std::string_view matching = "Inclusion");
// FlowActionStarted, with its ActionParameters.
std::string Begins(std::string_view type, std::string_view parameters);
std::string Succeeds(std::string_view type, std::string_view parameters);

std::string Press(std::string_view id, std::string_view keys);
std::string SayWords(std::string_view id, std::string_view words);
std::string HangUp(std::string_view id);
std::string Expect(std::string_view id, std::string_view reference, std::string_view op,
                   std::string_view operand);
std::string Replace(std::string_view id, std::string_view type, std::string_view parameters,
                    std::string_view strategy);
std::string Mock(std::string_view result);
std::string Failing(std::string_view error);
std::string Stop(std::string_view id);
std::string Log(std::string_view id, std::string_view label, std::string_view text);

// A test that enters flow "main".
std::string WrittenTest(const std::vector<std::string>& observations,
                        std::string_view type = "VOICE_CALL");
// Reads it; a finding fails the test that called.
TestCase ReadGood(const std::string& text, TestMode mode = TestMode::kObserved);
// "TL-T003: message" of each finding.
std::vector<std::string> Wrong(const std::string& text, TestMode mode = TestMode::kObserved);

// Flow "main": "Welcome", hours "Always", function "lookup", menu 1 Sales, 2 Finance, then the
// queue.
World TestedWorld();
// On that world, or another.
TestOutcome Played(const std::vector<std::string>& observations);
TestOutcome Played(World world, const std::vector<std::string>& observations);

}  // namespace trunkline::sim::tests
