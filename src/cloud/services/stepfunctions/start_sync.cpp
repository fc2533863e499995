// StartSyncExecution: starts an express execution and waits for its end.
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/runner.h"
#include "cloud/services/stepfunctions/start.h"

namespace trunkline::cloud::stepfunctions {
namespace {

json::Object SyncAnswer(json::Object body, bool with_data) {
  const auto took =
      static_cast<std::int64_t>((body.GetDouble("stopDate") - body.GetDouble("startDate")) * 1000);
  constexpr std::int64_t kBilled = 100;  // milliseconds, and up to the next
  body.Set("billingDetails",
           json::Object{{"billedMemoryUsedInMB", 64},
                        {"billedDurationInMilliseconds", (took / kBilled + 1) * kBilled}});
  body.Set("outputDetails", json::Object{{"included", true}});
  if (body.GetString("status") == "TIMED_OUT") body.Set("error", kTimeout);
  if (with_data) return body;
  for (const std::string_view data : {"input", "output", "error", "cause"}) body.Remove(data);
  for (const std::string_view details : {"inputDetails", "outputDetails"}) {
    if (body.Has(details)) body.Set(details, json::Object{{"included", false}});
  }
  return body;
}

net::aw<Answer<>> StartSyncExecution(WaitContext context, json::Object input) {
  std::string id;
  auto started = context.State([&](Context& state) -> Answer<> {
    TL_TRY(const MachineRef machine, FindMachine(state, input.GetString("stateMachineArn")));
    if (machine.machine.body.GetString("type") != "EXPRESS") {
      return ServiceError("StateMachineTypeNotSupported",
                          "This operation is not supported by this type of state machine");
    }
    TL_TRY(NewExecution execution, ReadStart(state, input, machine));
    id = execution.id;
    execution.sync = true;
    TL_TRY(json::Object body, StartNew(state, std::move(execution), CacheOf(context)));
    if (body.GetString("status") != "RUNNING") ForgetExecution(state, id);
    return body;
  });
  if (!started) co_return std::move(started).error();
  const bool with_data = input.GetString("includedData", "ALL_DATA") == "ALL_DATA";
  if (started->GetString("status") != "RUNNING")
    co_return SyncAnswer(std::move(*started), with_data);
  Runner& runner = context.engine().Get<Runner>();
  auto ended = co_await runner.WaitForEnd(std::move(context), std::move(id));
  if (!ended) co_return std::move(ended).error();
  co_return SyncAnswer(std::move(*ended), with_data);
}

constexpr WaitHandler kStartSyncExecution{StartSyncExecution};

constexpr Operation kOperations[] = {
    {.name = "StartSyncExecution", .wait = &kStartSyncExecution},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kSyncOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
