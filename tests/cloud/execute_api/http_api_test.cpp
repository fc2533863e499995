// Clients of HTTP APIs.
#include "net/server.h"
#include "tests/cloud/execute_api/api_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class HttpApiClients : public ApiTest {
 protected:
  // A function that says which route was met, behind all of these routes.
  std::string MakeRoutes(std::initializer_list<std::string_view> keys) {
    MakeFunction("return event['routeKey']");
    Permit();
    const std::string api = MakeApi();
    const std::string integration = AddIntegration(api, {{"IntegrationType", "AWS_PROXY"},
                                                         {"IntegrationUri", FunctionArn()},
                                                         {"PayloadFormatVersion", "2.0"}});
    for (const std::string_view key : keys) AddRoute(api, key, integration);
    V2("CreateStage", {{"ApiId", api}, {"StageName", "$default"}, {"AutoDeploy", true}});
    return api;
  }
  std::string Met(std::string_view api, std::string_view method, std::string_view path) {
    return Fetch(api, path, {.method = std::string(method)}).body;
  }
};

TEST_F(HttpApiClients, AFunctionGetsTheRequestAsFormatTwo) {
  const std::string api = MakeFunctionApi("return event", "POST /github/{repo}");

  const net::Response response = Fetch(api, "/github/a%20b?x=1&x=2&y=",
                                       {.method = "POST",
                                        .headers = {{"Content-Type", "application/json"},
                                                    {"X-Two", "1"},
                                                    {"x-two", "2"},
                                                    {"Cookie", "a=1; b=2"}},
                                        .body = R"({"ref":"main"})"});
  const json::Object event = Parsed(response);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/json");
  EXPECT_TRUE(response.headers.Has("Apigw-Requestid"));
  EXPECT_EQ(event.GetString("version"), "2.0");
  EXPECT_EQ(event.GetString("routeKey"), "POST /github/{repo}");
  EXPECT_EQ(event.GetString("rawPath"), "/github/a b");
  EXPECT_EQ(event.GetString("rawQueryString"), "x=1&x=2&y=");
  EXPECT_EQ(event.GetObject("queryStringParameters").GetString("x"), "1,2");
  EXPECT_EQ(event.GetObject("pathParameters").GetString("repo"), "a b");
  EXPECT_EQ(event.GetObject("headers").GetString("x-two"), "1,2");
  EXPECT_THAT(event.GetArray("cookies"), ElementsAre("a=1", "b=2"));
  EXPECT_EQ(event.GetString("body"), R"({"ref":"main"})");
  EXPECT_FALSE(event.GetBool("isBase64Encoded"));
  const json::Object& context = event.GetObject("requestContext");
  EXPECT_EQ(context.GetString("apiId"), api);
  EXPECT_EQ(context.GetString("stage"), "$default");
  EXPECT_EQ(context.GetString("time"), "22/Nov/2026:20:35:18 +0000");
  EXPECT_EQ(context.GetObject("http").GetString("method"), "POST");
}

TEST_F(HttpApiClients, BytesComeInBase64) {
  const std::string api = MakeFunctionApi("return [event['body'], event['isBase64Encoded']]");

  const net::Response response = Fetch(
      api, "/x", {.method = "POST", .headers = {{"Content-Type", "image/png"}}, .body = "\x89PNG"});

  EXPECT_EQ(response.body, R"(["iVBORw==", true])");
}

TEST_F(HttpApiClients, FormatOneIsTheOneOfRestApis) {
  const std::string api = MakeFunctionApi(
      "return {'statusCode': 201, 'body': event['httpMethod'] + event['path'] + event['version'], "
      "'multiValueHeaders': {'Set-Cookie': ['a=1', 'b=2']}}",
      "ANY /{proxy+}", "1.0");

  const net::Response response = Fetch(api, "/pets", {.method = "PUT"});

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "PUT/pets1.0");
  std::vector<std::string> cookies;
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") cookies.push_back(value);
  }
  EXPECT_THAT(cookies, ElementsAre("a=1", "b=2"));
}

TEST_F(HttpApiClients, AnAnswerSaysStatusHeadersCookiesAndBytes) {
  const std::string api = MakeFunctionApi(
      "return {'statusCode': 418, 'headers': {'X-Count': 3}, 'cookies': ['a=1'], "
      "'body': 'aGk=', 'isBase64Encoded': True}");

  const net::Response response = Fetch(api, "/tea");

  EXPECT_EQ(response.status, 418);
  EXPECT_EQ(response.body, "hi");
  EXPECT_EQ(response.headers.Get("X-Count"), "3");
  EXPECT_EQ(response.headers.Get("Set-Cookie"), "a=1");
}

TEST_F(HttpApiClients, WhatAFunctionMayNotAnswerIsAServerError) {
  const std::string api = MakeFunctionApi("return {'statusCode': 200, 'body': {'no': 'text'}}");

  const net::Response response = Fetch(api, "/x");

  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body, R"({"message":"Internal Server Error"})");
  EXPECT_THAT(log().lines(), ::testing::Contains(HasSubstr("expected the function's body")));
}

TEST_F(HttpApiClients, AFunctionThatRaisesIsAServerError) {
  const std::string api = MakeFunctionApi("raise ValueError('no')");

  EXPECT_EQ(Fetch(api, "/x").status, 500);
}

TEST_F(HttpApiClients, AFunctionMustLetTheRouteInvokeIt) {
  MakeFunction("return 1");
  const std::string api = MakeApi({{"Target", FunctionArn()}, {"RouteKey", "GET /pets/{id}"}});

  EXPECT_EQ(Fetch(api, "/pets/1").status, 500);
  EXPECT_THAT(log().lines(), ::testing::Contains(HasSubstr("does not let apigateway")));
  Permit(fmt::format("arn:aws:execute-api:{}:{}:{}/*/GET/pets/{{id}}", region(), account(), api));
  EXPECT_EQ(Fetch(api, "/pets/1").body, "1");
}

TEST_F(HttpApiClients, TheMostSpecificRouteWins) {
  const std::string api = MakeRoutes({"$default", "ANY /{proxy+}", "GET /pets/{proxy+}",
                                      "GET /pets/{id}", "GET /pets/dog", "ANY /pets/dog", "GET /"});

  EXPECT_EQ(Met(api, "GET", "/pets/dog"), "GET /pets/dog");
  EXPECT_EQ(Met(api, "PUT", "/pets/dog"), "ANY /pets/dog");
  EXPECT_EQ(Met(api, "GET", "/pets/cat"), "GET /pets/{id}");
  EXPECT_EQ(Met(api, "GET", "/pets/cat/1"), "GET /pets/{proxy+}");
  EXPECT_EQ(Met(api, "POST", "/pets/cat/1"), "ANY /{proxy+}");
  EXPECT_EQ(Met(api, "GET", "/"), "GET /");
  EXPECT_EQ(Met(api, "POST", ""), "$default");
}

TEST_F(HttpApiClients, ThereIsNothingBesideTheRoutes) {
  const std::string api = MakeRoutes({"GET /pets"});

  for (const char* path : {"/cats", "/pets/1", "/pets/"}) {
    const net::Response response = Fetch(api, path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.body, R"({"message":"Not Found"})");
  }
  EXPECT_EQ(Fetch(api, "/pets", {.method = "POST"}).status, 404);
  EXPECT_EQ(Fetch("nosuchapi0", "/pets").status, 403);
}

TEST_F(HttpApiClients, AHostNamesTheApiToo) {
  const std::string api = MakeFunctionApi("return event['requestContext']['domainPrefix']");

  EXPECT_EQ(FetchFrom(api + ".execute-api.eu-central-1.localhost:4566", "/x").body, api);
}

TEST_F(HttpApiClients, AStageHasItsNameInThePathAndItsVariables) {
  const std::string api = MakeFunctionApi(
      "return [event['rawPath'], event['requestContext']['stage'], event.get('stageVariables')]");
  V2("CreateStage", {{"ApiId", api},
                     {"StageName", "beta"},
                     {"AutoDeploy", true},
                     {"StageVariables", json::Object{{"table", "t1"}}}});

  EXPECT_EQ(Fetch(api, "/beta/pets").body, R"(["/beta/pets", "beta", {"table": "t1"}])");
  EXPECT_EQ(Fetch(api, "/$default/pets").body, R"(["/pets", "$default", null])");
  EXPECT_EQ(Fetch(api, "/gamma/pets").body, R"(["/gamma/pets", "$default", null])");
}

TEST_F(HttpApiClients, AStageWithoutAutoDeployShowsWhatWasDeployed) {
  const std::string api = MakeFunctionApi("return event['routeKey']", "GET /one");
  const std::string integration = std::string(V2("GetIntegrations", {{"ApiId", api}})
                                                  .GetArray("Items")[0]
                                                  .AsObject()
                                                  .GetString("IntegrationId"));
  V2("CreateStage", {{"ApiId", api}, {"StageName", "fixed"}});
  EXPECT_EQ(Fetch(api, "/fixed/one").status, 404) << "nothing is deployed";
  V2("CreateDeployment", {{"ApiId", api}, {"StageName", "fixed"}});
  AddRoute(api, "GET /two", integration);

  EXPECT_EQ(Fetch(api, "/fixed/one").status, 200);
  EXPECT_EQ(Fetch(api, "/fixed/two").status, 404);
  EXPECT_EQ(Fetch(api, "/two").status, 200);
}

TEST_F(HttpApiClients, EverythingIsThereAfterARestart) {
  const std::string api = MakeFunctionApi("return event['routeKey']", "GET /one");

  Restart();

  EXPECT_EQ(Fetch(api, "/one").body, "GET /one");
}

TEST_F(HttpApiClients, ADeletedApiIsGone) {
  const std::string api = MakeFunctionApi("return 1");

  V2("DeleteApi", {{"ApiId", api}});

  EXPECT_EQ(Fetch(api, "/one").status, 403);
}

TEST_F(HttpApiClients, ABodyAboveTenMegabytesIsTooLarge) {
  const std::string api = MakeFunctionApi("return 1");

  const net::Response response =
      Fetch(api, "/one", {.method = "POST", .body = std::string((10U << 20U) + 1, 'a')});

  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(response.body, R"({"message":"Request Entity Too Large"})");
}

TEST_F(HttpApiClients, PreflightsAreAnsweredByTheApi) {
  const std::string api = MakeFunctionApi(
      "return {'statusCode': 200, 'headers': "
      "{'Access-Control-Allow-Origin': 'http://evil'}}");
  V2("UpdateApi",
     {{"ApiId", api},
      {"CorsConfiguration", json::Object{{"AllowOrigins", json::Array{"http://a.test"}},
                                         {"AllowMethods", json::Array{"GET", "PUT"}},
                                         {"MaxAge", 60}}}});
  const net::Headers preflight{{"Origin", "http://a.test"},
                               {"Access-Control-Request-Method", "PUT"}};

  const net::Response asked = Fetch(api, "/any", {.method = "OPTIONS", .headers = preflight});
  const net::Response got = Fetch(api, "/any", {.headers = {{"Origin", "http://a.test"}}});
  const net::Response other = Fetch(api, "/any", {.headers = {{"Origin", "http://b.test"}}});

  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(asked.headers.Get("Access-Control-Allow-Origin"), "http://a.test");
  EXPECT_EQ(asked.headers.Get("Access-Control-Allow-Methods"), "GET,PUT");
  EXPECT_EQ(asked.headers.Get("Access-Control-Max-Age"), "60");
  EXPECT_EQ(got.headers.Get("Access-Control-Allow-Origin"), "http://a.test");
  EXPECT_FALSE(other.headers.Has("Access-Control-Allow-Origin"));
}

TEST_F(HttpApiClients, AServerElsewhereIsNotAsked) {
  const std::string api = MakeApi({{"Target", "https://example.com/pets"}});

  EXPECT_EQ(Fetch(api, "/x").status, 503);
  EXPECT_THAT(log().lines(), ::testing::Contains(HasSubstr("is not on this machine")));
}

net::aw<net::Response> Echo(net::Request request) {
  net::Response response;
  response.status = 202;
  response.headers.Set("X-Echo", request.headers.Get("X-Api"));
  response.body = request.method + " " + request.target + " " + request.body;
  co_return response;
}

TEST_F(HttpApiClients, AServerOfThisMachineGetsTheRequest) {
  const auto server = net::Server::Listen(loop(), {}, Echo, log()).value();
  const std::string api = MakeApi();
  const std::string integration = AddIntegration(
      api, {{"IntegrationType", "HTTP_PROXY"},
            {"IntegrationMethod", "ANY"},
            {"IntegrationUri", fmt::format("http://127.0.0.1:{}/x/{{proxy}}", server->port())},
            {"RequestParameters", json::Object{{"append:header.x-api", "$context.apiId"},
                                               {"overwrite:querystring.b", "3"}}}});
  AddRoute(api, "ANY /{proxy+}", integration);
  V2("CreateStage", {{"ApiId", api}, {"StageName", "$default"}, {"AutoDeploy", true}});

  const net::Response response = Fetch(api, "/a/b?a=1&b=2", {.method = "PUT", .body = "bytes"});

  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.body, "PUT /x/a/b?a=1&b=3 bytes");
  EXPECT_EQ(response.headers.Get("X-Echo"), api);
}

TEST_F(HttpApiClients, AServerThatDoesNotListenIsUnavailable) {
  const std::string api = MakeApi({{"Target", "http://127.0.0.1:1/"}});

  const net::Response response = Fetch(api, "/there");

  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, R"({"message":"Service Unavailable"})");
}

TEST_F(HttpApiClients, AnswersAreMappedByTheirStatus) {
  const std::string api = MakeFunctionApi("return {'statusCode': 500, 'body': '{\"why\": \"x\"}'}");
  const std::string integration = std::string(V2("GetIntegrations", {{"ApiId", api}})
                                                  .GetArray("Items")[0]
                                                  .AsObject()
                                                  .GetString("IntegrationId"));
  V2("UpdateIntegration",
     {{"ApiId", api},
      {"IntegrationId", integration},
      {"ResponseParameters",
       json::Object{{"500", json::Object{{"overwrite:statuscode", "409"},
                                         {"append:header.x-why", "$response.body.why"},
                                         {"append:header.x-api", "$context.apiId"}}}}}});

  const net::Response response = Fetch(api, "/x");

  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.headers.Get("x-why"), "x");
  EXPECT_EQ(response.headers.Get("x-api"), api);
}

TEST_F(HttpApiClients, AccessLogsGoToTheirGroup) {
  const std::string api = MakeFunctionApi("return 1", "GET /pets");
  Do("logs", "CreateLogGroup", {{"logGroupName", "access"}});
  V2("UpdateStage",
     {{"ApiId", api},
      {"StageName", "$default"},
      {"AccessLogSettings",
       json::Object{{"DestinationArn",
                     fmt::format("arn:aws:logs:{}:{}:log-group:access", region(), account())},
                    {"Format",
                     "$context.httpMethod $context.routeKey $context.status "
                     "$context.error.message"}}}});

  Fetch(api, "/pets");

  const json::Object found = Do("logs", "FilterLogEvents", {{"logGroupName", "access"}});
  ASSERT_EQ(found.GetArray("events").size(), 1U);
  EXPECT_EQ(found.GetArray("events")[0].AsObject().GetString("message"), "GET GET /pets 200 -");
}

TEST_F(HttpApiClients, ADomainNameLeadsToItsMappings) {
  const std::string api = MakeFunctionApi("return event['requestContext']['http']['path']");
  V2("CreateDomainName", {{"DomainName", "api.acme.test"}});
  V2("CreateApiMapping", {{"DomainName", "api.acme.test"},
                          {"ApiId", api},
                          {"Stage", "$default"},
                          {"ApiMappingKey", "v1"}});

  EXPECT_EQ(FetchFrom("api.acme.test", "/v1/pets").body, "/v1/pets");
  EXPECT_EQ(FetchFrom("api.acme.test", "/v10/pets").status, 403);
}

}  // namespace
}  // namespace trunkline::cloud::tests
