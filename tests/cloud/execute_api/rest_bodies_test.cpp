// Bodies and headers on their way through REST APIs.
#include "base/hash.h"
#include "cloud/execute_api/remapped_headers.h"
#include "cloud/execute_api/rest_content.h"
#include "tests/cloud/execute_api/rest_test.h"

namespace trunkline::cloud::execute_api {
namespace {

using ::testing::HasSubstr;
using tests::RestTest;

struct Handled {
  std::string payload_type;
  std::string accept;
  std::string handling;
};

class RestBodies : public ::testing::Test {
 protected:
  RestBodies() { met_.api.Set("binaryMediaTypes", json::Array{"image/png"}); }

  std::string Response(const Handled& how, const std::string& body) {
    ApiCall call;
    call.headers.Set("Accept", how.accept);
    const auto content = ResponseContent(call, met_, how.handling, how.payload_type, body);
    return content ? *content : "error";
  }
  std::string Request(std::string_view type, std::string_view handling, const std::string& body) {
    ApiCall call;
    call.headers.Set("Content-Type", type);
    call.body = body;
    met_.integration.Set("contentHandling", handling);
    const auto content = RequestContent(call, met_);
    return content ? *content : "error";
  }
  RestMethod met_;
};

const std::string kBytes = "\x1f\x8b\xd3\xb5";  // the last two are a character
const std::string kShown = "\x1f\xEF\xBF\xBD\xd3\xb5";

TEST_F(RestBodies, AnswersAreBytesWhereBothSidesSaySo) {
  EXPECT_EQ(Response({"image/png", "image/png", ""}, kBytes), kBytes);
  EXPECT_EQ(Response({"image/png", "text/html", ""}, kBytes), ToBase64(kBytes));
  EXPECT_EQ(Response({"text/html", "image/png", ""}, ToBase64(kBytes)), kBytes);
  EXPECT_EQ(Response({"text/html", "image/png", ""}, "{}"), "error");
  EXPECT_EQ(Response({"text/html", "text/html", ""}, kBytes), kShown);
}

TEST_F(RestBodies, AnswersAreConvertedWhereTheResponseSaysSo) {
  EXPECT_EQ(Response({"image/png", "image/png", "CONVERT_TO_TEXT"}, kBytes), ToBase64(kBytes));
  EXPECT_EQ(Response({"text/html", "image/png", "CONVERT_TO_TEXT"}, kBytes), kShown);
  EXPECT_EQ(Response({"text/html", "text/html", "CONVERT_TO_BINARY"}, ToBase64(kBytes)), kBytes);
  EXPECT_EQ(Response({"image/png", "text/html", "CONVERT_TO_BINARY"}, kBytes), kBytes);
}

TEST_F(RestBodies, RequestsAreConvertedByTheirType) {
  EXPECT_EQ(Request("image/png", "", kBytes), kBytes);
  EXPECT_EQ(Request("image/png", "CONVERT_TO_TEXT", kBytes), ToBase64(kBytes));
  EXPECT_EQ(Request("text/plain", "", kBytes), kShown);
  EXPECT_EQ(Request("text/plain", "CONVERT_TO_BINARY", ToBase64(kBytes)), kBytes);
}

TEST(ClientHeaders, AreRenamedWhereTheGatewayHasItsOwn) {
  EXPECT_EQ(ClientHeader("Date", true), "x-amzn-Remapped-Date");
  EXPECT_EQ(ClientHeader("User-Agent", false), "x-amzn-Remapped-User-Agent");
  EXPECT_EQ(ClientHeader("User-Agent", true), "User-Agent");
  EXPECT_EQ(ClientHeader("Transfer-Encoding", false), "");
  EXPECT_EQ(ClientHeader("Via", false), "Via");
}

class RestPaths : public RestTest {};

TEST_F(RestPaths, ReachFunctionsAsTheyStandOnTheWire) {
  MakeFunction("import json; return {'statusCode': 200, 'body': json.dumps(event)}");
  Permit();
  MakeRest();
  PutFunction("/{proxy+}", "ANY");
  Deploy();

  const json::Object event = Parsed(Get("/prod//a%2Bb/c@d/"));

  EXPECT_EQ(event.GetString("path"), "/a%2Bb/c@d/");
  EXPECT_EQ(event.GetObject("pathParameters").GetString("proxy"), "a%2Bb/c@d");
  EXPECT_EQ(event.GetObject("requestContext").GetString("path"), "/prod//a%2Bb/c@d/");
  EXPECT_FALSE(event.GetObject("requestContext").GetString("deploymentId").empty());
}

TEST_F(RestPaths, AFunctionIsInvokedByPostOnly) {
  MakeFunction("return {'statusCode': 200}");
  Permit();
  MakeRest();
  PutMethod("/", "GET",
            {{"type", "AWS_PROXY"}, {"uri", FunctionUri()}, {"integrationHttpMethod", "GET"}});
  Deploy();

  EXPECT_EQ(Get("/prod/").body, R"({"message":"Internal server error"})");
}

TEST_F(RestPaths, ATriedMethodTellsWhatHappened) {
  MakeRest();
  PutMock("/pets/{id}", "GET", R"-({"id": "$input.params('id')"})-");
  json::Object input = At("/pets/{id}", "GET");
  input.Set("pathWithQueryString", "/pets/7?a=b");

  const std::string log(V1("TestInvokeMethod", input).GetString("log"));

  EXPECT_THAT(log, HasSubstr("UTC 20"));
  EXPECT_THAT(log, HasSubstr(" : HTTP Method: GET, Resource Path: /pets/7\n"));
  EXPECT_THAT(log, HasSubstr(" : Method request path: {id=7}\n"));
  EXPECT_THAT(log, HasSubstr(" : Method request query string: {a=b}\n"));
  EXPECT_THAT(log, HasSubstr(" : Method response body after transformations: {\"id\": \"7\"}\n"));
  EXPECT_THAT(log, HasSubstr(" : Method response headers: {Content-Type=application/json}\n"));
  EXPECT_THAT(log, HasSubstr(" : Successfully completed execution\n"));
  EXPECT_THAT(log, HasSubstr(" : Method completed with status: 200\n"));
}

}  // namespace
}  // namespace trunkline::cloud::execute_api
