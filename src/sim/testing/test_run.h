// TestRun: one run of a test case, while it goes on. It watches the rehearsal, matches observations
// and does their actions; sim/testing/run_test_case.cpp lets it go on and judges.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/testing/match.h"
#include "sim/testing/run_test_case.h"

namespace trunkline::sim {

// An observation while the test runs.
struct Watched {
  const Observation* observation = nullptr;
  bool active = false;
  bool was_active = false;
  int times = 0;
  TimePoint first{};
  // What had been heard and begun when it became active.
  std::size_t heard_before = 0, begun_before = 0;

  bool Satisfied() const;
};

// A flow action that began.
struct Begun {
  std::string type, name;
};

class TestRun final : public Director {
 public:
  TestRun(const TestCase& test, const World& world, TimePoint began);

  void See(const Contact& contact, const Effect& effect) override;
  Steering Before(const Contact& contact, const Stopped& stopped) override;
  // TestInitiated, TestCompleted.
  void Happen(const Contact& contact, TestEventType type);

  // Nothing more is to be done: EndTest, or a difference.
  bool finished() const { return finished_; }
  bool timed_out() const { return timed_out_; }
  bool GoesOn(const Contact& contact) const {
    return !finished_ && !timed_out_ && contact.phase() != Phase::kEnded;
  }
  const std::string& difference() const { return difference_; }
  // Every observation matched that can match before the end, and every wanted outcome was taken.
  bool AllMatched() const;
  void RunsOutOfTime() { timed_out_ = true; }

  // What the customer does next.
  const Instruction* NextInstruction() const;
  void InstructionGiven() { instructions_.pop_front(); }

  // What the agent does next: once he talks with the customer.
  std::optional<Event> NextOfAgent(const Contact& contact);
  std::size_t agent_left() const { return agent_.size(); }

  const std::vector<Watched>& watched() const { return watched_; }
  const std::vector<std::string>& heard() const { return heard_; }
  const std::vector<Begun>& begun() const { return begun_; }
  // An outcome that the test wanted and nothing came to take, in a sentence.
  std::optional<std::string> UnusedOutcome() const;
  // Moves logs, assertions, coverage and what overrides are left.
  void Report(TestOutcome& outcome);

 private:
  template <class Fitting>
  void Match(const Contact& contact, const Fitting& fitting);
  void Matched(const Contact& contact, Watched& watched);
  void Activate(Watched& watched);
  void Do(const Contact& contact, const Observation& observation, const TestAction& action);
  void Assert(const Contact& contact, const Observation& observation, const TestAction& action,
              const Assertion& assertion);
  void Differ(std::string difference);
  std::optional<std::string> Read(const Contact& contact, const std::string& reference) const;
  ReadReference Reading(const Contact& contact) const;
  Steering Use(const Override& used);
  // What the test wants of the action that is about to run.
  std::optional<SteeredOutcome> TakeOutcome(std::string_view type);

  const World& world_;
  TimePoint began_;
  std::vector<Watched> watched_;
  std::deque<Override> overrides_;
  std::vector<WantedOutcome> outcomes_;  // those nothing took yet
  std::deque<Instruction> instructions_;
  std::deque<Event> agent_;
  std::vector<std::string> heard_;
  std::vector<Begun> begun_;
  std::string resource_;                // of the action that runs
  const FlowResource* flow_ = nullptr;  // where it is
  std::string action_;
  Coverage coverage_;
  bool function_completed_ = false, bot_completed_ = false;
  bool finished_ = false, timed_out_ = false;
  std::string difference_;
  std::vector<AssertionOutcome> assertions_;
  std::vector<std::pair<std::string, std::string>> log_;
};

}  // namespace trunkline::sim
