// DetectStackDrift, DetectStackResourceDrift, and what they found.
#include "cloud/services/cloudformation/stacks/drift.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/random.h"
#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/operation.h"

namespace trunkline::cloud {
namespace cloudformation {
namespace {

constexpr Kind kDetection{"cloudformation", "drift-detection"};
constexpr std::size_t kPage = 100;

// A run to read by: as whoever began the stack's last operation.
Answer<RunPointer> ReadingRun(const WaitContext& context, const std::string& stack_name) {
  Record stack;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(stack, FindStack(state, stack_name));
    return json::Object();
  }));
  return LoadRun(context, stack.id, std::string(stack.body.GetString("Operation")));
}

Answer<std::vector<std::string>> ResourceNames(const WaitContext& context,
                                               const std::string& stack_id) {
  std::vector<std::string> names;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    for (const json::Object& body : ListResources(state, stack_id))
      names.emplace_back(body.GetString("LogicalResourceId"));
    return json::Object();
  }));
  return names;
}

bool IsDrifted(const json::Object& drift) {
  const std::string_view status = drift.GetString("StackResourceDriftStatus");
  return status == "MODIFIED" || status == "DELETED";
}

Answer<> EndDetection(const WaitContext& context, const json::Object& payload,
                      std::int64_t drifted) {
  return context.State([&](Context& state) -> Answer<> {
    const std::string_view status = drifted > 0 ? "DRIFTED" : "IN_SYNC";
    const Record* found =
        state.store.Find(state.RegionScope(), kDetection, payload.GetString("DetectionId"));
    if (!found) return json::Object();
    Record detection = *found;
    detection.body.Set("DetectionStatus", "DETECTION_COMPLETE");
    detection.body.Set("StackDriftStatus", status);
    detection.body.Set("DriftedStackResourceCount", drifted);
    state.store.Put(state.RegionScope(), kDetection, std::move(detection));
    UpdateStackRecord(state, payload.GetString("StackId"), [&](json::Object& body) {
      body.Set("DriftInformation", json::Object{{"StackDriftStatus", status},
                                                {"LastCheckTimestamp", Timestamp(state)}});
    });
    return json::Object();
  });
}

net::aw<Answer<>> Detect(WaitContext context, json::Object payload) {
  const std::string stack_id(payload.GetString("StackId"));
  TL_CO_TRY(const RunPointer run, ReadingRun(context, stack_id));
  TL_CO_TRY(const std::vector<std::string> names, ResourceNames(context, stack_id));
  const json::Array& wanted = payload.GetArray("LogicalResourceIds");
  std::int64_t drifted = 0;
  for (const std::string& name : names) {
    const json::Value value(name);
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), value) == wanted.end()) continue;
    const auto drift = co_await CheckResourceDrift(run, name);
    if (drift && IsDrifted(*drift)) ++drifted;
  }
  co_return EndDetection(context, payload, drifted);
}
constexpr WaitHandler kDetect{Detect};

Answer<> DetectStackDrift(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  if (!StatusOf(stack).ends_with("_COMPLETE") || StatusOf(stack) == "DELETE_COMPLETE") {
    return ValidationError(
        fmt::format("Drift detection cannot be performed on stack [{}] while it is in the state {}",
                    stack.id, StatusOf(stack)));
  }
  const std::string id = NewUuid(context.random);
  json::Object body{{"StackId", stack.id},
                    {"StackDriftDetectionId", id},
                    {"DetectionStatus", "DETECTION_IN_PROGRESS"},
                    {"Timestamp", Timestamp(context)}};
  context.store.Put(context.RegionScope(), kDetection,
                    {.id = id, .parent = stack.id, .name = id, .body = std::move(body)});
  json::Object payload{{"StackId", stack.id}, {"DetectionId", id}};
  if (input.Has("LogicalResourceIds"))
    payload.Set("LogicalResourceIds", input.GetArray("LogicalResourceIds"));
  context.jobs.ScheduleAt(context, kDetectDriftJob, std::move(payload), context.Now());
  return json::Object{{"StackDriftDetectionId", id}};
}

Answer<> DescribeStackDriftDetectionStatus(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("StackDriftDetectionId");
  const Record* found = context.store.Find(context.RegionScope(), kDetection, id);
  if (!found) {
    return ValidationError(fmt::format("Drift detection operation with id {} does not exist", id));
  }
  return found->body;
}

net::aw<Answer<>> DetectStackResourceDrift(WaitContext context, json::Object input) {
  TL_CO_TRY(const RunPointer run, ReadingRun(context, std::string(input.GetString("StackName"))));
  auto drift = co_await CheckResourceDrift(run, std::string(input.GetString("LogicalResourceId")));
  if (!drift) co_return std::move(drift).error();
  json::Object answer;
  answer.Set("StackResourceDrift", std::move(*drift));
  co_return answer;
}
constexpr WaitHandler kDetectStackResourceDrift{DetectStackResourceDrift};

Answer<> DescribeStackResourceDrifts(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  const json::Array& wanted = input.GetArray("StackResourceDriftStatusFilters");
  RecordFilter filter;
  for (const json::Value& one : wanted) filter.text += one.AsString() + ",";
  filter.keep = [&](const Record& record) {
    const json::Object& drift = record.body.GetObject("Drift");
    if (drift.empty()) return false;
    const json::Value status(drift.GetString("StackResourceDriftStatus"));
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), status) != wanted.end();
  };
  auto page = context.store.ListPage(context.RegionScope(), kResource, stack.id,
                                     static_cast<std::size_t>(input.GetInt("MaxResults", kPage)),
                                     input.GetString("NextToken"), filter);
  if (!page) return ValidationError("Invalid NextToken");
  json::Array drifts;
  for (const Record* record : page->records) drifts.emplace_back(record->body.GetObject("Drift"));
  json::Object answer{{"StackResourceDrifts", std::move(drifts)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeStackDriftDetectionStatus", .handle = DescribeStackDriftDetectionStatus},
    {.name = "DescribeStackResourceDrifts", .handle = DescribeStackResourceDrifts},
    {.name = "DetectStackDrift", .handle = DetectStackDrift},
    {.name = "DetectStackResourceDrift", .wait = &kDetectStackResourceDrift},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDriftOperations = kOperations;

}  // namespace cloudformation

constinit const JobKind kDetectDriftJob{.name = "cloudformation.detect-drift",
                                        .wait = &cloudformation::kDetect};

}  // namespace trunkline::cloud
