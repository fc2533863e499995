// AWS::SQS::QueuePolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("Id", order.physical_id);
}

Answer<void> NestPolicy(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                        json::Object& properties) {
  json::Object attributes;
  attributes.Set(
      "Policy", properties.Has("PolicyDocument") ? properties.At("PolicyDocument") : json::Value());
  properties.Set("Attributes", std::move(attributes));
  return {};
}

constexpr auto kProperties = Properties<"PolicyDocument* Queues*">();

constexpr auto kAttributes = Words<"Id">();

constexpr Members kMembers[] = {
    {.property = "Queues",
     .add = "SetQueueAttributes",
     .remove = "SetQueueAttributes",
     .member = "QueueUrl",
     .clear_first = true,
     .along = "Attributes"},
};

constexpr Fixed kFixed[] = {
    {"SetQueueAttributes", R"({"Attributes": {"Policy": ""}})"},
};

constexpr Mapping kMapping{
    .type = "AWS::SQS::QueuePolicy",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "sqs",
    .members = kMembers,
    .fixed = kFixed,
    .naming = {.property = "", .limit = 64},
    .prepare = NestPolicy,
    .complete = AddId,
    .after_properties = "PolicyDocument",
};

}  // namespace

constinit const ResourceType kSqsQueuePolicyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
