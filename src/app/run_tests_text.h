// The report of tests, printed.
#pragma once

#include <string>

#include "app/run_tests.h"
#include "base/json.h"

namespace trunkline::app {

// A line a test; of those that did not pass the first difference and the transcript; the sum.
std::string ToText(const TestReport& report);
// {passed, failed, tests: [{file, name, flow, verdict, difference, took, observations, assertions,
// log, unused, missing, transcript}], coverage}; times in
// milliseconds; coverage when it was asked for.
json::Object ToJson(const TestReport& report);
// JUnit's XML, as continuous integration reads it.
std::string ToJunit(const TestReport& report);

}  // namespace trunkline::app
