#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/content_check.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

Answer<> CreateContactFlow(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view content = input.GetString("Content");
  const std::string_view type = input.GetString("Type");
  const bool published = input.GetString("Status", "PUBLISHED") == "PUBLISHED";
  TL_DO(CheckContentLength(content));
  if (published) {
    const auto problems = CheckContent(context, *instance, type, content);
    if (!problems.empty()) return InvalidFlow(problems);
  }
  TL_TRY(Record flow, NewResource(context, *instance, kFlow, input.GetString("Name"), input));
  flow.body.Set("Type", type);
  flow.body.Set("State", "ACTIVE");
  flow.body.Set("Status", "SAVED");
  if (published) {
    PublishFlow(context, flow, content);
  } else {
    SaveFlowDraft(context, flow, content);
  }
  json::Object output;
  output.Set("ContactFlowId", flow.id);
  output.Set("ContactFlowArn", flow.body.GetString("Arn"));
  output.Set("FlowContentSha256", ContentSha256(content));
  context.store.Put(context.RegionScope(), kFlow.kind, std::move(flow));
  return output;
}

// The content a qualifier means: none and $LATEST the published one, $SAVED the draft or what was
// published since.
Answer<const Record*> FindFlowContent(Context& context, const FlowRequest& request) {
  const bool saved = request.qualifier == kSaved;
  const std::string_view qualifier = request.qualifier.empty() ? kLatest : request.qualifier;
  const Record* content = FindContent(context, kFlowContent, request.flow->id, qualifier);
  if (content == nullptr && saved) {
    content = FindContent(context, kFlowContent, request.flow->id, kLatest);
  }
  if (content != nullptr) return content;
  if (qualifier == kLatest) {
    return ServiceError("ContactFlowNotPublishedException",
                        fmt::format("flow '{}' is not published: its draft is '{}:$SAVED'",
                                    request.flow->name, request.flow->id));
  }
  return ServiceError("ResourceNotFoundException",
                      fmt::format("flow '{}' has no version '{}'", request.flow->name, qualifier));
}

Answer<> DescribeContactFlow(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  TL_TRY(const Record* content, FindFlowContent(context, request));
  json::Object flow = request.flow->body;
  CopyMembers(content->body, {"Content", "FlowContentSha256", "Version", "VersionDescription"},
              flow);
  if (request.qualifier == kSaved) flow.Set("Status", "SAVED");
  json::Object output;
  output.Set("ContactFlow", std::move(flow));
  return output;
}

// What still leads callers to the flow, as words for a message.
std::string UserOfFlow(Context& context, const Record& flow) {
  const Scope scope = context.RegionScope();
  if (context.store.Find(scope, kDefaultFlow, flow.id) != nullptr)
    return "the instance as a default";
  for (const Record* number : context.store.List(scope, kPhoneNumber, flow.parent)) {
    if (FlowOfNumber(context, number->id) == flow.id)
      return fmt::format("phone number '{}'", number->name);
  }
  for (const Record* queue : context.store.List(scope, kQueue.kind, flow.parent)) {
    if (queue->body.GetObject("OutboundCallerConfig").GetString("OutboundFlowId") == flow.id) {
      return fmt::format("queue '{}'", queue->name);
    }
  }
  for (const Record* connect : context.store.List(scope, kQuickConnect.kind, flow.parent)) {
    const json::Object& config = connect->body.GetObject("QuickConnectConfig");
    for (const std::string_view member : {"UserConfig", "QueueConfig", "FlowConfig"}) {
      if (config.GetObject(member).GetString("ContactFlowId") == flow.id) {
        return fmt::format("quick connect '{}'", connect->name);
      }
    }
  }
  return {};
}

Answer<> DeleteContactFlow(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  if (const std::string user = UserOfFlow(context, *request.flow); !user.empty()) {
    return InvalidRequest(fmt::format("flow '{}' is used by {}", request.flow->name, user));
  }
  const std::string id = request.flow->id;
  DeleteContents(context, kFlowContent, id);
  context.store.Delete(context.RegionScope(), kFlow.kind, id);
  return json::Object();
}

json::Value FlowSummary(Context&, const Record& flow) {
  json::Object summary;
  CopyMembers(flow.body, {"Id", "Arn", "Name"}, summary);
  summary.Set("ContactFlowType", flow.body.GetString("Type"));
  summary.Set("ContactFlowState", flow.body.GetString("State"));
  summary.Set("ContactFlowStatus", flow.body.GetString("Status"));
  return summary;
}

Answer<> ListContactFlows(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const json::Array& types = input.GetArray("ContactFlowTypes");
  std::string listing = "ListContactFlows " + instance->id;
  for (const json::Value& type : types) listing += " " + type.AsString();
  std::vector<const Record*> flows;
  for (const Record* flow : context.store.List(context.RegionScope(), kFlow.kind, instance->id)) {
    const json::Value type(flow->body.GetString("Type"));
    if (types.empty() || std::ranges::find(types, type) != types.end()) flows.push_back(flow);
  }
  return PageOf(context, input, "ContactFlowSummaryList", flows, FlowSummary,
                {.listing = std::move(listing)});
}

bool HasType(const Record& flow, const json::Value& type) {
  return flow.body.GetString("Type") == type.AsString();
}
bool HasState(const Record& flow, const json::Value& state) {
  return flow.body.GetString("State") == state.AsString();
}
bool HasStatus(const Record& flow, const json::Value& status) {
  return flow.body.GetString("Status") == status.AsString();
}

bool PassesPart(const Record& flow, const json::Object& condition) {
  const auto has_tag = [&](const json::Value& tag) {
    return HasTag(flow.body.GetObject("Tags"), tag.AsObject());
  };
  if (!std::ranges::all_of(condition.GetArray("TagConditions"), has_tag)) return false;
  if (condition.Has("TagCondition") && !has_tag(*condition.Find("TagCondition"))) return false;
  const json::Object& type = condition.GetObject("ContactFlowTypeCondition");
  return !type.Has("ContactFlowType") || HasType(flow, type.At("ContactFlowType"));
}

// FlowAttributeFilter: its own TagCondition and type, and AndCondition, and any of OrConditions.
bool PassesAttributeFilter(const Record& flow, const json::Object& search_filter) {
  const json::Object& filter = search_filter.GetObject("FlowAttributeFilter");
  const auto passes = [&](const json::Value& part) { return PassesPart(flow, part.AsObject()); };
  if (!PassesPart(flow, filter) || !PassesPart(flow, filter.GetObject("AndCondition")))
    return false;
  const json::Array& any = filter.GetArray("OrConditions");
  return any.empty() || std::ranges::any_of(any, passes);
}

constexpr SearchLeaf kLeaves[] = {
    {"StateCondition", HasState}, {"StatusCondition", HasStatus}, {"TypeCondition", HasType}};

// Shows everything but the content: a page of a hundred could hold 25 MB of it.
Answer<> SearchContactFlows(Context& context, const json::Object& input) {
  return Search(context, input, kFlow,
                {.operation = "SearchContactFlows",
                 .output = "ContactFlows",
                 .fields = kCommonFields,
                 .leaves = kLeaves,
                 .passes = PassesAttributeFilter});
}

constexpr Operation kOperations[] = {
    {.name = "CreateContactFlow", .handle = CreateContactFlow},
    {.name = "DeleteContactFlow", .handle = DeleteContactFlow},
    {.name = "DescribeContactFlow", .handle = DescribeContactFlow},
    {.name = "ListContactFlows", .handle = ListContactFlows},
    {.name = "SearchContactFlows", .handle = SearchContactFlows},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<FlowRequest> FindFlow(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const QualifiedId name = SplitQualifier(input.GetString("ContactFlowId"));
  TL_TRY(const Record* flow, FindResource(context, *instance, kFlow, name.id));
  return FlowRequest{.flow = flow, .qualifier = std::string(name.qualifier)};
}

extern constinit const Family kFlowOperations = kOperations;

}  // namespace trunkline::cloud::connect
