// The roles of the tooling stack that make the stack itself: CloudFormation's service role, when
// the pipeline of devops-pipelines updates it, and the boundary of all roles in it.
//
// The service role may change neither itself nor the boundary: a version of Trunkline that needs
// more is brought in by who administers the account (`trunkline bootstrap`), not by a push.
#include <fmt/format.h>

#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/stack_permissions.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {
namespace {

json::Array Statements(std::initializer_list<json::Object> statements) {
  return List(statements);
}

json::Object Buckets() {
  return Arn("s3:::amzconnect-artifacts-${AWS::AccountId}-*");
}

// Stores are made by who administers the account (`trunkline bootstrap`), and updated here.
json::Array MakeStores() {
  return Statements(
      {Allow("KeepStores",
             {"s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
              "s3:ListBucket", "s3:PutBucket*", "s3:PutEncryptionConfiguration",
              "s3:PutLifecycleConfiguration"},
             Buckets()),
       Allow("ReadProgram", {"s3:GetObject", "s3:GetObjectVersion"},
             Arn("s3:::amzconnect-artifacts-${AWS::AccountId}-*/trunkline/*")),
       Allow(
           "KeepKeys",
           {"kms:Decrypt", "kms:DescribeKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus", "kms:ListResourceTags", "kms:PutKeyPolicy",
            "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription"},
           List({OwnArn("kms", "key/*"), OwnArn("kms", "alias/amzconnect-artifacts")}))});
}

json::Array MakePipelines() {
  return Statements(
      {Allow("MakePipelines",
             {"codepipeline:CreatePipeline", "codepipeline:DeletePipeline",
              "codepipeline:GetPipeline", "codepipeline:GetPipelineState",
              "codepipeline:ListTagsForResource", "codepipeline:TagResource",
              "codepipeline:UntagResource", "codepipeline:UpdatePipeline"},
             OwnArn("codepipeline", "amzconnect-*")),
       Allow("MakeBuilds",
             {"codebuild:BatchGetProjects", "codebuild:CreateProject", "codebuild:DeleteProject",
              "codebuild:UpdateProject"},
             OwnArn("codebuild", "project/amzconnect-*")),
       Allow("MakeConnections",
             {"codeconnections:CreateConnection", "codestar-connections:CreateConnection"}, "*"),
       Allow("KeepConnections",
             {"codeconnections:DeleteConnection", "codeconnections:GetConnection",
              "codeconnections:ListTagsForResource", "codeconnections:PassConnection",
              "codestar-connections:DeleteConnection", "codestar-connections:GetConnection",
              "codestar-connections:ListTagsForResource", "codestar-connections:PassConnection"},
             List({OwnArn("codeconnections", "connection/*"),
                   OwnArn("codestar-connections", "connection/*")}))});
}

json::Object Groups() {
  return Allow("MakeLogGroups",
               {"logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy",
                "logs:ListTagsForResource", "logs:PutRetentionPolicy", "logs:TagResource",
                "logs:UntagResource"},
               List({OwnArn("logs", "log-group:/aws/lambda/amzconnect-*"),
                     OwnArn("logs", "log-group:/aws/codebuild/amzconnect-*")}));
}

json::Array MakeRouter() {
  return Statements(
      {Groups(), Allow("FindLogGroups", {"logs:DescribeLogGroups"}, OwnArn("logs", "log-group:*")),
       Allow("MakeRouter",
             {"lambda:AddPermission", "lambda:CreateFunction", "lambda:DeleteFunction",
              "lambda:Get*", "lambda:ListTags", "lambda:ListVersionsByFunction",
              "lambda:RemovePermission", "lambda:TagResource", "lambda:UntagResource",
              "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"},
             OwnArn("lambda", "function:amzconnect-*")),
       Allow("MakeApi",
             {"apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST",
              "apigateway:PUT"},
             List({Arn("apigateway:*::/apis"), Arn("apigateway:*::/apis/*"),
                   Arn("apigateway:*::/tags/*")})),
       Allow("MakeLedger",
             {"dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:Describe*",
              "dynamodb:ListTagsOfResource", "dynamodb:TagResource", "dynamodb:UntagResource",
              "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable",
              "dynamodb:UpdateTimeToLive"},
             OwnArn("dynamodb", fmt::format("table/{}", kLedgerTable))),
       Allow("MakeSecret",
             {"secretsmanager:CreateSecret", "secretsmanager:DeleteSecret",
              "secretsmanager:DescribeSecret", "secretsmanager:TagResource",
              "secretsmanager:UntagResource", "secretsmanager:UpdateSecret"},
             OwnArn("secretsmanager", fmt::format("secret:{}*", kWebhookSecret))),
       Allow("GenerateSecret", {"secretsmanager:GetRandomPassword"}, "*")});
}

json::Array MakeNotices() {
  return Statements(
      {Allow("MakeTopic",
             {"sns:CreateTopic", "sns:DeleteTopic", "sns:GetTopicAttributes",
              "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource", "sns:SetTopicAttributes",
              "sns:Subscribe", "sns:TagResource", "sns:UntagResource", "sns:Unsubscribe"},
             OwnArn("sns", std::string(kTopic) + "*")),
       Allow("MakeRules",
             {"events:DeleteRule", "events:DescribeRule", "events:ListTargetsByRule",
              "events:PutRule", "events:PutTargets", "events:RemoveTargets"},
             OwnArn("events", "rule/amzconnect-*"))});
}

json::Array MakeRoles() {
  json::Array services{"codebuild.amazonaws.com", "codepipeline.amazonaws.com",
                       "lambda.amazonaws.com"};
  const json::Object own =
      Arn(fmt::format("iam::${{AWS::AccountId}}:role/trunkline/{}", kToolingStackRole));
  return RoleStatements(ToolingBoundary(), Arn("iam::${AWS::AccountId}:role/trunkline/trunkline-*"),
                        own, std::move(services));
}

void AddStackRole(Template& stack) {
  json::Array statements = MakeStores();
  for (json::Array (*make)() : {MakePipelines, MakeRouter, MakeNotices, MakeRoles})
    Append(statements, make());
  // Its policy is within what an inline policy may hold, and needs no boundary: only who
  // administers the account changes it.
  stack.Add("StackRole",
            Role({.name = kToolingStackRole,
                  .description = "CloudFormation updates the tooling account's stacks with it.",
                  .trust = TrustService("cloudformation"),
                  .statements = std::move(statements),
                  .boundary = nullptr}));
}

// Of any account: the boundary must not change with the environments, as no push may change it.
json::Array TargetRoles() {
  return List({Arn("iam::*:role/trunkline/trunkline-deploy-*"),
               Arn("iam::*:role/trunkline/trunkline-operator-*")});
}

json::Array Boundary() {
  return Statements(
      {Allow("UseStores", {"s3:Get*", "s3:ListBucket", "s3:PutObject"},
             List({Buckets(), Arn("s3:::amzconnect-artifacts-${AWS::AccountId}-*/*")})),
       Allow("UseKeys",
             {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*",
              "kms:ReEncrypt*"},
             OwnArn("kms", "key/*")),
       Allow("WriteLogs", {"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"},
             OwnArn("logs", "log-group:/aws/*/amzconnect-*")),
       Allow("RunPipelines",
             {"codebuild:*", "codepipeline:Get*", "codepipeline:List*",
              "codepipeline:StartPipelineExecution"},
             List({OwnArn("codebuild", "project/amzconnect-*"),
                   OwnArn("codebuild", "report-group/amzconnect-*"),
                   OwnArn("codepipeline", "amzconnect-*")})),
       Allow("FindPipelines", {"codepipeline:ListPipelines"}, "*"),
       Allow("UseConnections",
             {"codeconnections:UseConnection", "codestar-connections:UseConnection"},
             List({OwnArn("codeconnections", "connection/*"),
                   OwnArn("codestar-connections", "connection/*")})),
       Allow("Notify", {"sns:Publish"}, OwnArn("sns", kTopic)),
       Allow("Route", {"dynamodb:GetItem", "dynamodb:PutItem", "secretsmanager:GetSecretValue"},
             List({OwnArn("dynamodb", fmt::format("table/{}", kLedgerTable)),
                   OwnArn("secretsmanager", "secret:*")})),
       Allow("ActInTargets", {"sts:AssumeRole"}, TargetRoles()),
       Allow(
           "UpdateStacks",
           {"cloudformation:CreateStack", "cloudformation:Describe*", "cloudformation:UpdateStack"},
           OwnArn("cloudformation", "stack/amzconnect-*/*")),
       Allow("GiveStackRole", {"iam:PassRole"},
             Arn(fmt::format("iam::${{AWS::AccountId}}:role/trunkline/{}", kToolingStackRole)))});
}

}  // namespace

void AddOwnRoles(Template& stack) {
  json::Object properties{{"ManagedPolicyName", kToolingBoundary},
                          {"Path", "/trunkline/"},
                          {"Description", "The most that roles of the pipelines may ever do."}};
  properties.Set("PolicyDocument", Document(Boundary()));
  stack.Add("Boundary", {.type = "AWS::IAM::ManagedPolicy", .properties = std::move(properties)});
  AddStackRole(stack);
}

}  // namespace trunkline::stacks
