// DescribeStackResource, DescribeStackResources, ListStackResources, SignalResource.
#include "cloud/services/cloudformation/stacks/resources.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/resources/signals.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;
constexpr std::size_t kMostDescribed = 100;

json::Object DriftOf(const json::Object& body) {
  json::Object drift{{"StackResourceDriftStatus", body.GetObject("Drift").GetString(
                                                      "StackResourceDriftStatus", "NOT_CHECKED")}};
  if (const json::Value* time = body.GetObject("Drift").Find("Timestamp"))
    drift.Set("LastCheckTimestamp", *time);
  return drift;
}

// `time` is what the shape calls the time of the last change.
json::Object Show(const json::Object& body, std::string_view time) {
  json::Object shown{
      {"LogicalResourceId", body.At("LogicalResourceId")},
      {"ResourceType", body.At("ResourceType")},
      {time == "Timestamp" ? "Timestamp" : "LastUpdatedTimestamp", body.At("LastUpdatedTimestamp")},
      {"ResourceStatus", body.At("ResourceStatus")}};
  shown.SetIfNotEmpty("PhysicalResourceId", body.GetString("PhysicalResourceId"));
  shown.SetIfNotEmpty("ResourceStatusReason", body.GetString("ResourceStatusReason"));
  shown.Set("DriftInformation", DriftOf(body));
  return shown;
}

void AddStack(const Record& stack, json::Object& shown) {
  shown.Set("StackName", stack.name);
  shown.Set("StackId", stack.id);
}

bool IsShown(const json::Object& body) {
  return body.Has("ResourceStatus");
}

Answer<> DescribeStackResource(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("StackName");
  const Answer<Record> stack = FindStack(context, name);
  if (!stack) return ValidationError(fmt::format("Stack '{}' does not exist", name));
  const std::string_view logical = input.GetString("LogicalResourceId");
  const auto body = FindResource(context, stack->id, logical);
  if (!body || !IsShown(*body)) {
    return ValidationError(fmt::format("Resource {} does not exist for stack {}", logical, name));
  }
  json::Object detail = Show(*body, "LastUpdatedTimestamp");
  AddStack(*stack, detail);
  const json::Value* metadata = body->Find("Metadata");
  detail.Set("Metadata", metadata ? json::Write(*metadata) : "{}");
  return json::Object{{"StackResourceDetail", std::move(detail)}};
}

// The stack that owns a physical resource.
Answer<Record> FindOwner(Context& context, std::string_view physical_id) {
  for (const Record* record : context.store.List(context.RegionScope(), kResource)) {
    if (record->body.GetString("PhysicalResourceId") == physical_id &&
        record->body.GetString("ResourceStatus") != "DELETE_COMPLETE")
      return FindStack(context, record->parent);
  }
  return ValidationError(fmt::format("Stack for {} does not exist", physical_id));
}

Answer<> DescribeStackResources(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("StackName");
  const std::string_view physical = input.GetString("PhysicalResourceId");
  if (name.empty() == physical.empty()) {
    return ValidationError("Exactly one of StackName and PhysicalResourceId must be specified");
  }
  TL_TRY(const Record stack,
         name.empty() ? FindOwner(context, physical) : FindStack(context, name));
  const std::string_view logical = input.GetString("LogicalResourceId");
  json::Array shown;
  for (const json::Object& body : ListResources(context, stack.id)) {
    if (!IsShown(body) || shown.size() >= kMostDescribed) continue;
    if (!logical.empty() && body.GetString("LogicalResourceId") != logical) continue;
    json::Object one = Show(body, "Timestamp");
    AddStack(stack, one);
    shown.emplace_back(std::move(one));
  }
  return json::Object{{"StackResources", std::move(shown)}};
}

Answer<> ListStackResources(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  auto page = context.store.ListPage(context.RegionScope(), kResource, stack.id, kPage,
                                     input.GetString("NextToken"));
  if (!page) return ValidationError("Invalid NextToken");
  json::Array summaries;
  for (const Record* record : page->records) {
    if (IsShown(record->body)) summaries.emplace_back(Show(record->body, "LastUpdatedTimestamp"));
  }
  json::Object answer{{"StackResourceSummaries", std::move(summaries)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> SignalResource(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  const std::string_view logical = input.GetString("LogicalResourceId");
  const auto body = FindResource(context, stack.id, logical);
  if (!body) {
    return ValidationError(
        fmt::format("Resource {} does not exist for stack {}", logical, stack.name));
  }
  if (!IsInProgress(StatusOf(stack))) {
    return ValidationError(
        fmt::format("Stack {} is in {} state: signals are taken while it is being changed",
                    stack.id, StatusOf(stack)));
  }
  PutSignal(context, ResourceId(stack.id, logical),
            {.unique_id = std::string(input.GetString("UniqueId")),
             .success = input.GetString("Status") == "SUCCESS",
             .reason = {},
             .data = {}});
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DescribeStackResource", .handle = DescribeStackResource},
    {.name = "DescribeStackResources", .handle = DescribeStackResources},
    {.name = "ListStackResources", .handle = ListStackResources},
    {.name = "SignalResource", .handle = SignalResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kResourceOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
