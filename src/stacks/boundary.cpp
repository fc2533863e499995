// trunkline-boundary: a permissions boundary gives nothing; it cuts what a role's own policies
// give. So it names services whole where a center's functions use them, on this account's
// resources, and leaves out what would lead out of it: IAM, STS, CloudFormation, the pipelines.
#include <fmt/format.h>

#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/roles.h"

namespace trunkline::stacks {
namespace {

// On resources of this account. S3 names no account in ARNs.
constexpr std::string_view kServices[] = {"connect", "dynamodb", "events", "execute-api",    "kms",
                                          "lambda",  "lex",      "logs",   "secretsmanager", "sns",
                                          "sqs",     "ssm",      "states"};

json::Array OwnResources() {
  json::Array arns;
  for (const std::string_view service : kServices) {
    arns.emplace_back(Arn(fmt::format("{}:*:${{AWS::AccountId}}:*", service)));
  }
  return arns;
}

json::Array OwnServices() {
  json::Array actions;
  for (const std::string_view service : kServices) {
    actions.emplace_back(fmt::format("{}:*", service));
  }
  return actions;
}

json::Object UseOwnResources() {
  json::Object statement = Allow("UseOwnResources", {}, OwnResources());
  statement.Set("Action", OwnServices());
  return statement;
}

// The provisioner makes the mapping function, and its role within this boundary.
json::Array MakeMappingRole() {
  const json::Object role = Arn("iam::${AWS::AccountId}:role/*-mapping");
  return List({Allow("MakeMappingRole",
                     {"iam:AttachRolePolicy", "iam:CreateRole", "iam:DetachRolePolicy",
                      "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"},
                     role,
                     Condition("StringEquals", "iam:PermissionsBoundary",
                               Arn(fmt::format("iam::${{AWS::AccountId}}:policy/trunkline/{}",
                                               kBoundary)))),
               Allow("KeepMappingRole",
                     {"iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRole", "iam:GetRolePolicy",
                      "iam:ListAttachedRolePolicies", "iam:PassRole", "iam:TagRole",
                      "iam:UpdateAssumeRolePolicy"},
                     role)});
}

}  // namespace

json::Array BoundaryStatements() {
  json::Array statements;
  statements.emplace_back(UseOwnResources());
  statements.emplace_back(
      Allow("UseOwnBuckets",
            {"s3:Get*", "s3:List*", "s3:PutObject*", "s3:DeleteObject*", "s3:AbortMultipartUpload",
             "s3:PutBucket*", "s3:PutEncryptionConfiguration"},
            Arn("s3:::*"),
            Condition("StringEqualsIfExists", "aws:ResourceAccount", Ref("AWS::AccountId"))));
  statements.emplace_back(Allow("MakeBuckets", {"s3:CreateBucket"}, Arn("s3:::*")));
  // Operations that name no resource.
  statements.emplace_back(Allow(
      "UseWithoutResource",
      {"cloudwatch:PutMetricData", "connect:ListInstances", "ds:AuthorizeApplication",
       "ds:CheckAlias", "ds:CreateAlias", "ds:CreateDirectory", "ds:CreateIdentityPoolDirectory",
       "ds:DeleteDirectory", "ds:DescribeDirectories", "ds:UnauthorizeApplication", "lex:ListBots",
       "logs:CreateLogDelivery", "polly:SynthesizeSpeech", "sts:GetCallerIdentity",
       "xray:PutTelemetryRecords", "xray:PutTraceSegments"},
      "*"));
  statements.emplace_back(
      Allow("UseConnectsOwnRole",
            {"iam:AttachRolePolicy", "iam:CreateServiceLinkedRole", "iam:PutRolePolicy"},
            Arn("iam::${AWS::AccountId}:role/aws-service-role/connect.amazonaws.com/*")));
  Append(statements, MakeMappingRole());
  return statements;
}

}  // namespace trunkline::stacks
