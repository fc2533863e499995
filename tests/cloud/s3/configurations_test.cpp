// What S3 refuses with which words, as seen in recordings of the service; configurations by id.
#include "tests/cloud/s3/s3_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ConfigurationsWithIds : public S3Test {
 protected:
  ConfigurationsWithIds() { MakeBucket(); }
  void PutMetrics(std::string_view id) {
    Do("s3", "PutBucketMetricsConfiguration",
       With({{"Id", id}, {"MetricsConfiguration", json::Object{{"Id", id}}}}));
  }
};

TEST_F(ConfigurationsWithIds, AreKeptByTheirIds) {
  PutMetrics("b");
  PutMetrics("a");
  Restart();

  EXPECT_THAT(Texts(Do("s3", "ListBucketMetricsConfigurations", With({})),
                    "MetricsConfigurationList", "Id"),
              ElementsAre("a", "b"));
  EXPECT_EQ(Do("s3", "GetBucketMetricsConfiguration", With({{"Id", "a"}}))
                .GetObject("MetricsConfiguration")
                .GetString("Id"),
            "a");
}

TEST_F(ConfigurationsWithIds, AreDeletedOnce) {
  PutMetrics("a");
  EXPECT_EQ(Ask("s3", "DeleteBucketMetricsConfiguration", With({{"Id", "a"}})).status, 204);

  EXPECT_THAT(Ask("s3", "DeleteBucketMetricsConfiguration", With({{"Id", "a"}})),
              Fails(404, "NoSuchConfiguration", "The specified configuration does not exist."));
  EXPECT_THAT(
      Do("s3", "ListBucketMetricsConfigurations", With({})).GetArray("MetricsConfigurationList"),
      IsEmpty());
}

TEST_F(ConfigurationsWithIds, GoWithTheirBucket) {
  PutMetrics("a");
  Do("s3", "DeleteBucket", With({}));
  MakeBucket();

  EXPECT_THAT(Ask("s3", "GetBucketMetricsConfiguration", With({{"Id", "a"}})),
              Fails(404, "NoSuchConfiguration", HasSubstr("")));
}

class S3Refusals : public S3Test {
 protected:
  S3Refusals() { MakeBucket(); }
};

TEST_F(S3Refusals, ANameWithCapitalsIsOfNoBucket) {
  EXPECT_THAT(Ask("s3", "ListObjectsV2", {{"Bucket", "Capitals"}}),
              Fails(404, "NoSuchBucket", "The specified bucket does not exist"));
  EXPECT_THAT(Ask("s3", "CreateBucket", {{"Bucket", "Capitals"}}),
              Fails(400, "InvalidBucketName", "The specified bucket is not valid."));
}

TEST_F(S3Refusals, AVersionIdThatS3NeverGaveIsInvalid) {
  Version();
  PutVersion("k", "v");

  EXPECT_THAT(Ask("s3", "GetObject", OfKey("k", {{"VersionId", "made-up"}})),
              Fails(400, "InvalidArgument", "Invalid version id specified"));
}

TEST_F(S3Refusals, AVersionIdOfAnotherKeyIsNotFound) {
  Version();
  PutVersion("k", "v");
  const std::string other = PutVersion("other", "v");

  EXPECT_THAT(Ask("s3", "GetObject", OfKey("k", {{"VersionId", other}})),
              Fails(404, "NoSuchVersion", "The specified version does not exist."));
}

TEST_F(S3Refusals, AWordOutsideOfAnEnumIsMalformedXml) {
  EXPECT_THAT(Ask("s3", "PutBucketVersioning",
                  With({{"VersioningConfiguration", json::Object{{"Status", "Perhaps"}}}})),
              Fails(400, "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our "
                    "published schema"));
  EXPECT_THAT(Ask("s3", "PutObject", OfKey("k", {{"StorageClass", "ATTIC"}})),
              Fails(400, "InvalidStorageClass", "The storage class you specified is not valid"));
}

TEST_F(S3Refusals, SystemTagsAreNotTheRequesters) {
  const json::Array tags{json::Object{{"Key", "aws:mine"}, {"Value", "v"}}};

  EXPECT_THAT(Ask("s3", "PutBucketTagging", With({{"Tagging", json::Object{{"TagSet", tags}}}})),
              Fails(400, "InvalidTag", "System tags cannot be added/updated by requester"));
}

TEST_F(S3Refusals, AnEmptySetOfTagsIsNone) {
  Do("s3", "PutBucketTagging",
     With({{"Tagging",
            json::Object{{"TagSet", json::Array{json::Object{{"Key", "k"}, {"Value", "v"}}}}}}}));
  Do("s3", "PutBucketTagging", With({{"Tagging", json::Object{{"TagSet", json::Array()}}}}));

  EXPECT_THAT(Ask("s3", "GetBucketTagging", With({})),
              Fails(404, "NoSuchTagSet", "The TagSet does not exist"));
}

TEST_F(S3Refusals, AKeyOfKmsMustExist) {
  EXPECT_THAT(Ask("s3", "PutObject",
                  OfKey("k", {{"ServerSideEncryption", "aws:kms"},
                              {"SSEKMSKeyId", "134f2428-cec1-4b25-a1ae-9048164dba47"}})),
              Fails(400, "KMS.NotFoundException", HasSubstr("does not exist")));
}

TEST_F(S3Refusals, AKeyOfKmsIsToldByItsArn) {
  const json::Object key = Do("kms", "CreateKey").GetObject("KeyMetadata");

  const json::Object put =
      Put("k", "v", {{"ServerSideEncryption", "aws:kms"}, {"SSEKMSKeyId", key.GetString("KeyId")}});

  EXPECT_EQ(put.GetString("SSEKMSKeyId"), key.GetString("Arn"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
