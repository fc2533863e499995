// DescribeChangeSet, DescribeChangeSetHooks, ListChangeSets, ListHookResults.
#include <fmt/format.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/change_set.h"
#include "cloud/services/cloudformation/template/parameters.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;

void CopyMembers(const json::Object& from, std::initializer_list<const char*> members,
                 json::Object& to) {
  for (const char* member : members) {
    if (const json::Value* value = from.Find(member)) to.Set(member, *value);
  }
}

Answer<> DescribeChangeSet(Context& context, const json::Object& input) {
  TL_TRY(const Record change_set, FindChangeSet(context, input));
  const json::Object& body = change_set.body;
  json::Object shown;
  CopyMembers(body,
              {"ChangeSetName", "ChangeSetId", "StackId", "StackName", "Description",
               "CreationTime", "ExecutionStatus", "Status", "StatusReason", "IncludeNestedStacks",
               "ParentChangeSetId", "RootChangeSetId", "ImportExistingResources", "OnStackFailure"},
              shown);
  const json::Object& revised = body.GetObject("Revised");
  if (const json::Array parameters = ShownParameters(revised.GetArray("Parameters"));
      !parameters.empty())
    shown.Set("Parameters", parameters);
  CopyMembers(revised, {"Tags"}, shown);
  for (const char* list : {"Capabilities", "NotificationARNs"})
    shown.Set(list, revised.GetArray(list));
  shown.Set("RollbackConfiguration", body.GetObject("Input").GetObject("RollbackConfiguration"));
  const bool values = input.GetBool("IncludePropertyValues") && body.Has("Values");
  shown.Set("Changes", body.GetArray(values ? "Values" : "Changes"));
  return shown;
}

// Hooks are not part of this cloud: no change set has any.
Answer<> DescribeChangeSetHooks(Context& context, const json::Object& input) {
  TL_TRY(const Record change_set, FindChangeSet(context, input));
  json::Object shown;
  CopyMembers(change_set.body, {"ChangeSetName", "ChangeSetId", "StackId", "StackName"}, shown);
  shown.Set("Hooks", json::Array());
  shown.Set("Status", "PLANNED");
  return shown;
}

Answer<> ListHookResults(Context&, const json::Object& input) {
  json::Object shown;
  CopyMembers(input, {"TargetType", "TargetId"}, shown);
  shown.Set("HookResults", json::Array());
  return shown;
}

Answer<> ListChangeSets(Context& context, const json::Object& input) {
  const Answer<Record> stack = FindStack(context, input.GetString("StackName"));
  if (!stack) {
    return ValidationError(fmt::format("Stack [{}] does not exist", input.GetString("StackName")));
  }
  // One that was carried out is history (seen).
  RecordFilter active;
  active.text = "active";
  active.keep = [](const Record& record) { return !IsExecuted(record); };
  auto page = context.store.ListPage(context.RegionScope(), kChangeSet, stack->id, kPage,
                                     input.GetString("NextToken"), active);
  if (!page) return ValidationError("Invalid NextToken");
  json::Array summaries;
  for (const Record* record : page->records) {
    json::Object one;
    CopyMembers(record->body,
                {"StackId", "StackName", "ChangeSetId", "ChangeSetName", "ExecutionStatus",
                 "Status", "StatusReason", "CreationTime", "Description", "IncludeNestedStacks",
                 "ParentChangeSetId", "RootChangeSetId", "ImportExistingResources"},
                one);
    summaries.emplace_back(std::move(one));
  }
  json::Object answer{{"Summaries", std::move(summaries)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeChangeSet", .handle = DescribeChangeSet},
    {.name = "DescribeChangeSetHooks", .handle = DescribeChangeSetHooks},
    {.name = "ListChangeSets", .handle = ListChangeSets},
    {.name = "ListHookResults", .handle = ListHookResults},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kChangeSetReadOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
