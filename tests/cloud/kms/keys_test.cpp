#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

class KmsKeys : public CloudTest {
 protected:
  json::Object Create(json::Object settings = {}) {
    return Do("kms", "CreateKey", settings).GetObject("KeyMetadata");
  }
  std::string Id(json::Object settings = {}) {
    return std::string(Create(std::move(settings)).GetString("KeyId"));
  }
  json::Object Describe(std::string_view key) {
    return Do("kms", "DescribeKey", {{"KeyId", key}}).GetObject("KeyMetadata");
  }
};

TEST_F(KmsKeys, ANewOneIsEnabledSymmetricAndTheCustomers) {
  const json::Object key = Create({{"Description", "mine"}});

  EXPECT_EQ(key.GetString("KeyState"), "Enabled");
  EXPECT_EQ(key.GetString("KeySpec"), "SYMMETRIC_DEFAULT");
  EXPECT_EQ(key.GetString("KeyUsage"), "ENCRYPT_DECRYPT");
  EXPECT_EQ(key.GetString("KeyManager"), "CUSTOMER");
  EXPECT_THAT(std::string(key.GetString("Arn")),
              StartsWith("arn:aws:kms:eu-central-1:111122223333:key/"));
  EXPECT_EQ(Describe(key.GetString("Arn")), key);
}

TEST_F(KmsKeys, TheDefaultPolicyLetsTheAccountDoEverything) {
  const std::string id = Id();

  EXPECT_THAT(std::string(Do("kms", "GetKeyPolicy", {{"KeyId", id}}).GetString("Policy")),
              HasSubstr("arn:aws:iam::111122223333:root"));
  EXPECT_THAT(Ask("kms", "PutKeyPolicy", {{"KeyId", id}, {"Policy", "{}"}}),
              Fails(400, "MalformedPolicyDocumentException", HasSubstr("")));
}

TEST_F(KmsKeys, AnUnknownOneIsNotFoundByItsArn) {
  const std::string id = "11111111-2222-3333-4444-555555555555";

  EXPECT_THAT(Ask("kms", "DescribeKey", {{"KeyId", id}}),
              Fails(400, "NotFoundException",
                    "Key 'arn:aws:kms:eu-central-1:111122223333:key/" + id + "' does not exist"));
  EXPECT_THAT(Ask("kms", "DescribeKey", {{"KeyId", "nope"}}),
              Fails(400, "NotFoundException", "Invalid keyId 'nope'"));
  EXPECT_THAT(Ask("kms", "DescribeKey", {{"KeyId", "alias/nope"}}),
              Fails(400, "NotFoundException",
                    "Alias arn:aws:kms:eu-central-1:111122223333:alias/nope is not found."));
}

TEST_F(KmsKeys, AnAliasLeadsToItsKeyAndCanBeMoved) {
  const std::string first = Id();
  const std::string second = Id();
  Do("kms", "CreateAlias", {{"AliasName", "alias/acme"}, {"TargetKeyId", first}});

  EXPECT_EQ(Describe("alias/acme").GetString("KeyId"), first);
  EXPECT_THAT(Ask("kms", "CreateAlias", {{"AliasName", "alias/acme"}, {"TargetKeyId", first}}),
              Fails(400, "AlreadyExistsException", HasSubstr("alias/acme already exists")));
  Do("kms", "UpdateAlias", {{"AliasName", "alias/acme"}, {"TargetKeyId", second}});
  EXPECT_EQ(Describe("alias/acme").GetString("KeyId"), second);
  EXPECT_THAT(Do("kms", "ListAliases", {{"KeyId", second}}).GetArray("Aliases"), SizeIs(1));
  Do("kms", "DeleteAlias", {{"AliasName", "alias/acme"}});
  EXPECT_THAT(Ask("kms", "DescribeKey", {{"KeyId", "alias/acme"}}),
              Fails(400, "NotFoundException", HasSubstr("is not found")));
}

TEST_F(KmsKeys, ManagedOnesAppearWhenUsedAndCannotBeChanged) {
  const json::Object key = Describe("alias/aws/s3");

  EXPECT_EQ(key.GetString("KeyManager"), "AWS");
  EXPECT_EQ(Describe("alias/aws/s3").GetString("KeyId"), key.GetString("KeyId"));
  EXPECT_FALSE(Ask("kms", "ScheduleKeyDeletion", {{"KeyId", key.GetString("KeyId")}}).ok());
}

TEST_F(KmsKeys, DeletionWaitsAndCanBeCancelled) {
  const std::string id = Id();
  const json::Object scheduled =
      Do("kms", "ScheduleKeyDeletion", {{"KeyId", id}, {"PendingWindowInDays", 7}});

  EXPECT_EQ(scheduled.GetString("KeyState"), "PendingDeletion");
  EXPECT_THAT(Ask("kms", "Encrypt", {{"KeyId", id}, {"Plaintext", "x"}}),
              Fails(400, "KMSInvalidStateException", HasSubstr("is pending deletion.")));
  Do("kms", "CancelKeyDeletion", {{"KeyId", id}});
  EXPECT_EQ(Describe(id).GetString("KeyState"), "Disabled");
  Advance(std::chrono::hours(24 * 8));
  EXPECT_EQ(Describe(id).GetString("KeyState"), "Disabled");
}

TEST_F(KmsKeys, AreGoneAfterTheWindowEvenWhenRestarted) {
  const std::string id = Id();
  Do("kms", "CreateAlias", {{"AliasName", "alias/acme"}, {"TargetKeyId", id}});
  Do("kms", "ScheduleKeyDeletion", {{"KeyId", id}, {"PendingWindowInDays", 7}});
  Restart();

  EXPECT_EQ(Describe(id).GetString("KeyState"), "PendingDeletion");
  Advance(std::chrono::hours(24 * 8));
  EXPECT_FALSE(Ask("kms", "DescribeKey", {{"KeyId", id}}).ok());
  EXPECT_FALSE(Ask("kms", "DescribeKey", {{"KeyId", "alias/acme"}}).ok());
}

TEST_F(KmsKeys, TagsAreMergedAndRemoved) {
  const std::string id =
      Id({{"Tags", json::Array{json::Object{{"TagKey", "a"}, {"TagValue", "1"}}}}});
  json::Array more{json::Object{{"TagKey", "a"}, {"TagValue", "2"}},
                   json::Object{{"TagKey", "b"}, {"TagValue", "3"}}};
  Do("kms", "TagResource", {{"KeyId", id}, {"Tags", more}});

  EXPECT_EQ(Do("kms", "ListResourceTags", {{"KeyId", id}}).GetArray("Tags"), more);
  Do("kms", "UntagResource", {{"KeyId", id}, {"TagKeys", json::Array{"a"}}});
  EXPECT_THAT(Do("kms", "ListResourceTags", {{"KeyId", id}}).GetArray("Tags"), SizeIs(1));
}

TEST_F(KmsKeys, AreListedInPages) {
  for (int i = 0; i < 3; ++i) Id();

  const json::Object page = Do("kms", "ListKeys", {{"Limit", 2}});
  EXPECT_THAT(page.GetArray("Keys"), SizeIs(2));
  EXPECT_TRUE(page.GetBool("Truncated"));
  const json::Object rest =
      Do("kms", "ListKeys", {{"Limit", 2}, {"Marker", page.GetString("NextMarker")}});
  EXPECT_THAT(rest.GetArray("Keys"), SizeIs(1));
  EXPECT_FALSE(rest.GetBool("Truncated"));
  EXPECT_THAT(Ask("kms", "ListKeys", {{"Marker", "nope"}}),
              Fails(400, "InvalidMarkerException", HasSubstr("")));
}

TEST_F(KmsKeys, RotationKeepsWhatWasEncryptedReadable) {
  const std::string id = Id();
  const json::Object cipher = Do("kms", "Encrypt", {{"KeyId", id}, {"Plaintext", "old"}});
  Do("kms", "EnableKeyRotation", {{"KeyId", id}, {"RotationPeriodInDays", 90}});

  EXPECT_TRUE(Do("kms", "GetKeyRotationStatus", {{"KeyId", id}}).GetBool("KeyRotationEnabled"));
  Advance(std::chrono::hours(24 * 91));
  Do("kms", "RotateKeyOnDemand", {{"KeyId", id}});
  EXPECT_THAT(Do("kms", "ListKeyRotations", {{"KeyId", id}}).GetArray("Rotations"), SizeIs(2));
  EXPECT_EQ(Do("kms", "Decrypt", {{"CiphertextBlob", cipher.GetString("CiphertextBlob")}})
                .GetString("Plaintext"),
            "old");
}

TEST_F(KmsKeys, GrantsAreListedAndRevoked) {
  const std::string id = Id();
  const json::Object grant = Do("kms", "CreateGrant",
                                {{"KeyId", id},
                                 {"GranteePrincipal", "arn:aws:iam::111122223333:role/reader"},
                                 {"Operations", json::Array{"Decrypt"}}});

  EXPECT_THAT(Do("kms", "ListGrants", {{"KeyId", id}}).GetArray("Grants"), SizeIs(1));
  Do("kms", "RevokeGrant", {{"KeyId", id}, {"GrantId", grant.GetString("GrantId")}});
  EXPECT_THAT(Do("kms", "ListGrants", {{"KeyId", id}}).GetArray("Grants"), SizeIs(0));
  EXPECT_THAT(Ask("kms", "RevokeGrant", {{"KeyId", id}, {"GrantId", grant.GetString("GrantId")}}),
              Fails(400, "NotFoundException", HasSubstr("not found")));
}

TEST_F(KmsKeys, OfAnotherAccountNeedItsPolicy) {
  const std::string arn(Create().GetString("Arn"));
  const std::string open =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"kms:*","Resource":"*"}]})";
  UseAccount("444455556666");

  EXPECT_THAT(Ask("kms", "DescribeKey", {{"KeyId", arn}}),
              Fails(400, "AccessDeniedException", HasSubstr("no resource-based policy allows")));
  UseAccount("111122223333");
  Do("kms", "PutKeyPolicy", {{"KeyId", arn}, {"Policy", open}});
  UseAccount("444455556666");
  const json::Object cipher = Do("kms", "Encrypt", {{"KeyId", arn}, {"Plaintext", "shared"}});
  EXPECT_EQ(Do("kms", "Decrypt", {{"CiphertextBlob", cipher.GetString("CiphertextBlob")}})
                .GetString("Plaintext"),
            "shared");
}

}  // namespace
}  // namespace trunkline::cloud::tests
