#include <fmt/format.h>

#include "cloud/services/connect/content_check.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

json::Object ContentBody(std::string_view content) {
  json::Object body;
  body.Set("Content", content);
  body.Set("FlowContentSha256", ContentSha256(content));
  return body;
}

// "<id>:$SAVED" changes the draft and is not checked; "<id>" publishes.
Answer<> UpdateContactFlowContent(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  const std::string_view content = input.GetString("Content");
  TL_DO(CheckContentLength(content));
  Record flow = *request.flow;
  if (request.qualifier == kSaved) {
    SaveFlowDraft(context, flow, content);
    Save(context, kFlow.kind, std::move(flow));
    return json::Object();
  }
  if (!request.qualifier.empty() && request.qualifier != kLatest) {
    return InvalidRequest(
        fmt::format("version '{}' of flow '{}' cannot be changed", request.qualifier, flow.name));
  }
  TL_TRY(const Record* instance, FindInstance(context, input));
  const auto problems = CheckContent(context, *instance, flow.body.GetString("Type"), content);
  if (!problems.empty()) return InvalidFlow(problems);
  PublishFlow(context, flow, content);
  Save(context, kFlow.kind, std::move(flow));
  return json::Object();
}

Answer<> UpdateContactFlowMetadata(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  Record flow = *request.flow;
  TL_DO(Rename(context, kFlow, input, flow));
  if (const json::Value* state = input.Find("ContactFlowState")) flow.body.Set("State", *state);
  Save(context, kFlow.kind, std::move(flow));
  return json::Object();
}

Answer<> UpdateContactFlowName(Context& context, const json::Object& input) {
  TL_TRY(const FlowRequest request, FindFlow(context, input));
  Record flow = *request.flow;
  TL_DO(Rename(context, kFlow, input, flow));
  Save(context, kFlow.kind, std::move(flow));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "UpdateContactFlowContent", .handle = UpdateContactFlowContent},
    {.name = "UpdateContactFlowMetadata", .handle = UpdateContactFlowMetadata},
    {.name = "UpdateContactFlowName", .handle = UpdateContactFlowName},
};
static_assert(InOrder(kOperations));

}  // namespace

void PublishFlow(Context& context, Record& flow, std::string_view content) {
  PutContent(context, kFlowContent, flow.id, kLatest, ContentBody(content));
  DeleteContent(context, kFlowContent, flow.id, kSaved);
  flow.body.Set("Status", "PUBLISHED");
  flow.body.Set("FlowContentSha256", ContentSha256(content));
}

void SaveFlowDraft(Context& context, const Record& flow, std::string_view content) {
  PutContent(context, kFlowContent, flow.id, kSaved, ContentBody(content));
}

extern constinit const Family kFlowUpdateOperations = kOperations;

}  // namespace trunkline::cloud::connect
