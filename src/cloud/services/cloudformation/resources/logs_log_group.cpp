// AWS::Logs::LogGroup.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// "arn" ends in ":*", as GetAtt's does; tags go to the ARN without it.
void AddPlainArn(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                 json::Object& known) {
  const std::string arn(known.GetString("arn"));
  if (!known.Has("logGroupArn") && arn.ends_with(":*"))
    known.Set("logGroupArn", arn.substr(0, arn.size() - 2));
}

constexpr auto kProperties = Properties<
    "BearerTokenAuthenticationEnabled~ DataProtectionPolicy~ DeletionProtectionEnabled "
    "FieldIndexPolicies~ KmsKeyId LogGroupClass LogGroupName^ RetentionInDays Tags~">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kNames[] = {
    {"LogGroupName", "logGroupNamePrefix"},
};

constexpr Change kChanges[] = {
    {.operation = "PutRetentionPolicy",
     .properties = "RetentionInDays",
     .removal = "DeleteRetentionPolicy"},
    {.operation = "AssociateKmsKey", .properties = "KmsKeyId", .removal = "DisassociateKmsKey"},
    {"PutLogGroupDeletionProtection", "DeletionProtectionEnabled"},
    {"PutBearerTokenAuthentication", "BearerTokenAuthenticationEnabled"},
    {"PutDataProtectionPolicy", "DataProtectionPolicy"},
    {"PutIndexPolicy", "FieldIndexPolicies"},
};

constexpr Mapping kMapping{
    .type = "AWS::Logs::LogGroup",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "logs",
    .create = "CreateLogGroup",
    .describe = "DescribeLogGroups",
    .described = "logGroups",
    .remove = "DeleteLogGroup",
    .changes = kChanges,
    .id = "LogGroupName",
    .names = kNames,
    .naming = {.property = "LogGroupName", .limit = 512},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "logGroupArn",
    .complete = AddPlainArn,
};

}  // namespace

constinit const ResourceType kLogsLogGroupType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
