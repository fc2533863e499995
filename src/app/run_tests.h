// Running test cases in the Testing language on the center of their monorepo, without any cloud:
// the use case behind `trunkline test`. app/run_tests_text.h prints the report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/coverage.h"
#include "app/world.h"
#include "base/clock.h"
#include "base/finding.h"
#include "base/result.h"
#include "sim/testing/run_test_case.h"

namespace trunkline::app {

struct TestOrder {
  std::vector<std::string> paths;  // as FindTestFiles takes them
  std::string environment;         // whose account and Region; empty: the center's first
  bool strict = false;             // read tests as the documentation has them (sim::TestMode)
  std::optional<TimePoint> at;     // when contacts begin; nothing: kTestTime
  std::uint64_t seed = 1;
  std::size_t jobs = 0;  // how many at once at most; 0: as many as there are cores
  bool coverage = false;
};

// Tuesday, 6 January 2026, 17:00 UTC: tests give the same today and tomorrow.
inline constexpr TimePoint kTestTime{std::chrono::seconds(1767718800)};

struct TestRunResult {
  std::string file, name, flow;
  sim::TestOutcome outcome;
};

struct TestReport {
  std::vector<TestRunResult> tests;  // by file
  std::size_t files = 0;
  std::size_t unread = 0;  // tests that cannot be run; a file that cannot be read counts as one
  Findings findings;       // of the center, and of tests that cannot be run
  std::vector<CoveredFlow> coverage;  // of all flows of the centers, when it was asked for

  std::size_t Passed() const;
};

// An error when a path is not there (FindTestFiles) or a center cannot be loaded; `findings` then
// say why.
Result<TestReport> RunTests(const AppWorld& world, const TestOrder& order, Findings& findings);

}  // namespace trunkline::app
