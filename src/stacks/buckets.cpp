#include "stacks/buckets.h"

#include <fmt/format.h>

#include "stacks/policy.h"

namespace trunkline::stacks {
namespace {

json::Object Encryption(json::Value key_arn) {
  json::Object by_default{{"SSEAlgorithm", key_arn.IsNull() ? "AES256" : "aws:kms"}};
  json::Object rule;
  if (!key_arn.IsNull()) {
    by_default.Set("KMSMasterKeyID", std::move(key_arn));
    rule.Set("BucketKeyEnabled", true);
  }
  rule.Set("ServerSideEncryptionByDefault", std::move(by_default));
  return {{"ServerSideEncryptionConfiguration", List({rule})}};
}

json::Object LifeCycle(const BucketSpec& spec) {
  json::Object expire{{"Id", "expire"}, {"Status", "Enabled"}};
  expire.SetIfNotEmpty("Prefix", spec.expiring);
  expire.Set("ExpirationInDays", spec.days);
  json::Object tidy{{"Id", "tidy"},
                    {"Status", "Enabled"},
                    {"NoncurrentVersionExpiration", json::Object{{"NoncurrentDays", 30}}},
                    {"AbortIncompleteMultipartUpload", json::Object{{"DaysAfterInitiation", 1}}}};
  return {{"Rules", List({expire, tidy})}};
}

json::Object DenyPlainHttp(std::string_view logical_id) {
  json::Object statement =
      Deny("TlsOnly", {"s3:*"},
           List({GetAtt(logical_id, "Arn"), Sub(fmt::format("${{{}.Arn}}/*", logical_id))}),
           Condition("Bool", "aws:SecureTransport", "false"));
  statement.Set("Principal", "*");
  return statement;
}

json::Object Properties(const BucketSpec& spec) {
  json::Object properties;
  properties.Set("BucketName", spec.name);
  properties.Set("BucketEncryption", Encryption(spec.key_arn));
  properties.Set("VersioningConfiguration", json::Object{{"Status", "Enabled"}});
  properties.Set("PublicAccessBlockConfiguration", json::Object{{"BlockPublicAcls", true},
                                                                {"BlockPublicPolicy", true},
                                                                {"IgnorePublicAcls", true},
                                                                {"RestrictPublicBuckets", true}});
  json::Object owned{{"ObjectOwnership", "BucketOwnerEnforced"}};
  properties.Set("OwnershipControls", json::Object{{"Rules", List({owned})}});
  properties.Set("LifecycleConfiguration", LifeCycle(spec));
  return properties;
}

}  // namespace

void AddBucket(Template& stack, std::string_view logical_id, BucketSpec spec) {
  stack.Add(logical_id,
            {.type = "AWS::S3::Bucket", .properties = Properties(spec), .retain = true});
  json::Array statements = List({DenyPlainHttp(logical_id)});
  Append(statements, std::move(spec.more_statements));
  json::Object policy{{"Bucket", Ref(logical_id)}};
  policy.Set("PolicyDocument", Document(std::move(statements)));
  stack.Add(fmt::format("{}Policy", logical_id),
            {.type = "AWS::S3::BucketPolicy", .properties = std::move(policy)});
}

}  // namespace trunkline::stacks
