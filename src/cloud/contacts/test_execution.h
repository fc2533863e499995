// The execution of a test case in the cloud: a contact of the instance that the test steers, whose
// functions and bots are the cloud's own unless the test stands in for them.
//
// As `trunkline test` runs it: time is virtual. At most kMostRunning of an instance run at once;
// the others wait.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "cloud/contacts/host.h"
#include "cloud/engine.h"
#include "sim/testing/run_test_case.h"

namespace trunkline::cloud::contacts {

struct Execution {
  std::string id;
  CallPlan plan;
  sim::TestCase test;
  bool stopped = false;
};

// How one ended.
struct ExecutionEnd {
  std::string contact_id;  // empty: it never began
  sim::TestOutcome outcome;
  std::string failure;  // why it never began; empty: it did
  bool stopped = false;
};

class Executions final : public Resident {
 public:
  static constexpr std::size_t kMostRunning = 5;
  static constexpr std::size_t kMostInHand = 100;  // those that run included

  explicit Executions(Engine& engine) : engine_(engine) {}
  void Reset() override { of_instances_.clear(); }

  // False: kMostInHand are in hand.
  bool Add(std::shared_ptr<Execution> execution);
  bool Has(const std::string& instance_id, const std::string& id) const;
  void Stop(const std::string& instance_id, const std::string& id);

 private:
  struct InHand {
    std::vector<std::shared_ptr<Execution>> running;
    std::deque<std::shared_ptr<Execution>> waiting;
  };
  void StartNext(const std::string& instance_id);
  static net::aw<void> Run(Engine& engine, std::shared_ptr<Execution> execution);
  void Ended(const Execution& execution);

  Engine& engine_;
  std::map<std::string, InHand> of_instances_;  // shared with the coroutines that run them
};

// Told by services/connect/test_executions.cpp, which keeps the records.
void ExecutionBegins(const WaitContext& context, const Execution& execution);
void ExecutionEnds(const WaitContext& context, const Execution& execution, const ExecutionEnd& end);

}  // namespace trunkline::cloud::contacts
