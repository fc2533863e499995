#include "cloud/services/stepfunctions/runner.h"

#include <algorithm>
#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/json_write.h"
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/map_run.h"
#include "cloud/services/stepfunctions/tasks.h"

namespace trunkline::cloud {
namespace stepfunctions {
namespace {

namespace asio = net::asio;

// One call of a task, by value: it outlives the step that made it.
struct TaskCall {
  std::string execution;
  int strand = 0;
  int call = 0;
  json::Object task;
  std::string role;
  std::string session;
  std::string machine;  // ARNs
  std::string arn;
};

// Tells the run what came of a call.
void Deliver(const WaitContext& context, const TaskCall& call, const StepEvent& event) {
  const auto done = context.State([&](Context& state) -> Answer<> {
    TL_DO(StepExecution(state, call.execution, event, CacheOf(context)));
    return json::Object();
  });
  if (!done) context.log().Warn("an execution cannot go on: {}", done.error().message);
}

void DeliverResult(const WaitContext& context, const TaskCall& call, Outcome<> result) {
  Deliver(context, call, [&](Interpreter& interpreter) {
    if (result) {
      interpreter.TaskSucceeded(call.strand, call.call, *result);
    } else {
      interpreter.TaskFailed(call.strand, call.call, result.error());
    }
  });
}

// Calls, unless the job was begun before a restart.
net::aw<std::optional<Outcome<>>> Submit(WaitContext context, WaitContext as_role, TaskCall call,
                                         Resource resource) {
  json::Value arguments = call.task.At("arguments");
  json::Array origin{call.machine, call.arn};
  auto called =
      co_await CallTask(std::move(as_role), resource, std::move(arguments), std::move(origin));
  if (!called) co_return Outcome<>(std::move(called).error());
  if (resource.pattern == Resource::Pattern::kRequest)
    co_return Outcome<>(std::move(called->output));
  const std::string output = json::Write(called->output);
  Deliver(context, call, [&](Interpreter& interpreter) {
    interpreter.TaskSubmitted(call.strand, call.call, output, called->job);
  });
  co_return std::nullopt;
}

std::string JobOf(const WaitContext& context, const TaskCall& call) {
  std::string job;
  static_cast<void>(context.State([&](Context& state) -> Answer<> {
    const auto run = ReadRun(state, call.execution, CacheOf(context));
    const auto found = run ? run->strands.find(call.strand) : std::map<int, Strand>::iterator();
    if (run && found != run->strands.end() && found->second.call == call.call)
      job = found->second.task.GetString("job");
    return json::Object();
  }));
  return job;
}

net::aw<void> Perform(WaitContext context, TaskCall call) {
  if (call.task.GetBool("map")) {
    MapCall map{.execution = call.execution,
                .strand = call.strand,
                .call = call.call,
                .role = call.role,
                .session = call.session};
    co_await PerformMapRun(std::move(context), std::move(map));
    co_return;
  }
  auto resource = ReadResource(call.task.GetString("resource"));
  const TaskRole role{.machine_role = call.role,
                      .task_role = std::string(call.task.GetString("role")),
                      .session = call.session,
                      .execution = call.execution};
  auto as_role = AsRole(context, role);
  if (!resource || !as_role) {
    DeliverResult(context, call,
                  resource ? as_role.error() : RuntimeFailure(resource.error().message()));
    co_return;
  }
  if (!call.task.GetBool("submitted")) {
    WaitContext caller = *as_role;
    auto result = co_await Submit(context, std::move(caller), call, *resource);
    if (result) DeliverResult(context, call, std::move(*result));
  }
  if (resource->pattern != Resource::Pattern::kSync) co_return;
  std::string job = JobOf(context, call);
  if (job.empty()) co_return;
  auto result = co_await WaitForJob(std::move(*as_role), std::move(*resource), std::move(job));
  DeliverResult(context, call, std::move(result));
}

// What goes wrong in a call is a bug, and fails the task rather than leaving it hanging.
net::aw<void> PerformSafely(WaitContext context, TaskCall call) {
  std::string bug;
  try {
    co_await Perform(context, call);
    co_return;
  } catch (const std::exception& thrown) {
    bug = thrown.what();
  }
  context.log().Warn("a task has a bug: {}", bug);
  DeliverResult(context, call, RuntimeFailure(bug));
}

bool NeedsCall(const Strand& strand) {
  if (strand.phase != Strand::Phase::kTask) return false;
  if (strand.task.GetBool("map")) return true;
  const auto resource = ReadResource(strand.task.GetString("resource"));
  if (!resource) return true;
  if (resource->kind == Resource::Kind::kActivityArn) return false;
  return resource->pattern == Resource::Pattern::kSync || !strand.task.GetBool("submitted");
}

}  // namespace

MachineCache* CacheOf(const WaitContext& context) {
  return &context.engine().Get<Runner>().machines();
}

Runner::Key Runner::KeyOf(const Scope& scope, const std::string& id) {
  return {scope.account + "/" + scope.region, id};
}

// Everything was forgotten: whoever serves finds no run, and ends.
void Runner::Reset() {
  for (const auto& [key, active] : active_) active->changed->Notify();
  for (const auto& [key, signal] : ended_) signal->Notify();
  for (const auto& [key, signal] : children_) signal->Notify();
}

void Runner::Wake(const Scope& scope, const std::string& id) {
  const auto found = active_.find(KeyOf(scope, id));
  if (found != active_.end()) found->second->changed->Notify();
}

std::shared_ptr<Signal> Runner::ChildrenOf(const Scope& scope, const std::string& map_run) {
  auto& signal = children_[KeyOf(scope, map_run)];
  if (!signal) signal = MakeSignal();
  return signal;
}

void Runner::BeginCalls(const WaitContext& context, const std::string& id, const Run& run,
                        const std::shared_ptr<Active>& active) {
  for (const auto& [number, strand] : run.strands) {
    if (!NeedsCall(strand)) continue;
    const CallKey key(number, strand.call);
    if (!active->calls.insert(key).second) continue;
    TaskCall call{.execution = id,
                  .strand = number,
                  .call = strand.call,
                  .task = strand.task,
                  .role = run.role_arn,
                  .session = NewToken(context.random(), 32, kAlphanumeric),
                  .machine = run.machine_arn,
                  .arn = run.execution_arn};
    asio::co_spawn(engine_.loop, PerformSafely(context, std::move(call)),
                   [active, key](const std::exception_ptr&) {
                     active->calls.erase(key);
                     active->changed->Notify();
                   });
  }
}

Runner::Seen Runner::Look(const WaitContext& context, const std::string& id,
                          const std::shared_ptr<Active>& active) {
  std::shared_ptr<Run> run;
  const auto looked = context.State([&](Context& state) -> Answer<> {
    const auto due = [](Interpreter& interpreter) { interpreter.HandleDue(); };
    TL_DO(StepExecution(state, id, due, &machines_));
    run = ReadRun(state, id, &machines_);
    return json::Object();
  });
  if (!looked) context.log().Warn("execution '{}' is left: {}", id, looked.error().message);
  Seen seen{.ended = !run, .busy = false, .due = {}};
  if (!run) return seen;
  BeginCalls(context, id, *run, active);
  seen.due = run->deadline;
  for (const auto& [number, strand] : run->strands) {
    seen.busy = seen.busy || strand.CanGoOn();
    const auto due = strand.NextDue();
    if (due && (!seen.due || *due < *seen.due)) seen.due = due;
  }
  return seen;
}

net::aw<void> Runner::Serve(WaitContext context, std::string id) {
  const Scope scope{context.caller().account, context.region()};
  const Key key = KeyOf(scope, id);
  auto active = std::make_shared<Active>(Active{.changed = MakeSignal(), .calls = {}});
  active_[key] = active;
  while (true) {
    const Seen seen = Look(context, id, active);
    if (seen.ended) break;
    if (seen.busy) {
      co_await Yield(engine_.loop);
    } else {
      co_await Signal::Wait(active->changed, engine_.timers, seen.due);
    }
  }
  active_.erase(key);
  End(context, id);
}

// Express executions are not kept, unless somebody waits for this one.
void Runner::End(const WaitContext& context, const std::string& id) {
  const Scope scope{context.caller().account, context.region()};
  std::string map_run;
  const bool awaited = ended_.contains(KeyOf(scope, id));
  static_cast<void>(context.State([&](Context& state) -> Answer<> {
    const Record* record = state.store.Find(scope, kExecution, id);
    if (!record) return json::Object();
    map_run = record->body.GetString("mapRunArn");
    const bool express = record->body.GetBool("express");
    if (express && map_run.empty() && !awaited) ForgetExecution(state, id);
    return json::Object();
  }));
  if (awaited) ended_.at(KeyOf(scope, id))->Notify();
  if (map_run.empty()) return;
  const auto found = children_.find(KeyOf(scope, map_run));
  if (found != children_.end()) found->second->Notify();
}

net::aw<Answer<>> Runner::WaitForEnd(WaitContext context, std::string id) {
  const Scope scope{context.caller().account, context.region()};
  const Key key = KeyOf(scope, id);
  const auto signal = MakeSignal();
  ended_[key] = signal;
  std::optional<json::Object> body;
  while (!body) {
    bool gone = false;
    static_cast<void>(context.State([&](Context& state) -> Answer<> {
      const Record* record = state.store.Find(scope, kExecution, id);
      gone = record == nullptr;
      if (!record || record->body.GetString("status") == "RUNNING") return json::Object();
      body = record->body;
      ForgetExecution(state, id);
      return json::Object();
    }));
    if (gone && !body) {
      ended_.erase(key);
      co_return ServiceError("ExecutionDoesNotExist", "The execution is gone").WithStatus(400);
    }
    if (!body) co_await Signal::Wait(signal, engine_.timers, std::nullopt);
  }
  ended_.erase(key);
  co_return std::move(*body);
}

namespace {

net::aw<Answer<>> RunExecution(WaitContext context, json::Object payload) {
  std::string id(payload.GetString("execution"));
  Runner& runner = context.engine().Get<Runner>();
  std::string bug;
  try {
    co_await runner.Serve(context, id);
    co_return json::Object();
  } catch (const std::exception& thrown) {
    bug = thrown.what();
  }
  context.log().Warn("an execution has met a bug: {}", bug);
  co_return context.State([&](Context& state) -> Answer<> {
    GiveUp(state, id, bug);
    return json::Object();
  });
}

net::aw<Answer<>> WakeExecution(WaitContext context, json::Object payload) {
  const Scope scope{context.caller().account, context.region()};
  context.engine().Get<Runner>().Wake(scope, std::string(payload.GetString("execution")));
  co_return json::Object();
}

constexpr WaitHandler kRunExecution{RunExecution};
constexpr WaitHandler kWakeExecution{WakeExecution};

}  // namespace
}  // namespace stepfunctions

constinit const JobKind kRunExecutionJob{.name = "states.run-execution",
                                         .wait = &stepfunctions::kRunExecution};
constinit const JobKind kWakeExecutionJob{.name = "states.wake-execution",
                                          .wait = &stepfunctions::kWakeExecution};

}  // namespace trunkline::cloud
