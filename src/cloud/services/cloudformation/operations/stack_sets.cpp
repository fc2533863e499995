// CreateStackSet, UpdateStackSet, DeleteStackSet, DescribeStackSet, DetectStackSetDrift,
// ListStackSets.
#include <fmt/format.h>

#include "base/random.h"
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stack_sets/drift.h"
#include "cloud/services/cloudformation/stack_sets/stack_set.h"
#include "cloud/services/cloudformation/stacks/revision.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;
constexpr std::string_view kExecutionRole = "AWSCloudFormationStackSetExecutionRole";
constexpr std::string_view kAdministrationRole = "AWSCloudFormationStackSetAdministrationRole";

Answer<void> CheckModel(const json::Object& input) {
  if (input.GetString("PermissionModel", "SELF_MANAGED") == "SELF_MANAGED") return {};
  return ValidationError(
      "StackSets with service-managed permissions are not implemented by the embedded cloud");
}

// What the input says of the set; members that are left out stay.
Answer<void> SetMembers(Context& context, const json::Object& input, json::Object& body) {
  TL_TRY(const std::optional<std::string> text, ReadTemplateText(context, input));
  if (text) {
    TL_DO(CheckTemplateText(context, *text));
    body.Set("TemplateBody", *text);
  }
  if (!body.Has("TemplateBody"))
    return ValidationError("Either Template URL or Template Body must be specified.");
  for (const char* member : {"Description", "Parameters", "Capabilities", "Tags",
                             "AdministrationRoleARN", "ExecutionRoleName", "ManagedExecution"}) {
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  }
  return {};
}

Answer<> CreateStackSet(Context& context, const json::Object& input) {
  const std::string name(input.GetString("StackSetName"));
  TL_DO(CheckModel(input));
  if (context.store.Find(context.RegionScope(), kStackSet, name)) {
    return ServiceError("NameAlreadyExistsException", fmt::format("Name {} already exists", name));
  }
  const std::string id = fmt::format("{}:{}", name, NewUuid(context.random));
  json::Object body{
      {"StackSetName", name},
      {"StackSetId", id},
      {"Status", "ACTIVE"},
      {"StackSetARN", fmt::format("arn:aws:cloudformation:{}:{}:stackset/{}", context.region,
                                  context.caller.account, id)},
      {"PermissionModel", "SELF_MANAGED"},
      {"ExecutionRoleName", kExecutionRole},
      {"AdministrationRoleARN",
       fmt::format("arn:aws:iam::{}:role/{}", context.caller.account, kAdministrationRole)}};
  TL_DO(SetMembers(context, input, body));
  context.store.Put(context.RegionScope(), kStackSet,
                    {.id = name, .parent = {}, .name = name, .body = std::move(body)});
  return json::Object{{"StackSetId", id}};
}

Answer<> DeleteStackSet(Context& context, const json::Object& input) {
  const Answer<Record> set = FindStackSet(context, input.GetString("StackSetName"));
  if (!set) return json::Object();
  if (!context.store.List(context.RegionScope(), kStackSetInstance, set->id).empty())
    return ServiceError("StackSetNotEmptyException", "StackSet is not empty");
  std::vector<std::string> ids;
  for (const Record* record :
       context.store.List(context.RegionScope(), kStackSetOperation, set->id))
    ids.push_back(record->id);
  for (const std::string& id : ids)
    context.store.Delete(context.RegionScope(), kStackSetOperation, id);
  context.store.Delete(context.RegionScope(), kStackSet, set->id);
  return json::Object();
}

Answer<> DescribeStackSet(Context& context, const json::Object& input) {
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  return json::Object{{"StackSet", set.body}};
}

// Of all instances there are.
Answer<> DetectStackSetDrift(Context& context, const json::Object& input) {
  TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
  json::Array targets;
  for (const Record* record :
       context.store.List(context.RegionScope(), kStackSetInstance, set.id)) {
    const std::size_t bar = record->name.find('|');
    targets.emplace_back(json::Object{{"Account", record->name.substr(0, bar)},
                                      {"Region", record->name.substr(bar + 1)}});
  }
  TL_TRY(const std::string id,
         StartSetOperation(context, set, kDetectDrift, std::move(targets), input));
  SetDriftDetails(context, set.id, "RUNNING", nullptr);
  return json::Object{{"OperationId", id}};
}

Answer<> ListStackSets(Context& context, const json::Object& input) {
  const bool deleted = input.GetString("Status") == "DELETED";
  auto page = context.store.ListPage(context.RegionScope(), kStackSet, {}, kPage,
                                     input.GetString("NextToken"));
  if (!page) return ValidationError("Invalid NextToken");
  json::Array summaries;
  for (const Record* record : page->records) {
    if (deleted) break;  // nothing is kept of deleted ones
    json::Object one;
    for (const char* member : {"StackSetName", "StackSetId", "Status", "PermissionModel"})
      one.Set(member, record->body.At(member));
    one.SetIfNotEmpty("Description", record->body.GetString("Description"));
    const json::Object& drift = record->body.GetObject("StackSetDriftDetectionDetails");
    one.Set("DriftStatus", drift.GetString("DriftStatus", "NOT_CHECKED"));
    if (const json::Value* time = drift.Find("LastDriftCheckTimestamp"))
      one.Set("LastDriftCheckTimestamp", *time);
    summaries.emplace_back(std::move(one));
  }
  json::Object answer{{"Summaries", std::move(summaries)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

// All instances, or those of the accounts and Regions that are named.
Answer<json::Array> UpdateTargets(Context& context, const Record& set, const json::Object& input) {
  if (input.Has("Accounts") || input.Has("Regions")) return TargetsOf(input);
  json::Array targets;
  for (const Record* record :
       context.store.List(context.RegionScope(), kStackSetInstance, set.id)) {
    const std::size_t bar = record->name.find('|');
    targets.emplace_back(json::Object{{"Account", record->name.substr(0, bar)},
                                      {"Region", record->name.substr(bar + 1)}});
  }
  return targets;
}

Answer<> UpdateStackSet(Context& context, const json::Object& input) {
  TL_DO(CheckModel(input));
  TL_TRY(Record set, FindStackSet(context, input.GetString("StackSetName")));
  TL_DO(SetMembers(context, input, set.body));
  context.store.Put(context.RegionScope(), kStackSet, set);
  TL_TRY(json::Array targets, UpdateTargets(context, set, input));
  TL_TRY(const std::string id,
         StartSetOperation(context, set, "UPDATE", std::move(targets), input));
  return json::Object{{"OperationId", id}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateStackSet", .handle = CreateStackSet},
    {.name = "DeleteStackSet", .handle = DeleteStackSet},
    {.name = "DescribeStackSet", .handle = DescribeStackSet},
    {.name = "DetectStackSetDrift", .handle = DetectStackSetDrift},
    {.name = "ListStackSets", .handle = ListStackSets},
    {.name = "UpdateStackSet", .handle = UpdateStackSet},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStackSetOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
