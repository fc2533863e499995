// AWS::SNS::Subscription.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/resources/sns_attributes.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kAttributeNames[] = {
    "DeliveryPolicy", "FilterPolicy", "FilterPolicyScope",  "RawMessageDelivery",
    "RedrivePolicy",  "ReplayPolicy", "SubscriptionRoleArn"};

constexpr SnsAttributes kAttributesForm{
    .names = kAttributeNames, .arn = "SubscriptionArn", .operation = "SetSubscriptionAttributes"};

Answer<void> GatherAttributes(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                              json::Object& properties) {
  GatherSnsAttributes(kAttributesForm, properties);
  return {};
}

net::aw<Answer<void>> ChangeAttributes(WaitContext context, ResourceOrder order) {
  return ChangeSnsAttributes(std::move(context), std::move(order), &kAttributesForm);
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
