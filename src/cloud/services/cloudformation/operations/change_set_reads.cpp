// DescribeChangeSet, DescribeChangeSetHooks, ListChangeSets, ListHookResults.
#include <fmt/format.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/change_set.h"
#include "cloud/services/cloudformation/stacks/changes.h"
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
               "ImportExistingResources", "OnStackFailure"},
              shown);
  const json::Object revision = FindRevision(context, body.GetString("Revision"));
  shown.Set("Parameters", ShownParameters(revision.GetArray("Parameters")));
  CopyMembers(revision, {"Tags", "Capabilities", "NotificationARNs"}, shown);
  shown.Set("RollbackConfiguration", body.GetObject("Input").GetObject("RollbackConfiguration"));
  const json::Array& changes = body.GetArray("Changes");
  shown.Set("Changes", input.GetBool("IncludePropertyValues") ? changes : WithoutValues(changes));
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
  auto page = context.store.ListPage(context.RegionScope(), kChangeSet, stack->id, kPage,
                                     input.GetString("NextToken"));
  if (!page) return ValidationError("Invalid NextToken");
  json::Array summaries;
  for (const Record* record : page->records) {
    json::Object one;
    CopyMembers(record->body,
                {"StackId", "StackName", "ChangeSetId", "ChangeSetName", "ExecutionStatus",
                 "Status", "StatusReason", "CreationTime", "Description", "IncludeNestedStacks",
                 "ImportExistingResources"},
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
