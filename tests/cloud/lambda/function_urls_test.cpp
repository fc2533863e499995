// Function URLs, and their clients.
#include <fmt/format.h>

#include "tests/cloud/execute_api/api_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

class FunctionUrls : public ApiTest {
 protected:
  // Of the function "greet", which anybody may call; the id.
  std::string MakeUrl(std::string_view body, json::Object more = {}) {
    MakeFunction(body);
    Open();
    return CreateUrl(std::move(more));
  }
  std::string CreateUrl(json::Object more = {}) {
    if (!more.Has("AuthType")) more.Set("AuthType", "NONE");
    const std::string url(
        DoLambda("CreateFunctionUrlConfig", std::move(more)).GetString("FunctionUrl"));
    EXPECT_THAT(url, StartsWith("http://127.0.0.1:"));
    const std::size_t at = url.find("/_aws/lambda-url/");
    return url.substr(at + 17, 32);
  }
  void Open(json::Object more = {}) {
    json::Object permission{{"StatementId", "anybody"},
                            {"Action", "lambda:InvokeFunctionUrl"},
                            {"Principal", "*"},
                            {"FunctionUrlAuthType", "NONE"}};
    for (const json::Member& member : more) permission.Set(member.key, member.value);
    DoLambda("AddPermission", std::move(permission));
  }
  net::Response Get(std::string_view id, std::string_view path, net::Request request = {}) {
    return FetchFrom("127.0.0.1:4566", fmt::format("/_aws/lambda-url/{}{}", id, path),
                     std::move(request));
  }
};

TEST_F(FunctionUrls, GiveTheRequestToTheFunction) {
  const std::string id = MakeUrl("return event");

  const net::Response response = Get(id, "/a%20b/c?x=1&x=2",
                                     {.method = "POST",
                                      .headers = {{"Content-Type", "application/json"},
                                                  {"X-Mixed", "Case"},
                                                  {"Cookie", "a=1; b=2"}},
                                      .body = R"({"ref":"main"})"});
  const json::Object event = Parsed(response);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/json");
  EXPECT_EQ(event.GetString("version"), "2.0");
  EXPECT_EQ(event.GetString("routeKey"), "$default");
  EXPECT_EQ(event.GetString("rawPath"), "/a%20b/c");
  EXPECT_EQ(event.GetString("rawQueryString"), "x=1&x=2");
  EXPECT_EQ(event.GetObject("queryStringParameters").GetString("x"), "1,2");
  EXPECT_EQ(event.GetObject("headers").GetString("x-mixed"), "Case");
  EXPECT_THAT(event.GetArray("cookies"), SizeIs(2));
  EXPECT_EQ(event.GetString("body"), R"({"ref":"main"})");
  const json::Object& context = event.GetObject("requestContext");
  EXPECT_EQ(context.GetString("accountId"), "anonymous");
  EXPECT_EQ(context.GetString("apiId"), id);
  EXPECT_EQ(context.GetString("stage"), "$default");
  EXPECT_EQ(context.GetObject("http").GetString("method"), "POST");
}

TEST_F(FunctionUrls, AreReachedByHostToo) {
  const std::string id = MakeUrl("return event['requestContext']['domainPrefix']");

  EXPECT_EQ(FetchFrom(id + ".lambda-url.eu-central-1.on.aws", "/").body, id);
}

TEST_F(FunctionUrls, AnswerWhatTheFunctionSays) {
  const std::string id = MakeUrl(
      "return {'statusCode': '418', 'headers': {'X-Kind': 'teapot'}, 'cookies': ['a=1'], "
      "'body': 'c2hvcnQ=', 'isBase64Encoded': True}");

  const net::Response response = Get(id, "/");

  EXPECT_EQ(response.status, 418);
  EXPECT_EQ(response.body, "short");
  EXPECT_EQ(response.headers.Get("X-Kind"), "teapot");
  EXPECT_EQ(response.headers.Get("Set-Cookie"), "a=1");
}

TEST_F(FunctionUrls, AnswerWhateverElseItReturnsAsJson) {
  const std::string id = MakeUrl("return ['hello', 3, True]");
  EXPECT_EQ(Get(id, "/").body, R"(["hello",3,true])");

  UpdateCode("return 'hello'");
  EXPECT_EQ(Get(id, "/").body, "hello");
}

TEST_F(FunctionUrls, HideWhatWentWrong) {
  const std::string id = MakeUrl("raise ValueError('secret')");

  const net::Response response = Get(id, "/");

  EXPECT_EQ(response.status, 502);
  EXPECT_EQ(response.body, "Internal Server Error");
}

TEST_F(FunctionUrls, AreClosedWithoutAPermission) {
  MakeFunction();
  const std::string id = CreateUrl();

  const net::Response closed = Get(id, "/");
  EXPECT_EQ(closed.status, 403);
  EXPECT_THAT(Parsed(closed).GetString("Message"), StartsWith("Forbidden."));
  Open({{"StatementId", "signed"}, {"FunctionUrlAuthType", "AWS_IAM"}});
  EXPECT_EQ(Get(id, "/").status, 403) << "the permission is for signed requests";
  Open();
  EXPECT_EQ(Get(id, "/").status, 200);
}

TEST_F(FunctionUrls, WithIamWantASignature) {
  MakeFunction("return event['requestContext']['authorizer']['iam']['accountId']");
  const std::string id = CreateUrl({{"AuthType", "AWS_IAM"}});

  EXPECT_EQ(Get(id, "/").status, 403);
  const std::string scope =
      "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-central-1/lambda/aws4_request, "
      "SignedHeaders=host, Signature=" +
      std::string(64, '0');
  EXPECT_EQ(
      Get(id, "/", {.headers = {{"Authorization", scope}, {"X-Amz-Date", "20260101T000000Z"}}})
          .body,
      "111122223333");
}

TEST_F(FunctionUrls, AnswerBrowsersOfOtherOrigins) {
  const json::Object cors{{"AllowOrigins", json::Array{"https://acme.example"}},
                          {"AllowMethods", json::Array{"GET"}},
                          {"MaxAge", 60}};
  const std::string id = MakeUrl("return 1", {{"Cors", cors}});

  const net::Response preflight = Get(
      id, "/",
      {.method = "OPTIONS",
       .headers = {{"Origin", "https://acme.example"}, {"Access-Control-Request-Method", "GET"}}});
  const net::Response got = Get(id, "/", {.headers = {{"Origin", "https://acme.example"}}});

  EXPECT_EQ(preflight.status, 200);
  EXPECT_EQ(preflight.headers.Get("Access-Control-Allow-Methods"), "GET");
  EXPECT_EQ(got.headers.Get("Access-Control-Allow-Origin"), "https://acme.example");
}

TEST_F(FunctionUrls, AreNowhereForOtherIds) {
  const net::Response response =
      FetchFrom("0123456789abcdefghijklmnopqrstuv.lambda-url.us-east-1.on.aws", "/");

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.body, R"({"Message":null})");
  EXPECT_EQ(response.headers.Get("x-amzn-ErrorType"), "AccessDeniedException");
}

TEST_F(FunctionUrls, ComeBackChangedAndGoWithTheFunction) {
  const std::string id = MakeUrl("return 'here'");
  EXPECT_FALSE(DoLambda("UpdateFunctionUrlConfig").Has("InvokeMode"));
  Restart();

  const json::Object got = DoLambda("GetFunctionUrlConfig");
  EXPECT_EQ(got.GetString("InvokeMode"), "BUFFERED");
  EXPECT_EQ(got.GetString("FunctionArn"), FunctionArn());
  EXPECT_EQ(Get(id, "/").body, "here");
  DoLambda("DeleteFunction");
  EXPECT_EQ(Get(id, "/").body, R"({"Message":null})");
}

TEST_F(FunctionUrls, AreOneForEachAlias) {
  MakeUrl("return 1");
  DoLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", Publish()}});
  CreateUrl({{"Qualifier", "live"}});

  EXPECT_THAT(DoLambda("ListFunctionUrlConfigs").GetArray("FunctionUrlConfigs"), SizeIs(2));
  EXPECT_THAT(AskLambda("CreateFunctionUrlConfig", {{"AuthType", "NONE"}}),
              Fails(409, "ResourceConflictException",
                    HasSubstr("FunctionUrlConfig exists for this Lambda function")));
  EXPECT_THAT(AskLambda("CreateFunctionUrlConfig", {{"AuthType", "NONE"}, {"Qualifier", "v9"}}),
              Fails(404, "ResourceNotFoundException", "Function does not exist"));
  DoLambda("DeleteAlias", {{"Name", "live"}});
  EXPECT_THAT(
      AskLambda("GetFunctionUrlConfig", {{"Qualifier", "live"}}),
      Fails(404, "ResourceNotFoundException", "The resource you requested does not exist."));
}

}  // namespace
}  // namespace trunkline::cloud::tests
