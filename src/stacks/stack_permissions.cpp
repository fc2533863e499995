#include "stacks/stack_permissions.h"

#include <fmt/format.h>

#include "stacks/names.h"
#include "stacks/policy.h"

namespace trunkline::stacks {
namespace {

json::Object ReadArtifacts() {
  return Allow("ReadArtifacts",
               {"s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:GetObject",
                "s3:GetObjectVersion", "s3:ListBucket"},
               List({Arn("s3:::amzconnect-artifacts-${pToolingAcountId}-*"),
                     Arn("s3:::amzconnect-artifacts-${pToolingAcountId}-*/*")}));
}

// Which keys of the tooling account that is, the keys' own policies say.
json::Object ToolingKeys() {
  return Arn("kms:*:${pToolingAcountId}:key/*");
}

json::Object MakeBuckets() {
  return Allow("MakeBuckets",
               {"s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:GetBucket*",
                "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:ListBucket",
                "s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration"},
               Arn("s3:::amzconnect-*"));
}

json::Object MakeFunctions() {
  return Allow("MakeFunctions",
               {"lambda:AddPermission",
                "lambda:CreateAlias",
                "lambda:CreateFunction",
                "lambda:DeleteAlias",
                "lambda:DeleteFunction",
                "lambda:DeleteFunctionConcurrency",
                "lambda:DeleteFunctionEventInvokeConfig",
                "lambda:Get*",
                "lambda:InvokeFunction",
                "lambda:ListTags",
                "lambda:ListVersionsByFunction",
                "lambda:PublishVersion",
                "lambda:PutFunctionConcurrency",
                "lambda:PutFunctionEventInvokeConfig",
                "lambda:RemovePermission",
                "lambda:TagResource",
                "lambda:UntagResource",
                "lambda:UpdateAlias",
                "lambda:UpdateFunctionCode",
                "lambda:UpdateFunctionConfiguration"},
               OwnArn("lambda", "function:amzconnect-*"));
}

json::Array MakeLogs() {
  return List({Allow("MakeLogGroups",
                     {"logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy",
                      "logs:ListTagsForResource", "logs:PutRetentionPolicy", "logs:TagResource",
                      "logs:UntagResource"},
                     List({OwnArn("logs", "log-group:/aws/lambda/amzconnect-*"),
                           OwnArn("logs", "log-group:amzconnect-*")})),
               Allow("FindLogGroups", {"logs:DescribeLogGroups"}, OwnArn("logs", "log-group:*"))});
}

json::Object MakeWorkflows() {
  return Allow("MakeWorkflows",
               {"states:CreateStateMachine", "states:DeleteStateMachine",
                "states:DescribeStateMachine", "states:ListTagsForResource", "states:TagResource",
                "states:UntagResource", "states:UpdateStateMachine"},
               OwnArn("states", "stateMachine:amzconnect-*"));
}

json::Object MakeEvents() {
  return Allow(
      "MakeRules",
      {"events:DeleteRule", "events:DescribeRule", "events:ListTargetsByRule", "events:PutRule",
       "events:PutTargets", "events:RemoveTargets", "events:TagResource", "events:UntagResource"},
      OwnArn("events", "rule/amzconnect-*"));
}

// What templates of the user's own are likely to make; names begin with the stack's.
json::Array MakeUsersResources() {
  return List(
      {Allow("MakeTables",
             {"dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:Describe*",
              "dynamodb:ListTagsOfResource", "dynamodb:TagResource", "dynamodb:UntagResource",
              "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable",
              "dynamodb:UpdateTimeToLive"},
             OwnArn("dynamodb", "table/amzconnect-*")),
       Allow("MakeAlarms",
             {"cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms",
              "cloudwatch:ListTagsForResource", "cloudwatch:PutCompositeAlarm",
              "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"},
             OwnArn("cloudwatch", "alarm:amzconnect-*")),
       Allow("MakeTopics",
             {"sns:CreateTopic", "sns:DeleteTopic", "sns:GetTopicAttributes",
              "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource", "sns:SetTopicAttributes",
              "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource"},
             OwnArn("sns", "amzconnect-*")),
       Allow("MakeQueues",
             {"sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
              "sqs:ListQueueTags", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"},
             OwnArn("sqs", "amzconnect-*")),
       Allow("MakeSecrets",
             {"secretsmanager:CreateSecret", "secretsmanager:DeleteSecret",
              "secretsmanager:DescribeSecret", "secretsmanager:TagResource",
              "secretsmanager:UntagResource", "secretsmanager:UpdateSecret"},
             OwnArn("secretsmanager", "secret:amzconnect-*")),
       Allow("MakeGeneratedSecrets", {"secretsmanager:GetRandomPassword"}, "*"),
       Allow("MakeParameters",
             {"ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:DeleteParameters",
              "ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource",
              "ssm:PutParameter", "ssm:RemoveTagsFromResource"},
             List({OwnArn("ssm", "parameter/amzconnect*"),
                   OwnArn("ssm", "parameter/AmazonConnect*")}))});
}

// An instance itself is the workflow's: replacing one would lose its numbers.
json::Array MakeCenterResources() {
  return List(
      {Allow("MakeBots",
             {"lex:Build*", "lex:Create*", "lex:Delete*", "lex:Describe*", "lex:List*",
              "lex:TagResource", "lex:UntagResource", "lex:Update*"},
             List({OwnArn("lex", "bot/*"), OwnArn("lex", "bot-alias/*")})),
       Allow("MakeCenterResources",
             {"connect:Associate*", "connect:Create*", "connect:Delete*", "connect:Describe*",
              "connect:Disassociate*", "connect:List*", "connect:TagResource",
              "connect:UntagResource", "connect:Update*"},
             OwnArn("connect", "instance/*")),
       Deny("KeepInstances",
            {"connect:CreateInstance", "connect:DeleteInstance", "connect:ReplicateInstance"},
            "*")});
}

}  // namespace

json::Array DeployStatements() {
  return List(
      {Allow("DeliverStacks",
             {"cloudformation:CreateChangeSet", "cloudformation:CreateStack",
              "cloudformation:DeleteChangeSet", "cloudformation:DescribeChangeSet",
              "cloudformation:DescribeStackEvents", "cloudformation:DescribeStackResources",
              "cloudformation:DescribeStacks", "cloudformation:ExecuteChangeSet",
              "cloudformation:GetTemplate", "cloudformation:UpdateStack"},
             OwnArn("cloudformation", "stack/amzconnect-*/*")),
       Allow("GiveStackRole", {"iam:PassRole"},
             Arn(fmt::format("iam::${{AWS::AccountId}}:role/trunkline/{}",
                             StackRole("${pEnvironment}"))),
             Condition("StringEquals", "iam:PassedToService", "cloudformation.amazonaws.com")),
       Allow("RunWorkflows", {"states:DescribeStateMachine", "states:StartExecution"},
             OwnArn("states", "stateMachine:amzconnect-*")),
       Allow("WatchWorkflows", {"states:DescribeExecution"},
             OwnArn("states", "execution:amzconnect-*:*")),
       Allow("DeliverFiles", {"s3:PutObject"},
             List({Arn("s3:::amzconnect-flows-*-${AWS::AccountId}-*/*"),
                   Arn("s3:::amzconnect-instance-*-${AWS::AccountId}-*/*")})),
       ReadArtifacts(),
       // Artifacts are copied to the store of the action's Region.
       Allow("WriteArtifacts", {"s3:PutObject"},
             Arn("s3:::amzconnect-artifacts-${pToolingAcountId}-*/*")),
       Allow("UseArtifactKeys", {"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"},
             ToolingKeys())});
}

json::Array RoleStatements(json::Value boundary_arn, json::Value roles, json::Value guarded,
                           json::Array services) {
  json::Object bounded = Condition("StringEquals", "iam:PermissionsBoundary", boundary_arn);
  return List(
      {Allow("MakeBoundedRoles", {"iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy"},
             roles, std::move(bounded)),
       Allow("KeepRoles",
             {"iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:GetRole",
              "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies",
              "iam:ListRoleTags", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy",
              "iam:UpdateRole", "iam:UpdateRoleDescription"},
             roles),
       Allow("GiveRolesToServices", {"iam:PassRole"}, roles,
             Condition("StringEquals", "iam:PassedToService", std::move(services))),
       Deny("KeepBoundaries",
            {"iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"}, "*"),
       Deny("KeepTheBoundary",
            {"iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion",
             "iam:SetDefaultPolicyVersion"},
            boundary_arn),
       Deny("KeepGuardedRoles", {"iam:*"}, std::move(guarded))});
}

json::Array StackStatements(json::Value boundary_arn) {
  json::Array statements;
  Append(statements,
         List({MakeBuckets(), MakeFunctions(), MakeWorkflows(), MakeEvents(), ReadArtifacts(),
               Allow("UnpackArtifacts", {"kms:Decrypt"}, ToolingKeys())}));
  Append(statements, MakeLogs());
  Append(statements, MakeUsersResources());
  Append(statements, MakeCenterResources());
  json::Array guarded = List({Arn("iam::${AWS::AccountId}:role/trunkline/trunkline-*"),
                              Arn("iam::${AWS::AccountId}:role/cdk-*")});
  json::Array services{"events.amazonaws.com", "lambda.amazonaws.com", "lexv2.amazonaws.com",
                       "states.amazonaws.com"};
  Append(statements, RoleStatements(std::move(boundary_arn),
                                    Arn("iam::${AWS::AccountId}:role/trunkline/amzconnect-*"),
                                    std::move(guarded), std::move(services)));
  return statements;
}

}  // namespace trunkline::stacks
