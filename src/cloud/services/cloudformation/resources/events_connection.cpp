// AWS::Events::Connection.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The ARN without the random part at its end.
void AddPolicyArn(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                  json::Object& known) {
  const std::string arn(known.GetString("ConnectionArn"));
  if (!arn.empty()) known.Set("PolicyArn", arn.substr(0, arn.rfind('/')));
}

constexpr auto kProperties = Properties<
    "AuthParameters~ AuthorizationType Description InvocationConnectivityParameters "
    "KmsKeyIdentifier Name^">();

constexpr auto kAttributes = Words<"Arn ArnForPolicy SecretArn">();

constexpr Name kNames[] = {
    {"ApiKeyAuthParameters", "ApiKeyAuthParameters"},
};

constexpr Name kValues[] = {
    {"Arn", "ConnectionArn"},
    {"ArnForPolicy", "PolicyArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Events::Connection",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "events",
    .create = "CreateConnection",
    .describe = "DescribeConnection",
    .update = "UpdateConnection",
    .remove = "DeleteConnection",
    .id = "Name",
    .values = kValues,
    .names = kNames,
    .naming = {.property = "Name", .limit = 64},
    .ready = {.member = "ConnectionState",
              .pending = "CREATING AUTHORIZING UPDATING",
              .failed = "FAILED_CONNECTIVITY",
              .reason = "StateReason"},
    .vanishes_later = true,
    .complete = AddPolicyArn,
};

}  // namespace

constinit const ResourceType kEventsConnectionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
