// Executions as they are kept: made, moved on by a step, ended.
//
// Each step is a part of one transaction: the run is read, the interpreter moves it on, and what
// has changed is written: strands, one record of new events, and at its end the execution. What a
// step leaves to the world (calls of tasks, timers) is found in the strands by the runner
// (runner.h), so nothing is lost when the process ends.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/stepfunctions/interpreter.h"
#include "cloud/services/stepfunctions/machine_cache.h"
#include "cloud/services/stepfunctions/records.h"
#include "cloud/services/stepfunctions/run.h"

namespace trunkline::cloud::stepfunctions {

// States that a step moves through at most, so that a loop of states leaves time to others.
inline constexpr int kStepBudget = 1'000;

struct NewExecution {
  std::string id;  // "execution:<machine>:<name>"
  std::string name;
  std::string parent;  // of the record: the machine's name, or the map run's id
  std::string machine_arn;
  std::string machine_name;
  std::string revision;
  std::string version_arn = {};
  std::string alias_arn = {};
  std::string trace_header = {};
  std::string map_run_arn = {};
  std::string start_at = {};  // of a map run's child; empty: the machine's
  json::Object variables = {};
  json::Value item = {};    // Map.Item of a map run's child
  std::string label = {};   // of a map run's child
  std::int64_t index = -1;  // of a map run's child
  std::int64_t items = 0;   // in its input
  std::string input;
  bool express = false;
  bool sync = false;  // of StartSyncExecution
};

// Makes the execution and moves it on for the first time. The answer is the record's body: an
// execution of pure states has ended already.
Answer<> StartNew(Context& context, NewExecution execution, MachineCache* cache = nullptr);

// One step of an execution under way: `event` tells the interpreter what happened. False: there is
// no such run (any more). Who steps often gives a cache.
using StepEvent = std::function<void(Interpreter&)>;
Answer<bool> StepExecution(Context& context, const std::string& id, const StepEvent& event,
                           MachineCache* cache = nullptr);

// Ends an execution that cannot go on because of a bug, rather than leaving it hanging.
void GiveUp(Context& context, const std::string& id, const std::string& why);

// The run as it is kept, for the runner to look at; null when it has ended.
std::shared_ptr<Run> ReadRun(Context& context, const std::string& id,
                             MachineCache* cache = nullptr);

// Takes a failed execution up again where it failed.
Answer<> RedriveEnded(Context& context, const Record& execution);

// The execution's record, by its ARN ("execution" or "express"). ExecutionDoesNotExist else.
Answer<Record> FindExecution(Context& context, std::string_view arn);
// Whether it can be redriven, and why not, beside its "status".
void SetRedriveStatus(json::Object& execution);
// Its events, in order.
json::Array ReadHistory(Context& context, const std::string& id);
// With its history and whatever else belongs to it.
void ForgetExecution(Context& context, const std::string& id);

}  // namespace trunkline::cloud::stepfunctions
