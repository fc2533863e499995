// Clients of REST APIs.
#include <optional>

#include <boost/asio/co_spawn.hpp>

#include "aws/sigv4.h"
#include "net/server.h"
#include "tests/cloud/execute_api/rest_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class RestApiClients : public RestTest {};

TEST_F(RestApiClients, AFunctionGetsTheRequest) {
  MakeFunction(
      "import json; return {'statusCode': 200, 'body': json.dumps(event), 'headers': {'X-A': "
      "'b'}}");
  Permit();
  MakeRest();
  PutFunction("/pets/{id}", "ANY");
  Deploy("prod", {{"variables", json::Object{{"table", "t1"}}}});

  const net::Response response =
      Get("/prod/pets/7?x=1&x=2", {.method = "PUT", .headers = {{"X-Up", "1"}}, .body = "text"});
  const json::Object event = Parsed(response);

  EXPECT_EQ(response.headers.Get("X-A"), "b");
  EXPECT_TRUE(response.headers.Has("x-amzn-RequestId"));
  EXPECT_TRUE(response.headers.Has("x-amz-apigw-id"));
  EXPECT_FALSE(event.Has("version"));
  EXPECT_EQ(event.GetString("resource"), "/pets/{id}");
  EXPECT_EQ(event.GetString("path"), "/pets/7");
  EXPECT_EQ(event.GetString("httpMethod"), "PUT");
  EXPECT_EQ(event.GetObject("headers").GetString("X-Up"), "1");
  EXPECT_EQ(event.GetObject("pathParameters").GetString("id"), "7");
  EXPECT_EQ(event.GetObject("queryStringParameters").GetString("x"), "2");
  EXPECT_EQ(event.GetObject("multiValueQueryStringParameters").GetArray("x").size(), 2U);
  EXPECT_EQ(event.GetObject("stageVariables").GetString("table"), "t1");
  EXPECT_EQ(event.GetString("body"), "text");
  EXPECT_EQ(event.GetObject("requestContext").GetString("path"), "/prod/pets/7");
  EXPECT_EQ(event.GetObject("requestContext").GetString("resourcePath"), "/pets/{id}");
}

TEST_F(RestApiClients, WhatIsNotThereLacksAToken) {
  MakeRest();
  PutMock("/pets", "GET", "{}");
  Deploy();

  for (const char* path : {"/prod/cats", "/prod", "/prod/pets/1"}) {
    const net::Response response = Get(path);
    EXPECT_EQ(response.status, 403) << path;
    EXPECT_EQ(response.body, R"({"message":"Missing Authentication Token"})");
    EXPECT_EQ(response.headers.Get("x-amzn-ErrorType"), "MissingAuthenticationTokenException");
  }
  EXPECT_EQ(Get("/beta/pets").body, R"({"message":"Forbidden"})");
  EXPECT_EQ(Get("/prod/pets/").status, 200);
}

TEST_F(RestApiClients, ADeploymentIsASnapshot) {
  MakeRest();
  PutMock("/pets", "GET", "one");
  Deploy();
  PutMock("/cats", "GET", "two");

  EXPECT_EQ(Get("/prod/cats").status, 403);
  Deploy();
  EXPECT_EQ(Get("/prod/cats").body, "two");
  Restart();
  EXPECT_EQ(Get("/prod/pets").body, "one");
}

TEST_F(RestApiClients, AMalformedAnswerIsABadGateway) {
  MakeFunction("return 'no object'");
  Permit();
  MakeRest();
  PutFunction("/", "GET");
  Deploy();

  const net::Response response = Get("/prod/");

  EXPECT_EQ(response.status, 502);
  EXPECT_EQ(response.body, R"({"message":"Internal server error"})");
}

TEST_F(RestApiClients, AFunctionMustLetTheMethodInvokeIt) {
  MakeFunction("return {'statusCode': 204}");
  MakeRest();
  PutFunction("/pets", "GET");
  Deploy();

  EXPECT_EQ(Get("/prod/pets").status, 500);
  Permit(fmt::format("arn:aws:execute-api:{}:{}:{}/prod/GET/pets", region(), account(), rest_));
  EXPECT_EQ(Get("/prod/pets").status, 204);
}

TEST_F(RestApiClients, AFunctionHasUntilTheTimeOutOfItsIntegration) {
  MakeFunction("import time; time.sleep(2); return {'statusCode': 200}");
  Permit();
  MakeRest();
  PutFunction("/", "GET");
  Deploy();
  std::optional<net::Response> answer;
  net::asio::co_spawn(
      loop(),
      cloud().Handle(
          {.target = "/_aws/execute-api/" + rest_ + "/prod/", .headers = {{"Host", "x"}}}),
      [&](const std::exception_ptr&, net::Response response) { answer = std::move(response); });

  RunLoop();
  Advance(Milliseconds(28'999));
  EXPECT_FALSE(answer);
  Advance(Milliseconds(1));

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 504);
  EXPECT_EQ(answer->body, R"({"message":"Endpoint request timed out"})");
}

TEST_F(RestApiClients, BinaryMediaTypesAreBytes) {
  MakeFunction(
      "return {'statusCode': 200, 'headers': {'Content-Type': 'image/png'}, 'body': "
      "event['body'], 'isBase64Encoded': event['isBase64Encoded']}");
  Permit();
  MakeRest({{"binaryMediaTypes", json::Array{"image/*"}}});
  PutFunction("/", "POST");
  Deploy();

  const net::Response bytes = Get(
      "/prod/", {.method = "POST", .headers = {{"Content-Type", "image/png"}}, .body = "\x89P"});
  const net::Response text =
      Get("/prod/", {.method = "POST", .headers = {{"Content-Type", "text/plain"}}, .body = "P"});

  EXPECT_EQ(bytes.body, "\x89P");
  EXPECT_EQ(text.body, "P");
}

TEST_F(RestApiClients, AFunctionIsCalledThroughTemplates) {
  MakeFunction("if event['n'] > 1: raise Exception('too many')\n    return {'got': event['n']}");
  Permit();
  MakeRest();
  PutMethod(
      "/n/{n}", "GET",
      {{"type", "AWS"},
       {"uri", FunctionUri()},
       {"integrationHttpMethod", "POST"},
       {"requestTemplates", json::Object{{"application/json", R"({"n": $input.params('n')})"}}}});
  json::Object response = At("/n/{n}", "GET");
  for (const char* status : {"200", "400"}) {
    response.Set("statusCode", status);
    V1("PutMethodResponse", response);
  }
  response.Set("statusCode", "200");
  response.Set("responseTemplates",
               json::Object{{"application/json", R"({"n": $input.json('$.got')})"}});
  V1("PutIntegrationResponse", response);
  response.Set("statusCode", "400");
  response.Set("selectionPattern", "too.*");
  response.Set("responseTemplates",
               json::Object{{"application/json", R"_({"no": "$input.path('$.errorMessage')"})_"}});
  response.Set("responseParameters", json::Object{{"method.response.header.X-Why", "'n'"}});
  V1("PutIntegrationResponse", response);
  Deploy();

  const net::Response good = Get("/prod/n/1");
  const net::Response bad = Get("/prod/n/2");

  EXPECT_EQ(good.body, R"({"n": 1})");
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(bad.body, R"({"no": "too many"})");
  EXPECT_EQ(bad.headers.Get("X-Why"), "n");
}

TEST_F(RestApiClients, ATemplateThatFailsIsAServerError) {
  MakeRest();
  PutMock("/", "GET", "$input.nothing('x')");
  Deploy();

  EXPECT_EQ(Get("/prod/").status, 500);
  EXPECT_THAT(log().lines(), Contains(HasSubstr("there is no '$input.nothing'")));
}

TEST_F(RestApiClients, AContentTypeWithoutATemplateMayBeRefused) {
  MakeRest();
  PutMock("/", "POST", "{}");
  json::Object patch = At("/", "POST");
  patch.Set("patchOperations",
            json::Array{json::Object{
                {"op", "replace"}, {"path", "/passthroughBehavior"}, {"value", "NEVER"}}});
  V1("UpdateIntegration", patch);
  Deploy();

  const net::Response response =
      Get("/prod/", {.method = "POST", .headers = {{"Content-Type", "text/csv"}}, .body = "a"});

  EXPECT_EQ(response.status, 415);
}

net::aw<net::Response> EchoBack(net::Request request) {
  net::Response response;
  response.status = request.target.starts_with("/bad") ? 500 : 200;
  response.body = request.method + " " + request.target + " " +
                  std::string(request.headers.Get("X-B")) + " " + request.body;
  co_return response;
}

TEST_F(RestApiClients, AServerGetsWhatParametersSay) {
  const auto server = net::Server::Listen(loop(), {}, EchoBack, log()).value();
  MakeRest();
  PutMethod(
      "/p/{x+}", "ANY",
      {{"type", "HTTP_PROXY"},
       {"uri", fmt::format("http://127.0.0.1:{}/to/{{x}}", server->port())},
       {"integrationHttpMethod", "ANY"},
       {"requestParameters", json::Object{{"integration.request.path.x", "method.request.path.x"},
                                          {"integration.request.header.X-B", "'b'"}}}});
  Deploy();

  EXPECT_EQ(Get("/prod/p/a/b?q=1", {.method = "POST", .body = "z"}).body, "POST /to/a/b?q=1 b z");
}

TEST_F(RestApiClients, AServerThatIsNotThereIsAFailedIntegration) {
  MakeRest();
  PutMethod(
      "/", "GET",
      {{"type", "HTTP_PROXY"}, {"uri", "http://127.0.0.1:1/"}, {"integrationHttpMethod", "GET"}});
  Deploy();

  const net::Response response = Get("/prod/");

  EXPECT_EQ(response.status, 504);
  EXPECT_EQ(response.body, R"({"message":"Network error communicating with endpoint"})");
}

TEST_F(RestApiClients, ATokenIsJudgedByAFunction) {
  MakeFunction(
      "return ({'principalId': 'ada', 'context': {'n': 1}, 'policyDocument': {'Version': "
      "'2012-10-17', 'Statement': [{'Action': 'execute-api:Invoke', 'Effect': "
      "event['authorizationToken'], 'Resource': event['methodArn']}]}} if event.get('type') == "
      "'TOKEN' else {'statusCode': 200, 'body': "
      "event['requestContext']['authorizer']['principalId']})");
  Permit();
  MakeRest();
  const json::Object authorizer = V1("CreateAuthorizer", {{"restApiId", rest_},
                                                          {"name", "tokens"},
                                                          {"type", "TOKEN"},
                                                          {"authorizerUri", FunctionUri()}});
  PutFunction("/", "GET",
              {{"authorizationType", "CUSTOM"}, {"authorizerId", authorizer.GetString("id")}});
  Deploy();

  EXPECT_EQ(Get("/prod/", {.headers = {{"Authorization", "Allow"}}}).body, "ada");
  const net::Response denied = Get("/prod/", {.headers = {{"Authorization", "Deny"}}});
  EXPECT_EQ(denied.status, 403);
  EXPECT_THAT(denied.body, HasSubstr("explicit deny"));
  EXPECT_EQ(Get("/prod/").status, 401);
  EXPECT_EQ(Get("/prod/").body, R"({"message":"Unauthorized"})");
}

TEST_F(RestApiClients, AKeyOfThePlanIsNeeded) {
  MakeRest();
  PutMock("/", "GET", "in", {{"apiKeyRequired", true}});
  Deploy();
  const json::Object key = V1("CreateApiKey", {{"name", "k"}, {"enabled", true}});
  const net::Request with_key{.headers = {{"x-api-key", std::string(key.GetString("value"))}}};
  EXPECT_EQ(Get("/prod/").status, 403);
  EXPECT_EQ(Get("/prod/", with_key).status, 403) << "in no plan";

  const json::Object plan =
      V1("CreateUsagePlan",
         {{"name", "p"},
          {"apiStages", json::Array{json::Object{{"apiId", rest_}, {"stage", "prod"}}}}});
  V1("CreateUsagePlanKey", {{"usagePlanId", plan.GetString("id")},
                            {"keyId", key.GetString("id")},
                            {"keyType", "API_KEY"}});

  EXPECT_EQ(Get("/prod/", with_key).body, "in");
  EXPECT_EQ(Get("/prod/", {.headers = {{"x-api-key", "other"}}}).body,
            R"({"message":"Forbidden"})");
}

TEST_F(RestApiClients, SignedRequestsComeThrough) {
  MakeRest();
  PutMock("/", "GET", "$context.identity.accountId", {{"authorizationType", "AWS_IAM"}});
  Deploy();
  net::Request request{.target = "/_aws/execute-api/" + rest_ + "/prod/",
                       .headers = {{"Host", "127.0.0.1:4566"}}};
  aws::Sign(request, {.access_key_id = account(), .secret_key = "test", .session_token = {}},
            {.region = region(), .service = "execute-api", .time = clock().Now()});

  EXPECT_EQ(Send(request).body, account());
  EXPECT_EQ(Get("/prod/").body, R"({"message":"Missing Authentication Token"})");
}

TEST_F(RestApiClients, ThePolicyOfAnApiDecides) {
  MakeRest({{"policy", R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"},
      {"Effect":"Deny","Principal":"*","Action":"execute-api:Invoke",
       "Resource":"execute-api:/prod/GET/secret"}]})"}});
  PutMock("/open", "GET", "in");
  PutMock("/secret", "GET", "in");
  Deploy();

  EXPECT_EQ(Get("/prod/open").body, "in");
  EXPECT_EQ(Get("/prod/secret").status, 403);
  EXPECT_THAT(Get("/prod/secret").body, HasSubstr("explicit deny"));
}

TEST_F(RestApiClients, RequestsAreValidated) {
  MakeRest();
  V1("CreateModel", {{"restApiId", rest_},
                     {"name", "Pet"},
                     {"contentType", "application/json"},
                     {"schema", R"({"type":"object","required":["name"],
                                    "properties":{"name":{"type":"string","maxLength":3}}})"}});
  const json::Object validator =
      V1("CreateRequestValidator", {{"restApiId", rest_},
                                    {"name", "all"},
                                    {"validateRequestBody", true},
                                    {"validateRequestParameters", true}});
  PutMock("/", "POST", "in",
          {{"requestValidatorId", validator.GetString("id")},
           {"requestModels", json::Object{{"application/json", "Pet"}}},
           {"requestParameters", json::Object{{"method.request.querystring.q", true}}}});
  Deploy();

  EXPECT_EQ(Get("/prod/?q=1", {.method = "POST", .body = R"({"name":"ab"})"}).body, "in");
  EXPECT_EQ(Get("/prod/", {.method = "POST", .body = R"({"name":"ab"})"}).body,
            R"({"message":"Missing required request parameters: [q]"})");
  for (const char* body : {"", "{}", R"({"name":1})", R"({"name":"abcd"})", "nonsense"}) {
    const net::Response response = Get("/prod/?q=1", {.method = "POST", .body = body});
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_EQ(response.body, R"({"message":"Invalid request body"})");
  }
}

TEST_F(RestApiClients, GatewayResponsesAreWordedByTheOwner) {
  MakeRest();
  PutMock("/", "GET", "{}");
  V1("PutGatewayResponse",
     {{"restApiId", rest_},
      {"responseType", "MISSING_AUTHENTICATION_TOKEN"},
      {"statusCode", "404"},
      {"responseParameters", json::Object{{"gatewayresponse.header.X-No", "'really'"}}},
      {"responseTemplates",
       json::Object{{"application/json", R"({"m":$context.error.messageString})"}}}});
  Deploy();

  const net::Response response = Get("/prod/none");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"m":"Missing Authentication Token"})");
  EXPECT_EQ(response.headers.Get("X-No"), "really");
}

TEST_F(RestApiClients, ADomainNameLeadsToAStage) {
  MakeRest();
  PutMock("/pets", "GET", "in");
  Deploy();
  V1("CreateDomainName", {{"domainName", "pets.acme.test"}});
  V1("CreateBasePathMapping",
     {{"domainName", "pets.acme.test"}, {"restApiId", rest_}, {"stage", "prod"}});

  EXPECT_EQ(FetchFrom("pets.acme.test", "/pets").body, "in");
}

TEST_F(RestApiClients, AMethodIsTriedWithoutAStage) {
  MakeFunction("return {'statusCode': 201, 'body': event['requestContext']['stage']}");
  Permit();
  MakeRest();
  PutFunction("/pets/{id}", "POST");
  json::Object input = At("/pets/{id}", "POST");
  input.Set("pathWithQueryString", "/pets/7?x=1");

  const json::Object tried = V1("TestInvokeMethod", input);

  EXPECT_EQ(tried.GetInt("status"), 201);
  EXPECT_EQ(tried.GetString("body"), "test-invoke-stage");
  EXPECT_THAT(tried.GetString("log"), HasSubstr("POST"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
