// amzconnect-artifacts: the artifact store of one Region. Other accounts read it, so it has a key
// of its own: aliases and S3's own key do not work across accounts (aws-platform facts, 3.4).
#include <set>

#include <fmt/format.h>

#include "stacks/buckets.h"
#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/tooling.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {
namespace {

std::set<std::string> TargetAccounts(const center::Center& center) {
  std::set<std::string> accounts;
  for (const center::Environment& environment : center.environments) {
    if (environment.enabled) accounts.insert(*environment.account);
  }
  return accounts;
}

// The roles of the target accounts that actions and stacks run in.
json::Object LetTargets(std::string_view sid, const center::Center& center, const Actions& actions,
                        json::Value resource) {
  json::Array accounts;
  json::Array roles;
  for (const std::string& account : TargetAccounts(center)) {
    accounts.emplace_back(Arn(fmt::format("iam::{}:root", account)));
    for (const std::string_view role : {"trunkline-cfn-*", "trunkline-deploy-*"})
      roles.emplace_back(Arn(fmt::format("iam::{}:role/trunkline/{}", account, role)));
  }
  json::Object statement = Allow(sid, actions, std::move(resource),
                                 Condition("ArnLike", "aws:PrincipalArn", std::move(roles)));
  statement.Set("Principal", json::Object{{"AWS", std::move(accounts)}});
  return statement;
}

// Keys' policies name "*" as the resource: the key itself.
json::Object LetOwnAccount() {
  json::Object statement =
      Allow("AdministrateAndUse",
            {"kms:CancelKeyDeletion",   "kms:CreateAlias",         "kms:Decrypt",
             "kms:DeleteAlias",         "kms:DescribeKey",         "kms:DisableKey",
             "kms:EnableKey",           "kms:EnableKeyRotation",   "kms:Encrypt",
             "kms:GenerateDataKey*",    "kms:GetKeyPolicy",        "kms:GetKeyRotationStatus",
             "kms:ListResourceTags",    "kms:PutKeyPolicy",        "kms:ReEncrypt*",
             "kms:ScheduleKeyDeletion", "kms:TagResource",         "kms:UntagResource",
             "kms:UpdateAlias",         "kms:UpdateKeyDescription"},
            "*");
  statement.Set("Principal", json::Object{{"AWS", Arn("iam::${AWS::AccountId}:root")}});
  return statement;
}

void AddKey(Template& stack, const center::Center& center) {
  const json::Object let_targets = LetTargets(
      "LetTargets", center, {"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"}, "*");
  json::Object properties{{"Description", "Encrypts the artifacts of the pipelines."},
                          {"EnableKeyRotation", true}};
  properties.Set("KeyPolicy", Document(List({LetOwnAccount(), let_targets})));
  stack.Add("Key", {.type = "AWS::KMS::Key", .properties = std::move(properties), .retain = true});
  json::Object alias{{"AliasName", "alias/amzconnect-artifacts"}, {"TargetKeyId", Ref("Key")}};
  stack.Add("KeyAlias", {.type = "AWS::KMS::Alias", .properties = std::move(alias)});
}

}  // namespace

std::vector<std::string> ArtifactRegions(const center::Center& center) {
  return MakeToolingView(center).regions;
}

Template MakeArtifacts(const center::Center& center) {
  Template stack("Trunkline: the artifact store of the pipelines in one Region.");
  AddKey(stack, center);
  const json::Object read =
      LetTargets("LetTargets", center,
                 {"s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:GetObject",
                  "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject"},
                 List({GetAtt("Bucket", "Arn"), Sub("${Bucket.Arn}/*")}));
  // The program stays: its keys begin with "trunkline/". Artifacts' begin with the pipeline's name.
  AddBucket(stack, "Bucket",
            {.name = Sub("amzconnect-artifacts-${AWS::AccountId}-${AWS::Region}"),
             .key_arn = GetAtt("Key", "Arn"),
             .expiring = "amzconnect-",
             .more_statements = List({read})});
  stack.AddOutput("BucketName", "The bucket of artifacts.", Ref("Bucket"));
  stack.AddOutput("KeyArn", "The key of artifacts; a parameter of amzconnect-tooling.",
                  GetAtt("Key", "Arn"));
  return stack;
}

}  // namespace trunkline::stacks
