#include "aws/route.h"

#include <gmock/gmock.h>

#include "aws/codec.h"
#include "tests/aws/all_models.h"

namespace trunkline::aws {
namespace {

class Routes : public testing::Test {
 protected:
  // "PUT /bucket/key?acl": the operation's name, or "none".
  std::string Route(const std::string& service, const std::string& line,
                    const net::Headers& headers = {}) {
    const std::size_t blank = line.find(' ');
    net::Request request{
        .method = line.substr(0, blank), .target = line.substr(blank + 1), .headers = headers};
    const OperationRow* row = FindRoute(*AllModels().Find(service), request);
    return row == nullptr ? "none" : row->name;
  }
};

TEST_F(Routes, TakesAPathWithAndWithoutTheSlashAtItsEnd) {
  EXPECT_EQ(Route("lexv2-models", "PUT /bots/"), "CreateBot");
  EXPECT_EQ(Route("lexv2-models", "PUT /bots"), "CreateBot");
  EXPECT_EQ(Route("connect", "GET /queues-summary/i-1/"), "ListQueues");
}

TEST_F(Routes, MatchesBeforeDecoding) {
  EXPECT_EQ(Route("connect", "GET /tags/arn%3Aaws%3Aconnect%3Aeu-west-1%3A1%3Ainstance%2Fabc"),
            "ListTagsForResource");
  EXPECT_EQ(Route("connect", "GET /tags/arn:aws:connect:eu-west-1:1:instance/abc"), "none");
}

TEST_F(Routes, PrefersALiteralToALabel) {
  EXPECT_EQ(Route("connect", "POST /search-queues"), "SearchQueues");
  EXPECT_EQ(Route("connect", "POST /queues/i/q/name"), "UpdateQueueName");
}

TEST_F(Routes, KnowsWhatIsNotThere) {
  EXPECT_EQ(Route("connect", "PATCH /queues/i"), "none");
  EXPECT_EQ(Route("connect", "GET /"), "none");
  EXPECT_EQ(Route("connect", "GET /queues//q"), "none");
}

TEST_F(Routes, ReadsTargetsOfJsonServices) {
  EXPECT_EQ(Route("ssm", "POST /", {{"X-Amz-Target", "AmazonSSM.GetParameter"}}), "GetParameter");
  EXPECT_EQ(Route("ssm", "POST /", {{"X-Amz-Target", "AmazonSSM.CreateActivation"}}),
            "CreateActivation");
  EXPECT_EQ(Route("ssm", "POST /", {{"X-Amz-Target", "Other.GetParameter"}}), "none");
  EXPECT_EQ(Route("ssm", "POST /"), "none");
}

TEST_F(Routes, ReadsActionsOfQueryServicesFromBodyAndQuery) {
  net::Request post{
      .method = "POST", .target = "/", .body = "Version=2011-06-15&Action=GetCallerIdentity"};

  EXPECT_EQ(FindRoute(*AllModels().Find("sts"), post)->name, "GetCallerIdentity");
  EXPECT_EQ(Route("sts", "GET /?Action=GetCallerIdentity&Version=2011-06-15"), "GetCallerIdentity");
}

struct S3Route {
  const char* line;
  const char* operation;
};

class S3Routes : public Routes, public testing::WithParamInterface<S3Route> {};

TEST_P(S3Routes, ChoosesByPathAndQuery) {
  EXPECT_EQ(Route("s3", GetParam().line), GetParam().operation) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    All, S3Routes,
    testing::Values(
        S3Route{"GET /", "ListBuckets"}, S3Route{"GET /?x-id=ListBuckets", "ListBuckets"},
        S3Route{"PUT /b", "CreateBucket"}, S3Route{"PUT /b/", "CreateBucket"},
        S3Route{"HEAD /b", "HeadBucket"}, S3Route{"DELETE /b", "DeleteBucket"},
        S3Route{"GET /b", "ListObjects"}, S3Route{"GET /b/", "ListObjects"},
        S3Route{"GET /b?list-type=2&prefix=a", "ListObjectsV2"},
        S3Route{"GET /b?versions", "ListObjectVersions"},
        S3Route{"GET /b?uploads", "ListMultipartUploads"},
        S3Route{"GET /b?uploads=", "ListMultipartUploads"},
        S3Route{"GET /b?cors=", "GetBucketCors"}, S3Route{"GET /b?location", "GetBucketLocation"},
        S3Route{"GET /b?lifecycle", "GetBucketLifecycleConfiguration"},
        S3Route{"GET /b?notification", "GetBucketNotificationConfiguration"},
        S3Route{"GET /b?analytics", "ListBucketAnalyticsConfigurations"},
        S3Route{"GET /b?analytics&id=1", "GetBucketAnalyticsConfiguration"},
        S3Route{"DELETE /b?analytics", "DeleteBucketAnalyticsConfiguration"},
        S3Route{"POST /b?delete", "DeleteObjects"}, S3Route{"PUT /b/k", "PutObject"},
        S3Route{"PUT /b/k?x-id=PutObject", "PutObject"},
        S3Route{"PUT /b/k/with/slashes/", "PutObject"}, S3Route{"PUT /b//k", "PutObject"},
        S3Route{"GET /b/k", "GetObject"}, S3Route{"GET /b/k?versionId=3", "GetObject"},
        S3Route{"GET /b/k?tagging", "GetObjectTagging"}, S3Route{"HEAD /b/k", "HeadObject"},
        S3Route{"DELETE /b/k", "DeleteObject"},
        S3Route{"POST /b/k?uploads", "CreateMultipartUpload"},
        S3Route{"PUT /b/k?partNumber=1&uploadId=u", "UploadPart"},
        S3Route{"POST /b/k?uploadId=u", "CompleteMultipartUpload"},
        S3Route{"DELETE /b/k?uploadId=u", "AbortMultipartUpload"},
        S3Route{"GET /b/k?uploadId=u", "ListParts"},
        S3Route{"POST /b/k?select&select-type=2", "SelectObjectContent"},
        S3Route{"POST /b/k", "none"}));

TEST_F(Routes, ACopySourceMakesAPutACopy) {
  const net::Headers copy = {{"x-amz-copy-source", "other/key"}};

  EXPECT_EQ(Route("s3", "PUT /b/k", copy), "CopyObject");
  EXPECT_EQ(Route("s3", "PUT /b/k?partNumber=1&uploadId=u", copy), "UploadPartCopy");
}

TEST(ReadLabels, GivesGreedyLabelsTheirSlashes) {
  const UriTemplate uri = ReadUri("/{Bucket}/{Key+}");
  Labels labels;

  ASSERT_TRUE(ReadLabels(uri, "/b/a//c%20d/", labels));

  EXPECT_THAT(labels, testing::ElementsAre(testing::Pair("Bucket", "b"),
                                           testing::Pair("Key", "a//c%20d/")));
}

TEST(ReadLabels, GoesOnBehindAGreedyLabel) {
  const UriTemplate uri = ReadUri("/x/{Name+}/policy");
  Labels labels;

  ASSERT_TRUE(ReadLabels(uri, "/x/a/policy/policy", labels));

  EXPECT_THAT(labels, testing::ElementsAre(testing::Pair("Name", "a/policy")));
}

}  // namespace
}  // namespace trunkline::aws
