#include "cloud/gateway.h"

#include <gmock/gmock.h>

#include "cloud/callers.h"
#include "tests/cloud/support/cloud_test.h"
#include "tests/cloud/support/fake_service.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

// One operation of each protocol: Connect speaks REST-JSON, Logs JSON 1.1, STS Query, S3 REST-XML.
Answer<> Nothing(Context&, const json::Object&) {
  return json::Object();
}

Answer<> Refuse(Context&, const json::Object& input) {
  if (input.GetString("InstanceId") == "odd")
    return ServiceError("BrandNewException", "as new as it gets");
  return ServiceError("ResourceNotFoundException", "queue 'nope' does not exist");
}

Answer<> Remember(Context& context, const json::Object& input) {
  context.store.Put(
      context.RegionScope(), {"test", "group"},
      {.id = std::string(input.GetString("logGroupName")), .parent = {}, .name = {}, .body = {}});
  return json::Object();
}

Answer<> Partly(Context& context, const json::Object&) {
  context.reply.status = 206;
  context.reply.headers.Set("x-amz-test", "yes");
  context.reply.file = net::FileBody{.path = "/dev/null", .offset = 1, .length = 2};
  return json::Object{{"ContentLength", 2}};
}

Answer<> NotModified(Context& context, const json::Object&) {
  context.reply.headers.Set("ETag", "\"e\"");
  return ServiceError("NotModified", "").WithStatus(304);
}

class Protocols {
 protected:
  Protocols() {
    services_.Add("connect", {{.name = "DescribeQueue", .handle = Refuse},
                              {.name = "ListQueues", .handle = Nothing}});
    services_.Add("logs", {{.name = "CreateLogGroup", .handle = Remember}});
    services_.Add("sts", {{.name = "GetCallerIdentity", .handle = Nothing}});
    services_.Add("s3", {{.name = "GetObject", .handle = Partly},
                         {.name = "HeadObject", .handle = NotModified},
                         {.name = "ListBuckets", .handle = Nothing}});
  }
  FakeServices services_;
};

class GatewayTest : private Protocols, public CloudTest {
 protected:
  GatewayTest() : CloudTest({.services = services_.all()}) {}

  static std::string Scope(std::string_view signing_name) {
    return fmt::format(
        "AWS4-HMAC-SHA256 Credential=111122223333/20261122/eu-central-1/{}/aws4_request, "
        "SignedHeaders=host, "
        "Signature={:064}",
        signing_name, 0);
  }
  net::Response SendTo(std::string_view signing_name, net::Request request) {
    request.headers.Set("Authorization", Scope(signing_name));
    request.headers.Set("X-Amz-Date", "20261122T203518Z");
    return Send(std::move(request));
  }
  static net::Request Json(std::string target, std::string body) {
    return {.method = "POST",
            .target = "/",
            .headers = {{"X-Amz-Target", std::move(target)},
                        {"Content-Type", "application/x-amz-json-1.1"}},
            .body = std::move(body)};
  }
  static net::Request Form(std::string body) {
    return {.method = "POST",
            .target = "/",
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = std::move(body)};
  }
};

// ---- what is not there

TEST_F(GatewayTest, NamesAnOperationItDoesNotHaveInRestJson) {
  const net::Response response = SendTo("connect", {.method = "GET", .target = "/instance/i-1"});

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.headers.Get("x-amzn-ErrorType"), "UnknownOperationException");
  EXPECT_THAT(
      response.body,
      HasSubstr(
          "operation 'DescribeInstance' of service 'connect' is not implemented by this cloud"));
}

TEST_F(GatewayTest, NamesAPathThatNoOperationHas) {
  const net::Response response =
      SendTo("connect", {.method = "PATCH", .target = "/no/such/thing?x=1"});

  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body,
              HasSubstr("service 'connect' has no operation at 'PATCH /no/such/thing'"));
}

TEST_F(GatewayTest, NamesAnOperationItDoesNotHaveInJson) {
  const net::Response response = SendTo("logs", Json("Logs_20140328.StartQuery", "{}"));

  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(
      response.body,
      AllOf(
          HasSubstr("\"UnknownOperationException\""),
          HasSubstr("operation 'StartQuery' of service 'logs' is not implemented by this cloud")));
}

TEST_F(GatewayTest, NamesAnOperationItDoesNotHaveInQuery) {
  const net::Response response =
      SendTo("sts", Form("Action=DecodeAuthorizationMessage&Version=2011-06-15"));

  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body,
              AllOf(HasSubstr("<Code>InvalidAction</Code>"),
                    HasSubstr("operation 'DecodeAuthorizationMessage' of service 'sts' is not "
                              "implemented by this cloud")));
}

TEST_F(GatewayTest, NamesAnOperationItDoesNotHaveInS3) {
  const net::Response response =
      SendTo("s3", {.method = "PUT", .target = "/bucket/key", .body = "x"});

  EXPECT_EQ(response.status, 501);
  EXPECT_THAT(response.body,
              AllOf(HasSubstr("<Code>NotImplemented</Code>"),
                    HasSubstr("operation 'PutObject' of service 's3' is not implemented")));
}

TEST_F(GatewayTest, NamesAServiceItDoesNotHave) {
  const net::Response rest = SendTo("polly", {.method = "GET", .target = "/v1/voices"});
  const net::Response json = SendTo("kinesis", Json("Kinesis_20131202.ListStreams", "{}"));
  const net::Response query = SendTo("monitoring", Form("Action=ListMetrics&Version=2010-08-01"));

  EXPECT_EQ(rest.status, 404);
  EXPECT_THAT(rest.body, HasSubstr("service 'polly' is not implemented by this cloud"));
  EXPECT_EQ(json.status, 400);
  EXPECT_THAT(json.body, HasSubstr("service 'kinesis' is not implemented by this cloud"));
  EXPECT_EQ(query.status, 400);
  EXPECT_THAT(query.body,
              AllOf(HasSubstr("<Code>InvalidAction</Code>"), HasSubstr("service 'monitoring'")));
}

TEST_F(GatewayTest, SaysThatARequestNamesNoService) {
  const net::Response response = Send({.method = "POST", .target = "/", .body = "{}"});

  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, HasSubstr("the request does not say which service it is for"));
}

// ---- who is asked when there is no signature

TEST_F(GatewayTest, FindsTheServiceOfAnUnsignedRequest) {
  const net::Response target = Send(Json("Logs_20140328.CreateLogGroup", "{}"));
  const net::Response form = Send(Form("Action=GetCallerIdentity&Version=2011-06-15"));
  const net::Response bucket = Send({.method = "GET", .target = "/"});

  EXPECT_THAT(target.body, HasSubstr("MissingAuthenticationTokenException"));
  EXPECT_THAT(form.body, HasSubstr("<Code>MissingAuthenticationToken</Code>"));
  EXPECT_EQ(form.status, 403);
  EXPECT_EQ(bucket.status, 200);
}

TEST_F(GatewayTest, RefusesAnAuthorizationItCannotRead) {
  net::Request request = Json("Logs_20140328.CreateLogGroup", "{}");
  request.headers.Set("Authorization", "AWS4-HMAC-SHA256 Credential=nonsense");

  const net::Response response = Send(std::move(request));

  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("IncompleteSignatureException"));
}

// ---- malformed and wrong input

TEST_F(GatewayTest, RefusesABodyThatIsNotTheProtocols) {
  const net::Response json =
      SendTo("logs", Json("Logs_20140328.CreateLogGroup", "{\"logGroupName\":"));
  const net::Response list = SendTo("logs", Json("Logs_20140328.CreateLogGroup", "[]"));
  const net::Response type =
      SendTo("logs", Json("Logs_20140328.CreateLogGroup", "{\"logGroupName\":[]}"));

  for (const net::Response* response : {&json, &list, &type}) {
    EXPECT_EQ(response->status, 400) << response->body;
    EXPECT_THAT(response->body, HasSubstr("SerializationException"));
  }
}

TEST_F(GatewayTest, RefusesWhatTheModelDoesNotAllow) {
  const net::Response missing = SendTo("logs", Json("Logs_20140328.CreateLogGroup", "{}"));
  const net::Response wrong =
      SendTo("connect", {.method = "GET", .target = "/queues-summary/i-1?maxResults=5000"});

  EXPECT_EQ(missing.status, 400);
  EXPECT_THAT(missing.body,
              AllOf(HasSubstr("InvalidParameterException"),
                    HasSubstr("1 validation error detected: "), HasSubstr("'logGroupName'")));
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.headers.Get("x-amzn-ErrorType"), "InvalidParameterException");
  EXPECT_THAT(wrong.body, HasSubstr("Value '5000' at 'maxResults' failed to satisfy constraint"));
}

// ---- what handlers answer

TEST_F(GatewayTest, TakesTheStatusOfAnErrorFromTheModel) {
  const json::Object input{{"InstanceId", "i-1"}, {"QueueId", "nope"}};

  EXPECT_THAT(Ask("connect", "DescribeQueue", input),
              Fails(404, "ResourceNotFoundException", "queue 'nope' does not exist"));
}

class UnmodelledErrors : public GatewayTest {
 protected:
  void TearDown() override {}  // what the fixture looks for is what is wanted here
};

TEST_F(UnmodelledErrors, AreTheCallersFaultAndNoted) {
  const json::Object input{{"InstanceId", "odd"}, {"QueueId", "nope"}};

  EXPECT_THAT(Ask("connect", "DescribeQueue", input),
              Fails(400, "BrandNewException", "as new as it gets"));
  EXPECT_THAT(log().lines(),
              ElementsAre("connect:DescribeQueue answered 'BrandNewException', which its model row "
                          "does not name"));
}

TEST_F(GatewayTest, SendsAFileInsteadOfABody) {
  const net::Response response = SendTo("s3", {.method = "GET", .target = "/bucket/key"});

  EXPECT_EQ(response.status, 206);
  EXPECT_EQ(response.headers.Get("x-amz-test"), "yes");
  ASSERT_TRUE(response.file);
  EXPECT_EQ(response.file->length, 2U);
}

TEST_F(GatewayTest, SendsNoBodyWhereHttpHasNone) {
  const net::Response response = SendTo("s3", {.method = "HEAD", .target = "/bucket/key"});

  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(response.headers.Get("ETag"), "\"e\"");
  EXPECT_EQ(response.body, "");
}

TEST_F(GatewayTest, GivesEveryAnswerAnIdAndADate) {
  const net::Response json =
      SendTo("logs", Json("Logs_20140328.CreateLogGroup", "{\"logGroupName\":\"g\"}"));
  const net::Response s3 = SendTo("s3", {.method = "GET", .target = "/"});
  const net::Response error = SendTo("sts", Form("Action=Nope&Version=2011-06-15"));

  EXPECT_THAT(std::string(json.headers.Get("x-amzn-RequestId")), MatchesRegex("[0-9a-f-]{36}"));
  EXPECT_EQ(json.headers.Get("Date"), "Sun, 22 Nov 2026 20:35:18 GMT");
  EXPECT_THAT(std::string(s3.headers.Get("x-amz-request-id")), MatchesRegex("[0-9A-Z]{16}"));
  EXPECT_FALSE(s3.headers.Get("x-amz-id-2").empty());
  EXPECT_THAT(error.body, HasSubstr(fmt::format("<RequestId>{}</RequestId>",
                                                error.headers.Get("x-amzn-RequestId"))));
}

// ---- accounts and Regions

TEST_F(GatewayTest, KeepsAccountsAndRegionsApart) {
  Do("logs", "CreateLogGroup", {{"logGroupName", "g"}});
  UseRegion("us-east-1");
  Do("logs", "CreateLogGroup", {{"logGroupName", "h"}});

  EXPECT_NE(store().Find({"111122223333", "eu-central-1"}, {"test", "group"}, "g"), nullptr);
  EXPECT_EQ(store().Find({"111122223333", "eu-central-1"}, {"test", "group"}, "h"), nullptr);
  EXPECT_NE(store().Find({"111122223333", "us-east-1"}, {"test", "group"}, "h"), nullptr);
}

TEST_F(GatewayTest, TakesAnUnknownKeyForTheDefaultAccount) {
  UseAccount("AKIAIOSFODNN7EXAMPLE");
  Do("logs", "CreateLogGroup", {{"logGroupName", "g"}});

  EXPECT_NE(store().Find({std::string(kDefaultAccount), "eu-central-1"}, {"test", "group"}, "g"),
            nullptr);
}

TEST_F(GatewayTest, RemembersAfterARestart) {
  Do("logs", "CreateLogGroup", {{"logGroupName", "g"}});

  Restart();

  EXPECT_NE(store().Find({"111122223333", "eu-central-1"}, {"test", "group"}, "g"), nullptr);
}

}  // namespace
}  // namespace trunkline::cloud::tests
