// AWS::SNS::Subscription.
#include "base/json_write.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kAttributeNames[] = {
    "DeliveryPolicy", "FilterPolicy", "FilterPolicyScope",  "RawMessageDelivery",
    "RedrivePolicy",  "ReplayPolicy", "SubscriptionRoleArn"};

std::string AttributeText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  return json::Write(value);
}

json::Object AttributesOf(const json::Object& properties) {
  json::Object attributes;
  for (const std::string_view name : kAttributeNames) {
    if (const json::Value* value = properties.Find(name))
      attributes.Set(name, AttributeText(*value));
  }
  return attributes;
}

// The API has them as texts in a map.
Answer<void> GatherAttributes(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                              json::Object& properties) {
  json::Object attributes = AttributesOf(properties);
  if (!attributes.empty()) properties.Set("Attributes", std::move(attributes));
  return {};
}

// One operation each; what is taken away becomes empty. The creation took them all.
net::aw<Answer<void>> ChangeAttributes(WaitContext context, ResourceOrder order) {
  if (order.previous.empty()) co_return Answer<void>();
  const json::Object now = AttributesOf(order.properties);
  const json::Object before = AttributesOf(order.previous);
  for (const std::string_view name : kAttributeNames) {
    if (now.GetString(name) == before.GetString(name)) continue;
    json::Object input;
    input.Set("SubscriptionArn", order.physical_id);
    input.Set("AttributeName", name);
    input.Set("AttributeValue", now.GetString(name));
    Answer<> done = co_await context.Call("sns", "SetSubscriptionAttributes", std::move(input));
    if (!done) co_return std::move(done).error();
  }
  co_return Answer<void>();
}

constexpr auto kProperties = Properties<
    "DeliveryPolicy~ Endpoint^ FilterPolicy~ FilterPolicyScope~ Protocol*^ "
    "RawMessageDelivery~ RedrivePolicy~ Region^~ ReplayPolicy~ SubscriptionRoleArn~ "
    "TopicArn*^">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kValues[] = {
    {"Arn", "SubscriptionArn"},
};

constexpr Fixed kFixed[] = {
    {"Subscribe", R"({"ReturnSubscriptionArn": true})"},
};

constexpr Mapping kMapping{
    .type = "AWS::SNS::Subscription",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "sns",
    .create = "Subscribe",
    .describe = "GetSubscriptionAttributes",
    .described = "Attributes",
    .remove = "Unsubscribe",
    .id = "SubscriptionArn",
    .values = kValues,
    .fixed = kFixed,
    .prepare = GatherAttributes,
    .after = ChangeAttributes,
    .after_properties =
        "DeliveryPolicy FilterPolicy FilterPolicyScope RawMessageDelivery RedrivePolicy "
        "ReplayPolicy SubscriptionRoleArn",
};

}  // namespace

constinit const ResourceType kSnsSubscriptionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
