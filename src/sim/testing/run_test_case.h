// Runs a test case: a rehearsed contact whose events the observations wait for. The same test and
// world give the same outcome, always; time is virtual, and five minutes of it are the limit.
//
// Where the service says nothing (which observations an event matches, what Usage means beyond its
// names, whether all must match), docs/test.md says what holds here.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/coverage.h"
#include "sim/rehearsal.h"
#include "sim/testing/test_case.h"
#include "sim/transcript.h"

namespace trunkline::sim {

inline constexpr std::chrono::minutes kTestLimit{5};

enum class Verdict { kPassed, kFailed, kTimedOut };
std::string_view ToText(Verdict verdict);  // "passed", "failed", "timed out"

struct ObservationOutcome {
  std::string id;
  int times = 0;         // how often it matched
  bool passed = false;   // as often as it must
  Milliseconds first{};  // when, since the test began; 0 when it never matched
};

struct AssertionOutcome {
  Assertion assertion;
  std::optional<std::string> actual;
  bool holds = false;
};

struct TestOutcome {
  Verdict verdict = Verdict::kFailed;
  std::string difference;                        // the first one, a sentence; empty when passed
  std::vector<ObservationOutcome> observations;  // in the order of the document
  std::vector<AssertionOutcome> assertions;      // in the order they were made
  std::vector<std::pair<std::string, std::string>> log;
  std::vector<std::string> unused;   // overrides nothing came to use, a sentence each
  std::vector<std::string> missing;  // "lambda:name": asked for, and nothing stood in for it
  Transcript transcript;
  Coverage coverage;
  Milliseconds took{0};  // of virtual time
};

// What a test does not say itself.
struct TestSetting {
  TimePoint at{};
  std::uint64_t seed = 1;
};

// The parts of RunTestCase, for a host that answers functions and bots itself: it gives the contact
// Started and then each NextEvent while the run goes on (TestRun::GoesOn), asks the run before each
// action, and has it judged.
class TestRun;
Call CallOf(const TestCase& test, const TestSetting& setting);
// What the customer does, or time that passes, until `end`; nothing: there is no more to come.
std::optional<Event> NextEvent(const Contact& contact, TestRun& run, TimePoint end);
TestOutcome Judge(TestRun& run, const Contact& contact, Transcript transcript, TimePoint began);

TestOutcome RunTestCase(const TestCase& test, std::shared_ptr<const World> world,
                        StandIns stand_ins, const TestSetting& setting);

}  // namespace trunkline::sim
