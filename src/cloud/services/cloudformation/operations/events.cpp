// DescribeStackEvents, DescribeEvents.
#include <fmt/format.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;

Answer<RecordPage> Page(Context& context, const std::string& stack_id, const json::Object& input,
                        const RecordFilter& filter) {
  auto page = context.store.ListPage(context.RegionScope(), kEvent, stack_id, kPage,
                                     input.GetString("NextToken"), filter);
  if (page) return std::move(*page);
  return ValidationError("Invalid NextToken");
}

Answer<> DescribeStackEvents(Context& context, const json::Object& input) {
  const Answer<Record> stack = FindStack(context, input.GetString("StackName"));
  if (!stack) {
    return ValidationError(fmt::format("Stack [{}] does not exist", input.GetString("StackName")));
  }
  TL_TRY(const RecordPage page, Page(context, stack->id, input, {}));
  json::Array events;
  for (const Record* record : page.records) events.emplace_back(record->body);
  json::Object answer{{"StackEvents", std::move(events)}};
  answer.SetIfNotEmpty("NextToken", page.next);
  return answer;
}

json::Object AsOperationEvent(const json::Object& event) {
  json::Object made{{"EventId", event.At("EventId")},
                    {"StackId", event.At("StackId")},
                    {"EventType", "STACK_EVENT"},
                    {"LogicalResourceId", event.At("LogicalResourceId")},
                    {"ResourceType", event.At("ResourceType")},
                    {"ResourceStatus", event.At("ResourceStatus")},
                    {"Timestamp", event.At("Timestamp")}};
  for (const char* member : {"OperationId", "PhysicalResourceId", "ResourceStatusReason",
                             "ResourceProperties", "ClientRequestToken"})
    made.SetIfNotEmpty(member, event.GetString(member));
  return made;
}

// The stack of the input, or the one that an operation is of.
Answer<Record> StackOfEvents(Context& context, const json::Object& input) {
  if (input.Has("StackName")) return FindStack(context, input.GetString("StackName"));
  const std::string_view id = input.GetString("OperationId");
  if (id.empty())
    return ValidationError("Either StackName, ChangeSetName or OperationId must be specified.");
  for (const Record* record : context.store.List(context.RegionScope(), kOperation)) {
    if (record->id == id || record->body.GetString("Rollback") == id)
      return FindStack(context, record->parent);
  }
  return ValidationError(fmt::format("Operation with id {} does not exist", id));
}

Answer<> DescribeEvents(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, StackOfEvents(context, input));
  const std::string operation(input.GetString("OperationId"));
  const bool failed = input.GetObject("Filters").GetBool("FailedEvents");
  RecordFilter filter;
  filter.text = operation + (failed ? "|failed" : "");
  filter.keep = [&](const Record& record) {
    if (!operation.empty() && record.body.GetString("OperationId") != operation) return false;
    return !failed || record.body.GetString("ResourceStatus").ends_with("_FAILED");
  };
  TL_TRY(const RecordPage page, Page(context, stack.id, input, filter));
  json::Array events;
  for (const Record* record : page.records) events.emplace_back(AsOperationEvent(record->body));
  json::Object answer{{"OperationEvents", std::move(events)}};
  answer.SetIfNotEmpty("NextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeEvents", .handle = DescribeEvents},
    {.name = "DescribeStackEvents", .handle = DescribeStackEvents},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kEventOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
