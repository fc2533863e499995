// AWS::Connect::View.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<void> NestContent(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                         json::Object& properties) {
  json::Object content;
  if (const json::Value* actions = properties.Find("Actions")) content.Set("Actions", *actions);
  if (const json::Value* text = properties.Find("Template")) content.Set("Template", *text);
  properties.Set("Content", std::move(content));
  return {};
}

void ShowContent(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                 json::Object& known) {
  const json::Object content = known.GetObject("Content");
  Overlay(known, content);
}

constexpr auto kProperties = Properties<"Actions* Description InstanceArn* Name* Tags Template*">();

constexpr auto kAttributes = Words<"ViewArn ViewContentSha256 ViewId">();

constexpr Name kValues[] = {
    {"ViewArn", "Arn"},
    {"ViewId", "Id"},
};

constexpr Change kChanges[] = {
    {"UpdateViewMetadata", "Name Description"},
    {"UpdateViewContent", "Actions Template Content"},
};

constexpr Fixed kFixed[] = {
    {"CreateView", R"({"Status": "PUBLISHED"})"},
    {"UpdateViewContent", R"({"Status": "PUBLISHED"})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::View",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateView",
    .describe = "DescribeView",
    .described = "View",
    .remove = "DeleteView",
    .changes = kChanges,
    .id = "ViewArn",
    .keys = "InstanceId ViewId",
    .values = kValues,
    .fixed = kFixed,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "ViewArn",
    .prepare = NestContent,
    .complete = ShowContent,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectViewType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
