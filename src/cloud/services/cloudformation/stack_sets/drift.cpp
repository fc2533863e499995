#include "cloud/services/cloudformation/stack_sets/drift.h"

#include "cloud/services/cloudformation/resources/polling.h"

namespace trunkline::cloud::cloudformation {
namespace {

// How many of the set's instances there are, by what is known of them.
struct Counts {
  std::int64_t total = 0;
  std::int64_t drifted = 0;
  std::int64_t in_sync = 0;
};

Counts CountInstances(Context& context, const std::string& set_id) {
  Counts counts;
  for (const Record* record :
       context.store.List(context.RegionScope(), kStackSetInstance, set_id)) {
    const std::string_view status = record->body.GetString("DriftStatus");
    ++counts.total;
    if (status == "DRIFTED") ++counts.drifted;
    if (status == "IN_SYNC") ++counts.in_sync;
  }
  return counts;
}

std::int64_t CountFailed(const json::Object& operation) {
  std::int64_t failed = 0;
  for (const json::Value& result : operation.GetArray("Results")) {
    if (result.AsObject().GetString("Status") == "FAILED") ++failed;
  }
  return failed;
}

// As the detection is called, by the status of its operation.
std::string_view DetectionStatus(std::string_view status, std::int64_t failed) {
  if (status == "RUNNING") return "IN_PROGRESS";
  if (status == "STOPPED" || status == "FAILED") return status;
  return failed > 0 ? "PARTIAL_SUCCESS" : "COMPLETED";
}

}  // namespace

net::aw<Answer<json::Object>> DetectDriftOf(WaitContext context, std::string stack_id) {
  const auto begun =
      context.Dispatch("cloudformation", "DetectStackDrift", {{"StackName", stack_id}});
  if (!begun) co_return begun.error();
  const json::Object detection{{"StackDriftDetectionId", begun->At("StackDriftDetectionId")}};
  Pauses pauses;
  for (;;) {
    auto status =
        context.Dispatch("cloudformation", "DescribeStackDriftDetectionStatus", detection);
    if (!status || status->GetString("DetectionStatus") != "DETECTION_IN_PROGRESS")
      co_return status;
    co_await pauses.Next(context);
  }
}

void SetDriftDetails(Context& context, const std::string& set_id, std::string_view status,
                     json::Object* operation) {
  const Record* found = context.store.Find(context.RegionScope(), kStackSet, set_id);
  if (!found) return;
  const Counts counts = CountInstances(context, set_id);
  const std::int64_t failed = operation ? CountFailed(*operation) : 0;
  const bool running = status == "RUNNING";
  json::Object details{{"DriftStatus", running              ? "NOT_CHECKED"
                                       : counts.drifted > 0 ? "DRIFTED"
                                                            : "IN_SYNC"},
                       {"DriftDetectionStatus", DetectionStatus(status, failed)},
                       {"LastDriftCheckTimestamp", Timestamp(context)},
                       {"TotalStackInstancesCount", counts.total},
                       {"DriftedStackInstancesCount", running ? 0 : counts.drifted},
                       {"InSyncStackInstancesCount", running ? 0 : counts.in_sync},
                       {"InProgressStackInstancesCount", running ? counts.total : 0},
                       {"FailedStackInstancesCount", failed}};
  if (operation) operation->Set("StackSetDriftDetectionDetails", details);
  Record set = *found;
  set.body.Set("StackSetDriftDetectionDetails", std::move(details));
  context.store.Put(context.RegionScope(), kStackSet, std::move(set));
}

}  // namespace trunkline::cloud::cloudformation
