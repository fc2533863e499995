// The job of a stack set's operation: one stack after the other, as the execution role of each
// account. It goes on after a restart behind the last result that was written down.
#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/job_kinds.h"
#include "cloud/services/cloudformation/stack_sets/drift.h"
#include "cloud/services/cloudformation/stack_sets/stack_set.h"
#include "cloud/services/cloudformation/stacks/await_stack.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"

namespace trunkline::cloud {
namespace cloudformation {
namespace {

struct Target {
  std::string account;
  std::string region;
};

struct SetRun {
  std::string set_id;
  std::string operation_key;
  json::Object set;
  json::Object operation;
};

Answer<SetRun> Load(const WaitContext& context, const json::Object& payload) {
  SetRun run;
  run.set_id = payload.GetString("Set");
  run.operation_key = payload.GetString("Operation");
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const Record* operation =
        state.store.Find(state.RegionScope(), kStackSetOperation, run.operation_key);
    const Record* set = state.store.Find(state.RegionScope(), kStackSet, run.set_id);
    if (!operation || !set) return ValidationError("the operation is gone");
    run.operation = operation->body;
    run.set = set->body;
    return json::Object();
  }));
  return run;
}

// The execution role's session: the administration role must exist, and be trusted by it.
Answer<Caller> ExecutionCaller(const WaitContext& context, const SetRun& run,
                               const Target& target) {
  const std::string role = fmt::format("arn:aws:iam::{}:role/{}", target.account,
                                       run.set.GetString("ExecutionRoleName"));
  const std::string administration(run.set.GetString("AdministrationRoleARN"));
  Caller execution;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const access::Deputy deputy{
        .service = "cloudformation.amazonaws.com",
        .source_arn = MakeArn(state, "cloudformation", "stackset/" + run.set_id),
        .source_account = {}};
    const auto admin = access::ActAs(state, deputy, administration, "StackSet");
    if (!admin)
      return ValidationError(fmt::format(
          "Account {} should have '{}' role with trust relationship "
          "to Role 'cloudformation.amazonaws.com'.",
          context.caller().account, administration.substr(administration.rfind('/') + 1)));
    auto session = access::ActFurther(state, *admin, role, "StackSet");
    if (!session) {
      return ValidationError(
          fmt::format("Account {} should have '{}' role with trust relationship to Role '{}'.",
                      target.account, run.set.GetString("ExecutionRoleName"),
                      administration.substr(administration.rfind('/') + 1)));
    }
    execution = std::move(*session);
    return json::Object();
  }));
  return execution;
}

json::Object InstanceOf(const WaitContext& context, const SetRun& run, const Target& target) {
  json::Object body;
  const auto read = context.State([&](Context& state) -> Answer<> {
    const Record* found = state.store.Find(state.RegionScope(), kStackSetInstance,
                                           InstanceId(run.set_id, target.account, target.region));
    if (found) body = found->body;
    return json::Object();
  });
  return read ? body : json::Object();
}

// The set's parameters with the instance's own in their place.
json::Array ParametersFor(const SetRun& run, const json::Object& instance) {
  json::Array parameters = run.set.GetArray("Parameters");
  for (const json::Value& one : instance.GetArray("ParameterOverrides")) {
    const std::string_view key = one.AsObject().GetString("ParameterKey");
    std::erase_if(parameters, [&](const json::Value& other) {
      return other.AsObject().GetString("ParameterKey") == key;
    });
    parameters.push_back(one);
  }
  return parameters;
}

json::Object StackInput(const SetRun& run, const json::Object& instance) {
  return {{"TemplateBody", run.set.At("TemplateBody")},
          {"Parameters", ParametersFor(run, instance)},
          {"Capabilities", run.set.GetArray("Capabilities")},
          {"Tags", run.set.GetArray("Tags")}};
}

// Begins what the action asks for; empty: there is nothing to wait for.
Answer<std::string> Begin(Context& state, const SetRun& run, const Target& target,
                          const json::Object& instance) {
  const std::string stack_id(instance.GetString("StackId"));
  const bool exists = !stack_id.empty() && FindStack(state, stack_id);
  if (run.operation.GetString("Action") == "DELETE") {
    if (!exists) return std::string();
    TL_DO(BeginDelete(state, {{"StackName", stack_id}}, false));
    return stack_id;
  }
  json::Object input = StackInput(run, instance);
  if (exists) {
    input.Set("StackName", stack_id);
    TL_TRY(const UpdateResult updated, BeginUpdate(state, input));
    return updated.stack.id;
  }
  const std::string unique =
      ToHex(Sha1(run.operation_key + target.account + target.region)).substr(0, 32);
  input.Set("StackName", fmt::format("StackSet-{}-{}", run.set_id, unique));
  input.Set("ClientRequestToken", unique);
  TL_TRY(const StackIdentity made, BeginCreate(state, input, {}));
  return made.id;
}

struct TargetResult {
  std::string stack_id;
  std::string problem;  // empty: it worked
  json::Object drift;   // what was detected, if the action is that
};

net::aw<TargetResult> RunTarget(WaitContext context, const SetRun& run, Target target) {
  TargetResult result;
  const json::Object instance = InstanceOf(context, run, target);
  result.stack_id = instance.GetString("StackId");
  // A stack that is kept, or was never made, is not asked for: its account may be closed, its roles
  // gone.
  const std::string_view action = run.operation.GetString("Action");
  const bool nothing_to_do = run.operation.GetBool("RetainStacks") || result.stack_id.empty();
  if ((action == "DELETE" || action == kDetectDrift) && nothing_to_do) co_return result;
  const Answer<Caller> caller = ExecutionCaller(context, run, target);
  if (!caller) {
    result.problem = caller.error().message;
    co_return result;
  }
  const WaitContext there = context.As(*caller, target.region);
  if (run.operation.GetString("Action") == kDetectDrift) {
    auto detected = co_await DetectDriftOf(there, result.stack_id);
    if (detected) result.drift = std::move(*detected);
    if (!detected) result.problem = detected.error().message;
    co_return result;
  }
  std::string waiting;
  const auto begun = there.State([&](Context& state) -> Answer<> {
    TL_TRY(waiting, Begin(state, run, target, instance));
    return json::Object();
  });
  if (!begun) result.problem = begun.error().message;
  if (!begun || waiting.empty()) co_return result;
  result.stack_id = waiting;
  const auto stack = co_await AwaitStack(there, waiting, nullptr);
  if (!stack) result.problem = stack.error().message;
  if (stack) {
    const std::string_view status = StatusOf(*stack);
    const bool fine = status.ends_with("_COMPLETE") && status.find("ROLLBACK") == status.npos;
    if (!fine)
      result.problem = fmt::format("ResourceLogicalId:{}, ResourceStatusReason:{}", stack->name,
                                   stack->body.GetString("StackStatusReason"));
  }
  co_return result;
}

// A detection changes nothing else of an instance.
void PutDrift(Context& state, const SetRun& run, Record instance, const TargetResult& result) {
  if (!result.drift.empty()) {
    instance.body.Set("DriftStatus", result.drift.GetString("StackDriftStatus"));
    instance.body.Set("LastDriftCheckTimestamp", Timestamp(state));
  }
  instance.body.Set("LastOperationId", run.operation.At("OperationId"));
  state.store.Put(state.RegionScope(), kStackSetInstance, std::move(instance));
}

void PutInstance(Context& state, const SetRun& run, const Target& target,
                 const TargetResult& result) {
  const std::string id = InstanceId(run.set_id, target.account, target.region);
  if (run.operation.GetString("Action") == "DELETE" && result.problem.empty()) {
    state.store.Delete(state.RegionScope(), kStackSetInstance, id);
    return;
  }
  const Record* found = state.store.Find(state.RegionScope(), kStackSetInstance, id);
  if (run.operation.GetString("Action") == kDetectDrift) {
    if (found) PutDrift(state, run, *found, result);
    return;
  }
  json::Object body = found ? found->body : json::Object();
  body.SetIfNotEmpty("StackId", result.stack_id);
  body.Set("Status", result.problem.empty() ? "CURRENT" : "OUTDATED");
  body.Set("StackInstanceStatus",
           json::Object{{"DetailedStatus", result.problem.empty() ? "SUCCEEDED" : "FAILED"}});
  body.Remove("StatusReason");
  body.SetIfNotEmpty("StatusReason", result.problem);
  body.Set("LastOperationId", run.operation.At("OperationId"));
  state.store.Put(state.RegionScope(), kStackSetInstance,
                  {.id = id,
                   .parent = run.set_id,
                   .name = fmt::format("{}|{}", target.account, target.region),
                   .body = std::move(body)});
}

// Reads what was changed meanwhile (a stop), and writes the result of one target.
Answer<void> Note(const WaitContext& context, SetRun& run, const Target& target,
                  const TargetResult& result, bool cancelled) {
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const Record* found =
        state.store.Find(state.RegionScope(), kStackSetOperation, run.operation_key);
    if (!found) return ValidationError("the operation is gone");
    Record operation = *found;
    json::Object one{{"Account", target.account},
                     {"Region", target.region},
                     {"Status", cancelled                ? "CANCELLED"
                                : result.problem.empty() ? "SUCCEEDED"
                                                         : "FAILED"}};
    one.SetIfNotEmpty("StatusReason", result.problem);
    operation.body["Results"].AsArray().emplace_back(std::move(one));
    run.operation = operation.body;
    state.store.Put(state.RegionScope(), kStackSetOperation, std::move(operation));
    if (!cancelled) PutInstance(state, run, target, result);
    return json::Object();
  }));
  return {};
}

// Failures in a Region beyond which the operation ends.
std::int64_t Tolerance(const SetRun& run, std::int64_t targets_per_region) {
  const json::Object& preferences = run.operation.GetObject("OperationPreferences");
  if (preferences.Has("FailureTolerancePercentage"))
    return targets_per_region * preferences.GetInt("FailureTolerancePercentage") / 100;
  return preferences.GetInt("FailureToleranceCount");
}

std::int64_t FailuresIn(const SetRun& run, std::string_view region) {
  const json::Array& results = run.operation.GetArray("Results");
  return std::count_if(results.begin(), results.end(), [&](const json::Value& one) {
    return one.AsObject().GetString("Status") == "FAILED" &&
           one.AsObject().GetString("Region") == region;
  });
}

std::int64_t CountIn(const SetRun& run, std::string_view region) {
  const json::Array& targets = run.operation.GetArray("Targets");
  return std::count_if(targets.begin(), targets.end(), [&](const json::Value& one) {
    return one.AsObject().GetString("Region") == region;
  });
}

Answer<> End(const WaitContext& context, const SetRun& run, std::string_view status) {
  return context.State([&](Context& state) -> Answer<> {
    const Record* found =
        state.store.Find(state.RegionScope(), kStackSetOperation, run.operation_key);
    if (!found) return json::Object();
    Record operation = *found;
    operation.body.Set("Status", status);
    operation.body.Set("EndTimestamp", Timestamp(state));
    if (operation.body.GetString("Action") == kDetectDrift)
      SetDriftDetails(state, run.set_id, status, &operation.body);
    state.store.Put(state.RegionScope(), kStackSetOperation, std::move(operation));
    return json::Object();
  });
}

net::aw<Answer<>> RunSet(WaitContext context, json::Object payload) {
  TL_CO_TRY(SetRun run, Load(context, payload));
  const json::Array targets = run.operation.GetArray("Targets");
  bool failed = false;
  for (std::size_t i = run.operation.GetArray("Results").size(); i < targets.size(); ++i) {
    const json::Object& one = targets[i].AsObject();
    Target target{.account = std::string(one.GetString("Account")),
                  .region = std::string(one.GetString("Region"))};
    const bool stopped = run.operation.GetString("Status") == "STOPPING";
    TargetResult result;
    if (!failed && !stopped) result = co_await RunTarget(context, run, target);
    TL_CO_DO(Note(context, run, target, result, failed || stopped));
    failed = failed || FailuresIn(run, target.region) > Tolerance(run, CountIn(run, target.region));
  }
  const bool stopped = run.operation.GetString("Status") == "STOPPING";
  co_return End(context, run, stopped ? "STOPPED" : failed ? "FAILED" : "SUCCEEDED");
}
constexpr WaitHandler kRunSet{RunSet};

}  // namespace
}  // namespace cloudformation

constinit const JobKind kRunStackSetJob{.name = "cloudformation.run-stack-set",
                                        .wait = &cloudformation::kRunSet};

}  // namespace trunkline::cloud
