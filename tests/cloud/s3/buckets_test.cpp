#include "tests/cloud/s3/s3_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Buckets : public S3Test {};

TEST_F(Buckets, ANewOneIsFoundInItsRegion) {
  const json::Object made =
      Do("s3", "CreateBucket",
         {{"Bucket", "acme"},
          {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}});

  EXPECT_EQ(made.GetString("Location"), "/acme");
  EXPECT_EQ(Do("s3", "HeadBucket", With({})).GetString("BucketRegion"), "eu-central-1");
  EXPECT_EQ(Do("s3", "GetBucketLocation", With({})).GetString("LocationConstraint"),
            "eu-central-1");
}

TEST_F(Buckets, OfTheFirstRegionHaveNoLocation) {
  UseRegion("us-east-1");
  Do("s3", "CreateBucket", {{"Bucket", "acme"}});

  EXPECT_FALSE(Do("s3", "GetBucketLocation", With({})).Has("LocationConstraint"));
}

TEST_F(Buckets, TheLocationMustFitTheEndpoint) {
  const json::Object elsewhere{{"LocationConstraint", "us-west-2"}};

  EXPECT_THAT(Ask("s3", "CreateBucket", {{"Bucket", "acme"}}),
              Fails(400, "IllegalLocationConstraintException",
                    HasSubstr("unspecified location constraint")));
  EXPECT_THAT(
      Ask("s3", "CreateBucket", {{"Bucket", "acme"}, {"CreateBucketConfiguration", elsewhere}}),
      Fails(400, "IllegalLocationConstraintException",
            HasSubstr("The us-west-2 location constraint")));
  UseRegion("us-east-1");
  Do("s3", "CreateBucket", {{"Bucket", "acme"}, {"CreateBucketConfiguration", elsewhere}});
  EXPECT_EQ(Do("s3", "HeadBucket", With({})).GetString("BucketRegion"), "us-west-2");
}

TEST_F(Buckets, MakingOnesOwnAgainWorksInTheFirstRegionOnly) {
  MakeBucket();
  EXPECT_THAT(
      Ask("s3", "CreateBucket",
          {{"Bucket", "acme"},
           {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}}),
      Fails(409, "BucketAlreadyOwnedByYou", HasSubstr("you already own it")));

  UseRegion("us-east-1");
  Do("s3", "CreateBucket", {{"Bucket", "other"}});
  EXPECT_THAT(Ask("s3", "CreateBucket", {{"Bucket", "other"}}), Succeeds());
}

TEST_F(Buckets, NamesAreSharedByAllAccounts) {
  MakeBucket();

  UseAccount("999988887777");
  UseRegion("us-east-1");
  EXPECT_THAT(Ask("s3", "CreateBucket", {{"Bucket", "acme"}}),
              Fails(409, "BucketAlreadyExists", HasSubstr("not available")));
  EXPECT_THAT(Texts(Do("s3", "ListBuckets"), "Buckets", "Name"), IsEmpty());
  EXPECT_THAT(Ask("s3", "HeadBucket", With({{"ExpectedBucketOwner", "999988887777"}})).status, 403);
}

class BucketNames : public Buckets, public ::testing::WithParamInterface<std::string> {};
TEST_P(BucketNames, BreakingARuleIsRefused) {
  UseRegion("us-east-1");

  EXPECT_THAT(Ask("s3", "CreateBucket", {{"Bucket", GetParam()}}),
              Fails(400, "InvalidBucketName", "The specified bucket is not valid."));
}
INSTANTIATE_TEST_SUITE_P(Rules, BucketNames,
                         ::testing::Values("ab", std::string(64, 'a'), "Acme", "a_b", "-ab", "ab-",
                                           "a..b", "192.168.5.4", "xn--ab", "ab-s3alias"));

TEST_F(Buckets, AreListedByNameInPages) {
  for (const char* name : {"ccc", "aaa", "bbb"}) MakeBucket(name);

  const json::Object page = Do("s3", "ListBuckets", {{"MaxBuckets", 2}});
  const json::Object rest =
      Do("s3", "ListBuckets",
         {{"MaxBuckets", 2}, {"ContinuationToken", page.At("ContinuationToken")}});

  EXPECT_THAT(Texts(page, "Buckets", "Name"), ElementsAre("aaa", "bbb"));
  EXPECT_THAT(Texts(rest, "Buckets", "Name"), ElementsAre("ccc"));
  EXPECT_EQ(page.GetObject("Owner").GetString("ID").size(), 64U);
}

TEST_F(Buckets, OnlyEmptyOnesAreDeleted) {
  MakeBucket();
  Put("a", "1");

  EXPECT_THAT(Ask("s3", "DeleteBucket", With({})),
              Fails(409, "BucketNotEmpty", HasSubstr("not empty")));
  Do("s3", "DeleteObject", OfKey("a"));
  EXPECT_EQ(Ask("s3", "DeleteBucket", With({})).status, 204);
  EXPECT_THAT(Ask("s3", "GetBucketLocation", With({})),
              Fails(404, "NoSuchBucket", "The specified bucket does not exist"));
}

TEST_F(Buckets, WithVersionsLeftAreNotEmpty) {
  MakeBucket();
  Version();
  Put("a", "1");
  Do("s3", "DeleteObject", OfKey("a"));

  EXPECT_THAT(Ask("s3", "DeleteBucket", With({})),
              Fails(409, "BucketNotEmpty", HasSubstr("not empty")));
}

TEST_F(Buckets, DeletingOneForgetsItsConfigurations) {
  MakeBucket();
  Do("s3", "PutBucketTagging",
     With({{"Tagging",
            json::Object{{"TagSet", json::Array{json::Object{{"Key", "a"}, {"Value", "1"}}}}}}}));

  Do("s3", "DeleteBucket", With({}));
  MakeBucket();

  EXPECT_THAT(Ask("s3", "GetBucketTagging", With({})),
              Fails(404, "NoSuchTagSet", HasSubstr("TagSet")));
}

TEST_F(Buckets, SurviveARestart) {
  MakeBucket();
  Version();

  Restart();

  EXPECT_EQ(Do("s3", "HeadBucket", With({})).GetString("BucketRegion"), "eu-central-1");
  EXPECT_EQ(Do("s3", "GetBucketVersioning", With({})).GetString("Status"), "Enabled");
}

// ---- configurations

TEST_F(Buckets, NewOnesBlockPublicAccessAndEnforceTheOwner) {
  MakeBucket();

  const json::Object block =
      Do("s3", "GetPublicAccessBlock", With({})).GetObject("PublicAccessBlockConfiguration");
  EXPECT_TRUE(block.GetBool("BlockPublicAcls"));
  EXPECT_TRUE(block.GetBool("RestrictPublicBuckets"));
  const json::Object controls =
      Do("s3", "GetBucketOwnershipControls", With({})).GetObject("OwnershipControls");
  EXPECT_EQ(controls.GetArray("Rules")[0].AsObject().GetString("ObjectOwnership"),
            "BucketOwnerEnforced");
}

TEST_F(Buckets, AreEncryptedByDefault) {
  MakeBucket();

  const json::Object answer = Do("s3", "GetBucketEncryption", With({}));

  const json::Object& rule =
      answer.GetObject("ServerSideEncryptionConfiguration").GetArray("Rules")[0].AsObject();
  EXPECT_EQ(rule.GetObject("ApplyServerSideEncryptionByDefault").GetString("SSEAlgorithm"),
            "AES256");
}

TEST_F(Buckets, TheDefaultEncryptionIsThatOfNewObjects) {
  MakeBucket();
  const json::Object key = Do("kms", "CreateKey").GetObject("KeyMetadata");
  const json::Object choice{{"SSEAlgorithm", "aws:kms"},
                            {"KMSMasterKeyID", key.GetString("KeyId")}};
  const json::Object rule{{"ApplyServerSideEncryptionByDefault", choice},
                          {"BucketKeyEnabled", true}};
  Do("s3", "PutBucketEncryption",
     With({{"ServerSideEncryptionConfiguration", json::Object{{"Rules", json::Array{rule}}}}}));

  const json::Object put = Put("a", "1");

  EXPECT_EQ(put.GetString("ServerSideEncryption"), "aws:kms");
  EXPECT_EQ(put.GetString("SSEKMSKeyId"), key.GetString("Arn"));
  EXPECT_TRUE(put.GetBool("BucketKeyEnabled"));
}

TEST_F(Buckets, APolicyIsCheckedKeptAndDeleted) {
  MakeBucket();
  const std::string policy =
      R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*"}]})";

  EXPECT_THAT(Ask("s3", "GetBucketPolicy", With({})),
              Fails(404, "NoSuchBucketPolicy", HasSubstr("does not exist")));
  EXPECT_THAT(
      Ask("s3", "PutBucketPolicy", With({{"Policy", R"({"Statement":{"Effect":"Allow"}})"}})),
      Fails(400, "MalformedPolicy", HasSubstr("Principal")));
  Do("s3", "PutBucketPolicy", With({{"Policy", policy}}));
  EXPECT_EQ(Do("s3", "GetBucketPolicy", With({})).GetString("Policy"), policy);
  EXPECT_TRUE(
      Do("s3", "GetBucketPolicyStatus", With({})).GetObject("PolicyStatus").GetBool("IsPublic"));
  EXPECT_EQ(Ask("s3", "DeleteBucketPolicy", With({})).status, 204);
  EXPECT_THAT(Ask("s3", "GetBucketPolicy", With({})).code, "NoSuchBucketPolicy");
}

TEST_F(Buckets, ReplicationNeedsVersioning) {
  MakeBucket();
  const json::Object rule{{"Status", "Enabled"},
                          {"Destination", json::Object{{"Bucket", "arn:aws:s3:::copy"}}}};
  const json::Object input =
      With({{"ReplicationConfiguration", json::Object{{"Role", "arn:aws:iam::111122223333:role/r"},
                                                      {"Rules", json::Array{rule}}}}});

  EXPECT_THAT(Ask("s3", "PutBucketReplication", input),
              Fails(400, "InvalidRequest", HasSubstr("Versioning")));
  Version();
  EXPECT_THAT(Ask("s3", "PutBucketReplication", input), Succeeds());
}

// A configuration that is put, read, and (if it can be) deleted.
struct Configuration {
  std::string name;
  std::string put;
  std::string get;
  std::string remove;  // empty: there is no such operation
  json::Object input;
  std::string shown;    // the member of the answer that holds what was put
  std::string missing;  // the code without one; empty: an empty answer
};
class BucketConfigurations : public Buckets, public ::testing::WithParamInterface<Configuration> {};
TEST_P(BucketConfigurations, AreKeptAndGivenBack) {
  const Configuration& row = GetParam();
  MakeBucket();
  Version();
  EXPECT_EQ(Ask("s3", row.get, With({})).code, row.missing);

  Do("s3", row.put, With(row.input));
  Restart();

  EXPECT_TRUE(Do("s3", row.get, With({})).Has(row.shown));
  if (row.remove.empty()) return;
  EXPECT_EQ(Ask("s3", row.remove, With({})).status, 204);
  EXPECT_EQ(Ask("s3", row.get, With({})).code, row.missing);
}
const json::Object kTag{{"Key", "a"}, {"Value", "1"}};
INSTANTIATE_TEST_SUITE_P(
    All, BucketConfigurations,
    ::testing::Values(
        Configuration{"Cors",
                      "PutBucketCors",
                      "GetBucketCors",
                      "DeleteBucketCors",
                      {{"CORSConfiguration",
                        json::Object{{"CORSRules", json::Array{json::Object{
                                                       {"AllowedMethods", json::Array{"GET"}},
                                                       {"AllowedOrigins", json::Array{"*"}}}}}}}},
                      "CORSRules",
                      "NoSuchCORSConfiguration"},
        Configuration{"Website",
                      "PutBucketWebsite",
                      "GetBucketWebsite",
                      "DeleteBucketWebsite",
                      {{"WebsiteConfiguration",
                        json::Object{{"IndexDocument", json::Object{{"Suffix", "index.html"}}}}}},
                      "IndexDocument",
                      "NoSuchWebsiteConfiguration"},
        Configuration{"Lifecycle",
                      "PutBucketLifecycleConfiguration",
                      "GetBucketLifecycleConfiguration",
                      "DeleteBucketLifecycle",
                      {{"LifecycleConfiguration",
                        json::Object{{"Rules", json::Array{json::Object{
                                                   {"Status", "Enabled"},
                                                   {"ID", "old"},
                                                   {"Expiration", json::Object{{"Days", 30}}}}}}}}},
                      "Rules",
                      "NoSuchLifecycleConfiguration"},
        Configuration{"Tagging",
                      "PutBucketTagging",
                      "GetBucketTagging",
                      "DeleteBucketTagging",
                      {{"Tagging", json::Object{{"TagSet", json::Array{kTag}}}}},
                      "TagSet",
                      "NoSuchTagSet"},
        Configuration{"Logging",
                      "PutBucketLogging",
                      "GetBucketLogging",
                      "",
                      {{"BucketLoggingStatus",
                        json::Object{{"LoggingEnabled", json::Object{{"TargetBucket", "logs"},
                                                                     {"TargetPrefix", "a/"}}}}}},
                      "LoggingEnabled",
                      ""},
        Configuration{"Notification",
                      "PutBucketNotificationConfiguration",
                      "GetBucketNotificationConfiguration",
                      "",
                      {{"NotificationConfiguration",
                        json::Object{{"EventBridgeConfiguration", json::Object()}}}},
                      "EventBridgeConfiguration",
                      ""},
        Configuration{"Accelerate",
                      "PutBucketAccelerateConfiguration",
                      "GetBucketAccelerateConfiguration",
                      "",
                      {{"AccelerateConfiguration", json::Object{{"Status", "Enabled"}}}},
                      "Status",
                      ""},
        Configuration{"RequestPayment",
                      "PutBucketRequestPayment",
                      "GetBucketRequestPayment",
                      "",
                      {{"RequestPaymentConfiguration", json::Object{{"Payer", "Requester"}}}},
                      "Payer",
                      ""},
        Configuration{"ObjectLock",
                      "PutObjectLockConfiguration",
                      "GetObjectLockConfiguration",
                      "",
                      {{"ObjectLockConfiguration", json::Object{{"ObjectLockEnabled", "Enabled"}}}},
                      "ObjectLockConfiguration",
                      "ObjectLockConfigurationNotFoundError"},
        Configuration{
            "Replication",
            "PutBucketReplication",
            "GetBucketReplication",
            "DeleteBucketReplication",
            {{"ReplicationConfiguration",
              json::Object{
                  {"Role", "arn:aws:iam::111122223333:role/r"},
                  {"Rules", json::Array{json::Object{
                                {"Status", "Enabled"},
                                {"Destination", json::Object{{"Bucket", "arn:aws:s3:::b"}}}}}}}}},
            "ReplicationConfiguration",
            "ReplicationConfigurationNotFoundError"}),
    [](const auto& row) { return row.param.name; });

TEST_F(Buckets, WhatEveryNewOneHasCanBeDeleted) {
  MakeBucket();

  Do("s3", "DeletePublicAccessBlock", With({}));
  Do("s3", "DeleteBucketOwnershipControls", With({}));

  EXPECT_THAT(Ask("s3", "GetPublicAccessBlock", With({})).code,
              "NoSuchPublicAccessBlockConfiguration");
  EXPECT_THAT(Ask("s3", "GetBucketOwnershipControls", With({})).code,
              "OwnershipControlsNotFoundError");
}

TEST_F(Buckets, AnAclIsRefusedWhileTheOwnerIsEnforced) {
  MakeBucket();

  EXPECT_THAT(Ask("s3", "PutBucketAcl", With({{"ACL", "public-read"}})),
              Fails(400, "AccessControlListNotSupported", "The bucket does not allow ACLs"));
  Do("s3", "DeleteBucketOwnershipControls", With({}));
  Do("s3", "PutBucketAcl", With({{"ACL", "public-read"}}));
  const json::Object acl = Do("s3", "GetBucketAcl", With({}));
  EXPECT_THAT(Texts(acl, "Grants", "Permission"), ElementsAre("FULL_CONTROL", "READ"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
