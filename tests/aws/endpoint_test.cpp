#include "aws/endpoint.h"

#include <gmock/gmock.h>

#include "aws/codec.h"
#include "aws/partition.h"
#include "tests/aws/all_models.h"

namespace trunkline::aws {
namespace {

struct Place {
  const char* service;
  const char* region;
  const char* host;
  const char* signing_region;
};

class OwnEndpoints : public testing::TestWithParam<Place> {};

TEST_P(OwnEndpoints, FollowFromServiceAndRegion) {
  const MapEnvironment environment({});
  const Profiles profiles;
  const EndpointChoice choice{.environment = environment, .profiles = profiles};

  const Endpoint endpoint =
      FindEndpoint(*AllModels().Find(GetParam().service), GetParam().region, choice).value();

  EXPECT_EQ(endpoint.url.scheme, "https");
  EXPECT_EQ(endpoint.url.host, GetParam().host);
  EXPECT_EQ(endpoint.signing_region, GetParam().signing_region);
  EXPECT_TRUE(endpoint.own);
}

INSTANTIATE_TEST_SUITE_P(
    All, OwnEndpoints,
    testing::Values(
        Place{"connect", "eu-central-1", "connect.eu-central-1.amazonaws.com", "eu-central-1"},
        Place{"lexv2-models", "us-east-1", "models-v2-lex.us-east-1.amazonaws.com", "us-east-1"},
        Place{"lexv2-runtime", "us-east-1", "runtime-v2-lex.us-east-1.amazonaws.com", "us-east-1"},
        Place{"sts", "eu-west-1", "sts.eu-west-1.amazonaws.com", "eu-west-1"},
        Place{"iam", "eu-west-1", "iam.amazonaws.com", "us-east-1"},
        Place{"iam", "cn-northwest-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"},
        Place{"iam", "us-gov-east-1", "iam.us-gov.amazonaws.com", "us-gov-west-1"},
        Place{"stepfunctions", "eu-west-1", "states.eu-west-1.amazonaws.com", "eu-west-1"},
        Place{"lambda", "cn-north-1", "lambda.cn-north-1.amazonaws.com.cn", "cn-north-1"}));

TEST(Partitions, FollowFromTheRegion) {
  EXPECT_EQ(PartitionOf("eu-central-1").name, "aws");
  EXPECT_EQ(PartitionOf("cn-north-1").name, "aws-cn");
  EXPECT_EQ(PartitionOf("us-gov-west-1").name, "aws-us-gov");
}

// ---- named endpoints

class NamedEndpoints : public testing::Test {
 protected:
  std::string Find(const std::string& service, std::map<std::string, std::string> variables,
                   std::string option = "") {
    const MapEnvironment environment(std::move(variables));
    const EndpointChoice choice{.option = std::move(option),
                                .environment = environment,
                                .profiles = profiles_,
                                .profile = "dev"};
    const auto endpoint = FindEndpoint(*AllModels().Find(service), "eu-west-1", choice);
    return endpoint ? endpoint->url.Authority() : endpoint.error().message();
  }

  Profiles profiles_;
};

TEST_F(NamedEndpoints, PreferTheOptionThenTheServicesVariable) {
  const std::map<std::string, std::string> variables{
      {"AWS_ENDPOINT_URL", "http://all:1"}, {"AWS_ENDPOINT_URL_LEX_MODELS_V2", "http://lex:2"}};

  EXPECT_EQ(Find("lexv2-models", variables, "http://option:3"), "option:3");
  EXPECT_EQ(Find("lexv2-models", variables), "lex:2");
  EXPECT_EQ(Find("connect", variables), "all:1");
}

TEST_F(NamedEndpoints, ComeFromTheProfileLast) {
  profiles_ = {{"dev", {{"endpoint_url", "http://profile:1"}, {"services", "local"}}},
               {"services local", {{"cloudwatch_logs.endpoint_url", "http://logs:2"}}}};

  EXPECT_EQ(Find("connect", {}), "profile:1");
  EXPECT_EQ(Find("logs", {}), "logs:2");
  EXPECT_EQ(Find("logs", {{"AWS_ENDPOINT_URL", "http://all:1"}}), "all:1");
}

TEST_F(NamedEndpoints, CanBeSwitchedOff) {
  EXPECT_EQ(Find("connect", {{"AWS_ENDPOINT_URL", "http://all:1"},
                             {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}}),
            "connect.eu-west-1.amazonaws.com");
}

TEST_F(NamedEndpoints, AreNamedWhenTheyCannotBeRead) {
  EXPECT_EQ(Find("connect", {{"AWS_ENDPOINT_URL", "localhost"}}),
            "expected a URL like 'http://127.0.0.1:4566' in AWS_ENDPOINT_URL but got 'localhost'");
}

// ---- addressing

struct Addressed {
  std::string host;
  std::string target;
};

Addressed AddressOf(const char* service, const char* operation, const json::Object& input,
                    const std::string& url) {
  const Model& model = *AllModels().Find(service);
  const OperationRow& row = *model.FindOperation(operation);
  net::Request request = EncodeRequest(model, row, input).value();
  const MapEnvironment environment({});
  const Profiles profiles;
  const EndpointChoice choice{.option = url, .environment = environment, .profiles = profiles};
  Endpoint endpoint = FindEndpoint(model, "eu-west-1", choice).value();
  Address(model, row, input, endpoint, request);
  return {std::string(request.headers.Get("Host")), request.target};
}

TEST(Address, PutsABucketIntoTheHostOfAws) {
  const Addressed object =
      AddressOf("s3", "GetObject", {{"Bucket", "my-bucket"}, {"Key", "a/b"}}, "");
  const Addressed bucket = AddressOf("s3", "ListObjectsV2", {{"Bucket", "my-bucket"}}, "");

  EXPECT_EQ(object.host, "my-bucket.s3.eu-west-1.amazonaws.com");
  EXPECT_EQ(object.target, "/a/b");
  EXPECT_EQ(bucket.target, "/?list-type=2");
}

TEST(Address, LeavesABucketWithADotInThePath) {
  const Addressed object =
      AddressOf("s3", "GetObject", {{"Bucket", "my.bucket"}, {"Key", "a"}}, "");

  EXPECT_EQ(object.host, "s3.eu-west-1.amazonaws.com");
  EXPECT_EQ(object.target, "/my.bucket/a");
}

TEST(Address, LeavesABucketInThePathOfANamedEndpoint) {
  const Addressed object = AddressOf("s3", "GetObject", {{"Bucket", "my-bucket"}, {"Key", "a"}},
                                     "http://127.0.0.1:4566/base/");

  EXPECT_EQ(object.host, "127.0.0.1:4566");
  EXPECT_EQ(object.target, "/base/my-bucket/a");
}

}  // namespace
}  // namespace trunkline::aws
