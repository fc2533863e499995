// AWS::Events::ApiDestination.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The ARN without the random part at its end.
void AddPolicyArn(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                  json::Object& known) {
  const std::string arn(known.GetString("ApiDestinationArn"));
  if (!arn.empty()) known.Set("PolicyArn", arn.substr(0, arn.rfind('/')));
}

constexpr auto kProperties = Properties<
    "ConnectionArn* Description HttpMethod* InvocationEndpoint* "
    "InvocationRateLimitPerSecond Name^">();

constexpr auto kAttributes = Words<"Arn ArnForPolicy">();

constexpr Name kValues[] = {
    {"Arn", "ApiDestinationArn"},
    {"ArnForPolicy", "PolicyArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Events::ApiDestination",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "events",
    .create = "CreateApiDestination",
    .describe = "DescribeApiDestination",
    .update = "UpdateApiDestination",
    .remove = "DeleteApiDestination",
    .id = "Name",
    .values = kValues,
    .naming = {.property = "Name", .limit = 64},
    .complete = AddPolicyArn,
};

}  // namespace

constinit const ResourceType kEventsApiDestinationType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
