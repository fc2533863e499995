#include "cloud/services/cloudformation/stacks/operation.h"

#include <fmt/format.h>

#include "base/random.h"
#include "cloud/job_kinds.h"
#include "cloud/services/cloudformation/stacks/apply.h"
#include "cloud/services/cloudformation/stacks/change_set.h"
#include "cloud/services/cloudformation/stacks/events.h"
#include "cloud/services/cloudformation/stacks/identity.h"
#include "cloud/services/cloudformation/stacks/last_operations.h"
#include "cloud/services/cloudformation/stacks/outputs.h"
#include "cloud/services/cloudformation/stacks/remove.h"
#include "cloud/services/cloudformation/stacks/roll_back.h"
#include "cloud/services/cloudformation/stacks/stack_policy.h"

namespace trunkline::cloud {
namespace cloudformation {
namespace {

constexpr std::string_view kDone = "done";

void SetPhase(Context& context, Run& run, std::string_view phase) {
  run.operation.Set("Phase", phase);
  if (phase == kDone) run.operation.Set("EndTime", Timestamp(context));
  const Record* found = context.store.Find(context.RegionScope(), kOperation, run.operation_id);
  json::Object body = run.operation;
  // A cancellation may have been written since the run began.
  if (found && found->body.Has("Cancelled")) body.Set("Cancelled", found->body.At("Cancelled"));
  context.store.Put(context.RegionScope(), kOperation,
                    {.id = run.operation_id,
                     .parent = run.stack.id,
                     .name = run.operation_id,
                     .body = std::move(body)});
}

// A change of the stack's status, with what is to be done next.
void Enter(Context& context, Run& run, std::string_view phase, std::string_view status,
           std::string_view reason = {}) {
  SetStackStatus(context, run.stack.id, status, reason);
  SetPhase(context, run, phase);
}

// A roll back is an operation of its own, after the one that failed.
void EnterRollback(Context& context, Run& run, std::string_view phase, std::string_view status,
                   std::string_view reason) {
  const std::string id = NewUuid(context.random);
  run.operation.Set("Rollback", id);
  NoteOperation(context, run.stack.id, "ROLLBACK", id, false);
  Enter(context, run, phase, status, reason);
}

// The stack is complete: what is now is what later operations fall back to.
void Settle(Context& context, const Run& run, const std::string& revision) {
  CollectReplaced(context, run.stack.id);
  for (json::Object& body : ListResources(context, run.stack.id)) {
    bool changed = false;
    for (const char* member : {"Stable", "Done", "Attempted", "Pending", "Imported"})
      changed = body.Remove(member) || changed;
    if (changed) PutResource(context, run.stack.id, std::move(body));
  }
  UpdateStackRecord(context, run.stack.id, [&](json::Object& body) {
    body.Set("Revision", revision);
    body.Set("Stable", revision);
  });
  std::vector<std::string> old;
  for (const Record* record : context.store.List(context.RegionScope(), kRevision, run.stack.id)) {
    if (record->id != revision && !record->body.Has("ChangeSet")) old.push_back(record->id);
  }
  for (const std::string& id : old) context.store.Delete(context.RegionScope(), kRevision, id);
}

// ---- the ends of phases, each in one transaction

void Complete(Context& context, Run& run) {
  const std::string kind(run.operation.GetString("Kind"));
  if (kind == "UPDATE") {
    Settle(context, run, std::string(run.operation.GetString("To")));
    Enter(context, run, "cleanup", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
    return;
  }
  Settle(context, run, std::string(run.operation.GetString("To")));
  Enter(context, run, kDone, kind + "_COMPLETE");
}

std::string WhyFailed(Context& context, const Run& run) {
  if (!run.cancelled.empty()) return run.cancelled + " ";
  if (!run.problem.empty()) return run.problem + (run.problem.ends_with('.') ? " " : ". ");
  std::string why = FailedResources(context, run, "CREATE_FAILED", "create");
  why += FailedResources(context, run, "UPDATE_FAILED", "update");
  return why + FailedResources(context, run, "IMPORT_FAILED", "import");
}

void FailCreate(Context& context, Run& run) {
  const std::string why = WhyFailed(context, run);
  const std::string_view on_failure = run.operation.GetString("OnFailure", "ROLLBACK");
  if (on_failure == "DO_NOTHING") {
    Enter(context, run, kDone, "CREATE_FAILED", why);
  } else if (on_failure == "DELETE") {
    Enter(context, run, "delete", "DELETE_IN_PROGRESS", why + "Delete requested by user.");
  } else {
    EnterRollback(context, run, "rollback-create", "ROLLBACK_IN_PROGRESS",
                  why + "Rollback requested by user.");
  }
}

void FailUpdate(Context& context, Run& run) {
  const std::string why = WhyFailed(context, run);
  const std::string kind(run.operation.GetString("Kind"));
  if (run.operation.GetBool("DisableRollback") && run.cancelled.empty()) {
    Enter(context, run, kDone, kind == "IMPORT" ? "IMPORT_ROLLBACK_FAILED" : "UPDATE_FAILED", why);
    return;
  }
  // An update of a stack that never was complete has nothing to go back to.
  if (!run.operation.Has("From")) {
    EnterRollback(context, run, "rollback-create", "ROLLBACK_IN_PROGRESS", why);
    return;
  }
  UpdateStackRecord(context, run.stack.id, [&](json::Object& body) {
    body.Set("Revision", run.operation.GetString("From"));
  });
  EnterRollback(context, run, "rollback", kind + "_ROLLBACK_IN_PROGRESS", why);
}

// One transaction at a phase's end. What it cannot write is the service's fault.
Answer<void> AtEnd(const Run& run, const std::function<void(Context&)>& work) {
  TL_DO(run.context.State([&](Context& context) -> Answer<> {
    work(context);
    return json::Object();
  }));
  return {};
}

net::aw<Answer<void>> ApplyPhase(RunPointer run) {
  TL_CO_DO(SetTarget(*run, run->operation.GetString("To")));
  const auto allowed = run->context.State([&](Context& context) -> Answer<> {
    TL_DO(CheckRemovals(context, *run));
    return json::Object();
  });
  if (!allowed) run->problem = allowed.error().message;
  bool done = allowed.ok();
  if (done) done = co_await Apply(run);
  done = done && !ShouldStop(*run);
  if (done) {
    const auto set = run->context.State([&](Context& context) -> Answer<> {
      TL_DO(SetOutputs(context, *run));
      return json::Object();
    });
    done = set.ok();
    if (!set) run->problem = set.error().message;
  }
  co_return AtEnd(*run, [&](Context& context) {
    if (done) {
      Complete(context, *run);
    } else if (run->created()) {
      FailCreate(context, *run);
    } else {
      FailUpdate(context, *run);
    }
  });
}

net::aw<Answer<void>> CleanupPhase(RunPointer run) {
  TL_CO_DO(SetTarget(*run, run->operation.GetString("To")));
  co_await CleanUp(run, false);
  co_return AtEnd(*run, [&](Context& context) { Enter(context, *run, kDone, "UPDATE_COMPLETE"); });
}

std::string RollbackPrefix(const Run& run) {
  return run.operation.GetString("Kind") == "IMPORT" ? "IMPORT_ROLLBACK" : "UPDATE_ROLLBACK";
}

net::aw<Answer<void>> RollbackPhase(RunPointer run) {
  TL_CO_DO(SetTarget(*run, run->operation.GetString("From")));
  const bool done = co_await RollBack(run);
  co_return AtEnd(*run, [&](Context& context) {
    if (!done) {
      Enter(context, *run, kDone, RollbackPrefix(*run) + "_FAILED",
            FailedResources(context, *run, "UPDATE_FAILED", "update"));
      return;
    }
    // The exports are those of the stable revision again.
    static_cast<void>(SetOutputs(context, *run).ok());
    const std::string status = RollbackPrefix(*run) == "IMPORT_ROLLBACK"
                                   ? "IMPORT_ROLLBACK_IN_PROGRESS"
                                   : "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS";
    Enter(context, *run, "rollback-cleanup", status);
  });
}

net::aw<Answer<void>> RollbackCleanupPhase(RunPointer run) {
  TL_CO_DO(SetTarget(*run, run->operation.GetString("From")));
  co_await CleanUp(run, true);
  co_return AtEnd(*run, [&](Context& context) {
    Settle(context, *run, std::string(run->operation.GetString("From")));
    Enter(context, *run, kDone, RollbackPrefix(*run) + "_COMPLETE");
  });
}

net::aw<Answer<void>> RollbackCreatePhase(RunPointer run) {
  RemoveOptions options;
  options.rolling_back = true;
  const bool done = co_await RemoveAll(run, std::move(options));
  co_return AtEnd(*run, [&](Context& context) {
    static_cast<void>(DropExports(context, run->stack).ok());
    if (done) {
      Enter(context, *run, kDone, "ROLLBACK_COMPLETE");
    } else {
      Enter(context, *run, kDone, "ROLLBACK_FAILED",
            FailedResources(context, *run, "DELETE_FAILED", "delete"));
    }
  });
}

RemoveOptions DeleteOptions(const Run& run) {
  RemoveOptions options;
  for (const json::Value& name : run.operation.GetArray("Retained"))
    options.retained.push_back(name.AsString());
  options.retain_failures = run.operation.GetBool("Force");
  return options;
}

// The stack is what it was before (seen: waiters for the deletion wait on).
void CancelDelete(Context& context, Run& run, const std::string& why) {
  Enter(context, run, kDone, run.operation.GetString("Before", "DELETE_FAILED"), why);
  UpdateStackRecord(context, run.stack.id, [](json::Object& body) { body.Remove("DeletionTime"); });
}

net::aw<Answer<void>> DeletePhase(RunPointer run) {
  const auto free = run->context.State([&](Context& context) -> Answer<> {
    TL_DO(DropExports(context, run->stack));
    return json::Object();
  });
  if (!free) {
    const std::string why = "Delete canceled. " + free.error().message;
    co_return AtEnd(*run, [&](Context& context) { CancelDelete(context, *run, why); });
  }
  const bool done = co_await RemoveAll(run, DeleteOptions(*run));
  co_return AtEnd(*run, [&](Context& context) {
    if (done) {
      DropChangeSets(context, run->stack.id);
      Enter(context, *run, kDone, "DELETE_COMPLETE");
    } else {
      Enter(context, *run, kDone, "DELETE_FAILED",
            FailedResources(context, *run, "DELETE_FAILED", "delete"));
    }
  });
}

struct Phase {
  std::string_view name;
  net::aw<Answer<void>> (*run)(RunPointer run);
  std::string_view failed;  // the stack's status when the phase cannot even begin
};
constexpr Phase kPhases[] = {
    {"apply", ApplyPhase, "FAILED"},
    {"cleanup", CleanupPhase, "UPDATE_COMPLETE"},
    {"delete", DeletePhase, "DELETE_FAILED"},
    {"rollback", RollbackPhase, "UPDATE_ROLLBACK_FAILED"},
    {"rollback-cleanup", RollbackCleanupPhase, "UPDATE_ROLLBACK_COMPLETE"},
    {"rollback-create", RollbackCreatePhase, "ROLLBACK_FAILED"},
};

const Phase* FindPhase(std::string_view name) {
  for (const Phase& phase : kPhases) {
    if (phase.name == name) return &phase;
  }
  return nullptr;
}

// The role is gone, a template of another version is not understood: the operation ends.
Answer<> GiveUp(const WaitContext& context, const json::Object& payload, const ServiceError& why) {
  return context.State([&](Context& state) -> Answer<> {
    const std::string stack_id(payload.GetString("StackId"));
    const Record* record =
        state.store.Find(state.RegionScope(), kOperation, payload.GetString("OperationId"));
    if (!record) return json::Object();
    Record operation = *record;
    const Phase* phase = FindPhase(operation.body.GetString("Phase"));
    std::string status(phase ? phase->failed : "FAILED");
    if (status == "FAILED") status = fmt::format("{}_FAILED", operation.body.GetString("Kind"));
    if (status == "IMPORT_FAILED") status = "IMPORT_ROLLBACK_FAILED";
    operation.body.Set("Phase", kDone);
    state.store.Put(state.RegionScope(), kOperation, std::move(operation));
    SetStackStatus(state, stack_id, status, why.message);
    return json::Object();
  });
}

net::aw<Answer<>> RunOperation(WaitContext context, json::Object payload) {
  for (;;) {
    auto run = LoadRun(context, std::string(payload.GetString("StackId")),
                       std::string(payload.GetString("OperationId")));
    if (!run) co_return GiveUp(context, payload, run.error());
    const Phase* phase = FindPhase((*run)->operation.GetString("Phase"));
    if (!phase) co_return json::Object();
    const Answer<void> ended = co_await phase->run(*run);
    if (!ended) co_return GiveUp(context, payload, ended.error());
  }
}
constexpr WaitHandler kRunOperation{RunOperation};

}  // namespace

Answer<std::string> StartOperation(Context& context, const StackIdentity& stack,
                                   OperationOrder order) {
  TL_TRY(json::Object body, CallerMembers(context, stack.id, order.role_arn));
  for (const json::Member& member : order.members) body.Set(member.key, member.value);
  body.Set("Kind", order.kind);
  body.Set("Phase", order.phase);
  body.SetIfNotEmpty("From", order.from);
  body.SetIfNotEmpty("To", order.to);
  body.SetIfNotEmpty("ClientRequestToken", order.token);
  body.Set("StartTime", Timestamp(context));
  const std::string id = NewUuid(context.random);
  context.store.Put(context.RegionScope(), kOperation,
                    {.id = id, .parent = stack.id, .name = id, .body = std::move(body)});
  UpdateStackRecord(context, stack.id, [&](json::Object& members) {
    members.Set("Operation", id);
    members.Remove("ClientRequestToken");
    members.SetIfNotEmpty("ClientRequestToken", order.token);
  });
  NoteOperation(context, stack.id, OperationType(order), id, true);
  SetStackStatus(context, stack.id, order.status, order.reason);
  json::Object payload{{"StackId", stack.id}, {"OperationId", id}};
  context.jobs.ScheduleAt(context, kRunStackOperationJob, std::move(payload), context.Now());
  return id;
}

}  // namespace cloudformation

constinit const JobKind kRunStackOperationJob{.name = "cloudformation.run-operation",
                                              .wait = &cloudformation::kRunOperation};

}  // namespace trunkline::cloud
