// AWS::Connect::Instance: its attributes are set one by one once it is there.
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<void> AddCalls(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                      json::Object& properties) {
  const json::Object attributes = properties.GetObject("Attributes");
  for (const std::string_view name : {"InboundCalls", "OutboundCalls"}) {
    if (const json::Value* value = attributes.Find(name))
      properties.Set(fmt::format("{}Enabled", name), *value);
  }
  return {};
}

// The template's names and the API's attribute types.
constexpr Name kAttributeTypes[] = {
    {"AutoResolveBestVoices", "AUTO_RESOLVE_BEST_VOICES"},
    {"ContactLens", "CONTACT_LENS"},
    {"ContactflowLogs", "CONTACTFLOW_LOGS"},
    {"EarlyMedia", "EARLY_MEDIA"},
    {"EnhancedChatMonitoring", "ENHANCED_CHAT_MONITORING"},
    {"EnhancedContactMonitoring", "ENHANCED_CONTACT_MONITORING"},
    {"HighVolumeOutBound", "HIGH_VOLUME_OUTBOUND"},
    {"InboundCalls", "INBOUND_CALLS"},
    {"MessageStreaming", "MESSAGE_STREAMING"},
    {"MultiPartyChatConference", "MULTI_PARTY_CHAT_CONFERENCE"},
    {"MultiPartyConference", "MULTI_PARTY_CONFERENCE"},
    {"OutboundCalls", "OUTBOUND_CALLS"},
    {"UseCustomTTSVoices", "USE_CUSTOM_TTS_VOICES"},
};

std::string FlagOf(const json::Value& value) {
  if (value.IsString()) return ToLower(value.AsString());
  return value.IsBool() && value.AsBool() ? "true" : "false";
}

net::aw<Answer<void>> ChangeAttributes(WaitContext context, ResourceOrder order) {
  const json::Object wanted = order.properties.GetObject("Attributes");
  const json::Object before = order.previous.GetObject("Attributes");
  const std::string instance = order.physical_id.substr(order.physical_id.rfind('/') + 1);
  for (const Name& attribute : kAttributeTypes) {
    const json::Value* value = wanted.Find(attribute.property);
    const json::Value* old = before.Find(attribute.property);
    if (!value || (old && FlagOf(*old) == FlagOf(*value))) continue;
    json::Object input;
    input.Set("InstanceId", instance);
    input.Set("AttributeType", attribute.member);
    input.Set("Value", FlagOf(*value));
    Answer<> done = co_await context.Call("connect", "UpdateInstanceAttribute", std::move(input));
    if (!done) co_return std::move(done).error();
  }
  co_return Answer<void>();
}

constexpr auto kProperties =
    Properties<"Attributes*~ DirectoryId^~ IdentityManagementType*^ InstanceAlias^ Tags">();

constexpr auto kAttributes = Words<"Arn CreatedTime Id InstanceStatus ServiceRole">();

constexpr Mapping kMapping{
    .type = "AWS::Connect::Instance",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateInstance",
    .describe = "DescribeInstance",
    .described = "Instance",
    .remove = "DeleteInstance",
    .id = "Arn",
    .keys = "InstanceId",
    .ready = {.member = "InstanceStatus",
              .pending = "CREATION_IN_PROGRESS",
              .failed = "CREATION_FAILED",
              .reason = "StatusReason.Message"},
    .vanishes_later = true,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "Arn",
    .prepare = AddCalls,
    .after = ChangeAttributes,
    .after_properties = "Attributes",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectInstanceType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
