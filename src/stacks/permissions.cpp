#include "stacks/permissions.h"

#include <fmt/format.h>

#include "stacks/policy.h"

namespace trunkline::stacks {
namespace {

json::Object Instances() {
  return OwnArn("connect", "instance/*");
}

json::Object Bucket(const OwnNames& names) {
  return Arn(fmt::format("s3:::{}", names.bucket));
}

json::Object Functions(const OwnNames& names) {
  return OwnArn("lambda", fmt::format("function:{}", names.instance));
}

json::Array Bots() {
  return List({OwnArn("lex", "bot/*"), OwnArn("lex", "bot-alias/*")});
}

// Amazon Connect makes a directory and its service-linked role in the caller's name.
json::Object CreateDirectories() {
  return Allow("MakeDirectories",
               {"ds:AuthorizeApplication", "ds:CheckAlias", "ds:CreateAlias", "ds:CreateDirectory",
                "ds:CreateIdentityPoolDirectory", "ds:DeleteDirectory", "ds:DescribeDirectories",
                "ds:UnauthorizeApplication"},
               "*");
}

json::Object UseConnectsOwnRole() {
  return Allow("UseConnectsOwnRole", {"iam:AttachRolePolicy", "iam:PutRolePolicy"},
               Arn("iam::${AWS::AccountId}:role/aws-service-role/connect.amazonaws.com/*"));
}

json::Object MakeConnectsOwnRole() {
  return Allow("MakeConnectsOwnRole", {"iam:CreateServiceLinkedRole"},
               Arn("iam::${AWS::AccountId}:role/aws-service-role/connect.amazonaws.com/*"),
               Condition("StringEquals", "iam:AWSServiceName", "connect.amazonaws.com"));
}

json::Object DeliverBots() {
  return Allow(
      "DeliverBots",
      {"lex:BuildBotLocale",   "lex:CreateBot",      "lex:CreateBotAlias",  "lex:CreateBotLocale",
       "lex:CreateBotVersion", "lex:CreateIntent",   "lex:CreateSlot",      "lex:CreateSlotType",
       "lex:DeleteBotVersion", "lex:DeleteIntent",   "lex:DeleteSlot",      "lex:DeleteSlotType",
       "lex:ListIntents",      "lex:ListSlotTypes",  "lex:ListSlots",       "lex:TagResource",
       "lex:UpdateBot",        "lex:UpdateBotAlias", "lex:UpdateBotLocale", "lex:UpdateIntent",
       "lex:UpdateSlot",       "lex:UpdateSlotType"},
      Bots());
}

json::Object DeliverFunctions(std::string_view sid, json::Value functions) {
  return Allow(sid,
               {"lambda:CreateAlias", "lambda:CreateFunction", "lambda:PublishVersion",
                "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateAlias",
                "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"},
               std::move(functions));
}

// Roles at the path "/", as src/deploy names them. One that a laptop made without the boundary may
// be given it, and none may lose it.
json::Array DeliverRoles(std::string_view sid, const std::string& name, const Actions& make,
                         json::Value boundary_arn, json::Array services) {
  const json::Object roles = Arn("iam::${AWS::AccountId}:role/" + name);
  return List({Allow(fmt::format("Make{}Roles", sid), make, roles,
                     Condition("StringEquals", "iam:PermissionsBoundary", std::move(boundary_arn))),
               Allow(fmt::format("Keep{}Roles", sid),
                     {"iam:GetRole", "iam:ListAttachedRolePolicies", "iam:TagRole",
                      "iam:UpdateAssumeRolePolicy"},
                     roles),
               Allow(fmt::format("Give{}Roles", sid), {"iam:PassRole"}, roles,
                     Condition("StringEquals", "iam:PassedToService", std::move(services)))});
}

}  // namespace

json::Array ReadInstancePermissions() {
  return List({Allow("FindInstances", {"connect:ListInstances"}, "*"),
               Allow("ReadInstance",
                     {"connect:DescribeInstance", "connect:SearchHoursOfOperations",
                      "connect:SearchQueues"},
                     Instances())});
}

json::Array ReadStoragePermissions(const OwnNames& names) {
  return List(
      {Allow("ReadStorage", {"connect:ListInstanceStorageConfigs"}, Instances()),
       // Connect asks for the ACL and the Region of a bucket that an instance shall use.
       Allow("ReadBucket",
             {"s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketTagging", "s3:ListBucket"},
             Bucket(names)),
       Allow("ReadParameters", {"ssm:GetParameters"}, OwnArn("ssm", "parameter/AmazonConnect*"))});
}

json::Array ReadCenterPermissions(const OwnNames& names) {
  return List(
      {Allow("ReadCenter",
             {"connect:DescribeContactFlow", "connect:DescribeContactFlowModule",
              "connect:ListBots", "connect:ListLambdaFunctions", "connect:SearchContactFlowModules",
              "connect:SearchContactFlows", "connect:SearchPrompts"},
             Instances()),
       Allow("FindBots", {"lex:ListBots"}, "*"),
       Allow("ReadFunctions",
             {"lambda:GetAlias", "lambda:GetFunction", "lambda:GetFunctionConfiguration"},
             Functions(names))});
}

json::Object FindAliasesPermissions() {
  return Allow("ReadBots", {"lex:ListBotAliases", "lex:ListTagsForResource"}, Bots());
}

json::Object ReadBotsPermissions() {
  return Allow(
      "ReadBots",
      {"lex:DescribeBot", "lex:DescribeBotAlias", "lex:DescribeBotLocale", "lex:DescribeBotVersion",
       "lex:ListBotAliases", "lex:ListBotVersions", "lex:ListTagsForResource"},
      Bots());
}

json::Array InstancePermissions(const OwnNames& names) {
  return List(
      {Allow("MakeInstances", {"connect:CreateInstance"}, Instances()), CreateDirectories(),
       UseConnectsOwnRole(), MakeConnectsOwnRole(),
       Allow("DeliverInstance",
             {"connect:AssociateInstanceStorageConfig", "connect:CreateQueue",
              "connect:UpdateInstanceStorageConfig", "connect:UpdateQueueHoursOfOperation",
              "connect:UpdateQueueMaxContacts", "connect:UpdateQueueName"},
             Instances()),
       Allow("DeliverBucket",
             {"s3:CreateBucket", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging",
              "s3:PutEncryptionConfiguration"},
             Bucket(names)),
       Allow("DeliverParameters", {"ssm:PutParameter"}, OwnArn("ssm", "parameter/AmazonConnect*")),
       Allow("KeepFlowLogs", {"logs:CreateLogGroup"}, OwnArn("logs", "log-group:/aws/connect/*"))});
}

json::Object HoursPermissions() {
  return Allow("DeliverHours", {"connect:CreateHoursOfOperation"}, Instances());
}

json::Object TagPermissions(json::Array more) {
  json::Array resources = List({Instances()});
  Append(resources, std::move(more));
  return Allow("MarkWhatIsManaged", {"connect:TagResource", "connect:UntagResource"},
               std::move(resources));
}

json::Array PhoneNumbers() {
  return List({OwnArn("connect", "phone-number/*")});
}

json::Object FlowPermissions() {
  return Allow(
      "DeliverFlows",
      {"connect:CreateContactFlow", "connect:CreateContactFlowModule", "connect:DeleteContactFlow",
       "connect:DeleteContactFlowModule", "connect:UpdateContactFlowContent",
       "connect:UpdateContactFlowMetadata", "connect:UpdateContactFlowModuleContent",
       "connect:UpdateContactFlowModuleMetadata"},
      Instances());
}

json::Array UsePermissions(const OwnNames& names) {
  return List({Allow("LetConnectUseThem",
                     {"connect:AssociateBot", "connect:AssociateLambdaFunction",
                      "connect:DisassociateBot", "connect:DisassociateLambdaFunction"},
                     Instances()),
               Allow("PermitBots",
                     {"lex:CreateResourcePolicy", "lex:DeleteResourcePolicy",
                      "lex:DescribeResourcePolicy", "lex:UpdateResourcePolicy"},
                     OwnArn("lex", "bot-alias/*")),
               Allow("PermitFunctions", {"lambda:AddPermission", "lambda:RemovePermission"},
                     Functions(names))});
}

json::Array MapPermissions(const OwnNames& names, json::Value boundary_arn) {
  const std::string mapping = names.instance + "mapping";
  json::Array statements =
      List({DeliverFunctions("PublishMap", OwnArn("lambda", "function:" + mapping))});
  Append(statements, DeliverRoles("Map", mapping,
                                  {"iam:CreateRole", "iam:DetachRolePolicy",
                                   "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"},
                                  std::move(boundary_arn), json::Array{"lambda.amazonaws.com"}));
  return statements;
}

json::Array ObjectPermissions(const OwnNames& names) {
  return List({Allow("DeliverObjects",
                     {"connect:CreateHoursOfOperation", "connect:CreatePrompt",
                      "connect:UpdateHoursOfOperation", "connect:UpdatePrompt"},
                     Instances()),
               Allow("KeepPromptAudio", {"s3:GetObject", "s3:PutObject"},
                     Arn(fmt::format("s3:::{}/*", names.bucket)))});
}

json::Array CodePermissions(const OwnNames& names, json::Value boundary_arn) {
  json::Array statements = List(
      {DeliverBots(), DeliverFunctions("DeliverFunctions", Functions(names)),
       // What stops a shift of callers. Composite alarms are shown to who may ask for all only.
       Allow("ReadAlarms", {"cloudwatch:DescribeAlarms"}, "*")});
  Append(statements, DeliverRoles("Code", names.instance,
                                  {"iam:AttachRolePolicy", "iam:CreateRole", "iam:DetachRolePolicy",
                                   "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"},
                                  std::move(boundary_arn),
                                  json::Array{"lambda.amazonaws.com", "lexv2.amazonaws.com"}));
  return statements;
}

json::Array UndoMapPermissions(const OwnNames& names) {
  const std::string mapping = names.instance + "mapping";
  return List({Allow("UndoMap", {"lambda:DeleteAlias", "lambda:DeleteFunction"},
                     List({OwnArn("lambda", "function:" + mapping),
                           OwnArn("lambda", "function:" + mapping + ":*")})),
               Allow("UndoMapRole", {"iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRolePolicy"},
                     Arn("iam::${AWS::AccountId}:role/" + mapping))});
}

json::Array UndoPermissions(const OwnNames& names) {
  return List(
      {Allow("UndoInInstance",
             {"connect:DeleteHoursOfOperation", "connect:DeletePrompt", "connect:DeleteQueue",
              "connect:DisassociateInstanceStorageConfig", "connect:GetPromptFile",
              "connect:UpdateQueueStatus"},
             Instances()),
       Allow("UndoBucket",
             {"s3:DeleteBucket", "s3:GetBucketPublicAccessBlock", "s3:GetEncryptionConfiguration"},
             Bucket(names)),
       Allow("UndoAudio", {"s3:DeleteObject"}, Arn(fmt::format("s3:::{}/prompts/*", names.bucket))),
       Allow("UndoParameters", {"ssm:DeleteParameter"}, OwnArn("ssm", "parameter/AmazonConnect*")),
       Allow("UndoFunctions", {"lambda:DeleteAlias", "lambda:DeleteFunction"}, Functions(names)),
       Allow(
           "UndoBots",
           {"lex:DeleteBot", "lex:DeleteBotAlias", "lex:DeleteBotLocale", "lex:DescribeIntent",
            "lex:DescribeSlot", "lex:DescribeSlotType", "lex:ListBotLocales", "lex:UntagResource"},
           Bots()),
       Allow("UndoRoles", {"iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRolePolicy"},
             Arn("iam::${AWS::AccountId}:role/" + names.instance))});
}

json::Array AssociationPermissions() {
  // Functions of the user's own templates are named after their stacks.
  return List({Allow("Associate",
                     {"connect:AssociateBot", "connect:AssociateLambdaFunction",
                      "connect:DisassociateBot", "connect:DisassociateLambdaFunction"},
                     Instances()),
               Allow("PermitFunctions", {"lambda:AddPermission", "lambda:RemovePermission"},
                     OwnArn("lambda", "function:amzconnect-*")),
               Allow("PermitBots",
                     {"lex:CreateResourcePolicy", "lex:DeleteResourcePolicy",
                      "lex:DescribeResourcePolicy", "lex:UpdateResourcePolicy"},
                     OwnArn("lex", "bot-alias/*"))});
}

json::Array PhonePermissions() {
  return List({Allow("FindNumbers", {"connect:SearchAvailablePhoneNumbers"}, "*"),
               Allow("KeepNumbers",
                     {"connect:AssociatePhoneNumberContactFlow", "connect:ClaimPhoneNumber",
                      "connect:DescribePhoneNumber", "connect:ListFlowAssociations",
                      "connect:ListPhoneNumbersV2", "connect:ReleasePhoneNumber"},
                     List({Instances(), OwnArn("connect", "phone-number/*")}))});
}

}  // namespace trunkline::stacks
