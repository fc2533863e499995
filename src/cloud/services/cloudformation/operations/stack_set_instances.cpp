// The instances of stack sets, and the operations that make them.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stack_sets/stack_set.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;

json::Object ShowInstance(const Record& set, const Record& instance) {
  const std::size_t bar = instance.name.find('|');
  json::Object shown = instance.body;
  shown.Set("StackSetId", set.body.At("StackSetId"));
  shown.Set("Account", instance.name.substr(0, bar));
  shown.Set("Region", instance.name.substr(bar + 1));
  if (!shown.Has("DriftStatus")) shown.Set("DriftStatus", "NOT_CHECKED");
  return shown;
}

// An instance that its operation has not come to yet.
void PutPending(Context& context, const Record& set, const json::Object& target,
                const json::Object& input) {
  const std::string_view account = target.GetString("Account");
  const std::string_view region = target.GetString("Region");
  const std::string id = InstanceId(set.id, account, region);
  const Record* found = context.store.Find(context.RegionScope(), kStackSetInstance, id);
  json::Object body = found ? found->body : json::Object();
  body.Set("Status", "OUTDATED");
  body.Set("StackInstanceStatus", json::Object{{"DetailedStatus", "PENDING"}});
  if (const json::Value* overrides = input.Find("ParameterOverrides"))
    body.Set("ParameterOverrides", *overrides);
  context.store.Put(context.RegionScope(), kStackSetInstance,
                    {.id = id,
                     .parent = set.id,
                     .name = fmt::format("{}|{}", account, region),
                     .body = std::move(body)});
}

Answer<> Start(Context& context, const json::Object& input, std::string_view action) {
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  TL_TRY(json::Array targets, TargetsOf(input));
  for (const json::Value& target : targets) {
    if (action != "DELETE") PutPending(context, set, target.AsObject(), input);
  }
  TL_TRY(const std::string id, StartSetOperation(context, set, action, std::move(targets), input));
  return json::Object{{"OperationId", id}};
}

Answer<> CreateStackInstances(Context& context, const json::Object& input) {
  return Start(context, input, "CREATE");
}

Answer<> UpdateStackInstances(Context& context, const json::Object& input) {
  return Start(context, input, "UPDATE");
}

Answer<> DeleteStackInstances(Context& context, const json::Object& input) {
  return Start(context, input, "DELETE");
}

Answer<Record> FindInstance(Context& context, const Record& set, const json::Object& input) {
  const std::string_view account = input.GetString("StackInstanceAccount");
  const std::string_view region = input.GetString("StackInstanceRegion");
  const Record* found = context.store.Find(context.RegionScope(), kStackSetInstance,
                                           InstanceId(set.id, account, region));
  if (found) return *found;
  return ServiceError(
      "StackInstanceNotFoundException",
      fmt::format("StackInstance does not exist for the given account {} and region {}", account,
                  region));
}

Answer<> DescribeStackInstance(Context& context, const json::Object& input) {
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  TL_TRY(const Record instance, FindInstance(context, set, input));
  return json::Object{{"StackInstance", ShowInstance(set, instance)}};
}

Answer<> ListStackInstances(Context& context, const json::Object& input) {
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  const std::string account(input.GetString("StackInstanceAccount"));
  const std::string region(input.GetString("StackInstanceRegion"));
  RecordFilter filter;
  filter.text = account + "|" + region;
  filter.keep = [&](const Record& record) {
    return (account.empty() || record.name.starts_with(account + "|")) &&
           (region.empty() || record.name.ends_with("|" + region));
  };
  auto page = context.store.ListPage(context.RegionScope(), kStackSetInstance, set.id, kPage,
                                     input.GetString("NextToken"), filter);
  if (!page) return ValidationError("Invalid NextToken");
  json::Array summaries;
  for (const Record* record : page->records) {
    json::Object one = ShowInstance(set, *record);
    one.Remove("ParameterOverrides");
    summaries.emplace_back(std::move(one));
  }
  json::Object answer{{"Summaries", std::move(summaries)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<Record> FindSetOperation(Context& context, const json::Object& input) {
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  const std::string_view id = input.GetString("OperationId");
  const Record* found =
      context.store.Find(context.RegionScope(), kStackSetOperation, SetOperationId(set.id, id));
  if (found) return *found;
  return ServiceError("OperationNotFoundException", fmt::format("Operation {} not found", id));
}

json::Object ShowOperation(json::Object body) {
  for (const char* member : {"Targets", "Results", "ParameterOverrides"}) body.Remove(member);
  return body;
}

Answer<> DescribeStackSetOperation(Context& context, const json::Object& input) {
  TL_TRY(const Record operation, FindSetOperation(context, input));
  return json::Object{{"StackSetOperation", ShowOperation(operation.body)}};
}

// As the last detection found them; they are kept with the stack, in its account and Region.
Answer<> ListStackInstanceResourceDrifts(Context& context, const json::Object& input) {
  TL_DO(FindSetOperation(context, input));
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  TL_TRY(const Record instance, FindInstance(context, set, input));
  const json::Array& wanted = input.GetArray("StackInstanceResourceDriftStatuses");
  RecordFilter filter;
  for (const json::Value& one : wanted) filter.text += one.AsString() + ",";
  filter.keep = [&](const Record& record) {
    const json::Value status(record.body.GetObject("Drift").GetString("StackResourceDriftStatus"));
    if (status.AsString().empty()) return false;
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), status) != wanted.end();
  };
  const cloud::Scope there{std::string(input.GetString("StackInstanceAccount")),
                           std::string(input.GetString("StackInstanceRegion"))};
  auto page = context.store.ListPage(there, kResource, instance.body.GetString("StackId"),
                                     static_cast<std::size_t>(input.GetInt("MaxResults", kPage)),
                                     input.GetString("NextToken"), filter);
  if (!page) return ValidationError("Invalid NextToken");
  json::Array summaries;
  for (const Record* record : page->records) {
    json::Object one = record->body.GetObject("Drift");
    for (const char* member : {"ExpectedProperties", "ActualProperties"}) one.Remove(member);
    summaries.emplace_back(std::move(one));
  }
  json::Object answer{{"Summaries", std::move(summaries)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> ListStackSetOperations(Context& context, const json::Object& input) {
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  auto page = context.store.ListPage(context.RegionScope(), kStackSetOperation, set.id, kPage,
                                     input.GetString("NextToken"));
  if (!page) return ValidationError("Invalid NextToken");
  json::Array summaries;
  for (const Record* record : page->records) {
    json::Object one;
    for (const char* member : {"OperationId", "Action", "Status", "CreationTimestamp",
                               "EndTimestamp", "OperationPreferences"}) {
      if (const json::Value* value = record->body.Find(member)) one.Set(member, *value);
    }
    summaries.emplace_back(std::move(one));
  }
  json::Object answer{{"Summaries", std::move(summaries)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> ListStackSetOperationResults(Context& context, const json::Object& input) {
  TL_TRY(const Record operation, FindSetOperation(context, input));
  return json::Object{{"Summaries", operation.body.GetArray("Results")}};
}

Answer<> StopStackSetOperation(Context& context, const json::Object& input) {
  TL_TRY(Record operation, FindSetOperation(context, input));
  if (operation.body.GetString("Status") != "RUNNING") {
    return ServiceError("InvalidOperationException",
                        fmt::format("Operation {} is not running", operation.name));
  }
  operation.body.Set("Status", "STOPPING");
  context.store.Put(context.RegionScope(), kStackSetOperation, std::move(operation));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateStackInstances", .handle = CreateStackInstances},
    {.name = "DeleteStackInstances", .handle = DeleteStackInstances},
    {.name = "DescribeStackInstance", .handle = DescribeStackInstance},
    {.name = "DescribeStackSetOperation", .handle = DescribeStackSetOperation},
    {.name = "ListStackInstanceResourceDrifts", .handle = ListStackInstanceResourceDrifts},
    {.name = "ListStackInstances", .handle = ListStackInstances},
    {.name = "ListStackSetOperationResults", .handle = ListStackSetOperationResults},
    {.name = "ListStackSetOperations", .handle = ListStackSetOperations},
    {.name = "StopStackSetOperation", .handle = StopStackSetOperation},
    {.name = "UpdateStackInstances", .handle = UpdateStackInstances},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStackSetInstanceOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
