// Tasks that are HTTP: of APIs in this cloud, and of servers on this machine.
#include "net/server.h"
#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

// Says what it was sent.
net::aw<net::Response> Tell(net::Request request) {
  net::Response response;
  if (request.target.starts_with("/wrong")) response.status = 429;
  response.headers.Set("Content-Type", "application/json");
  response.body = json::Write(json::Object{{"method", request.method},
                                           {"target", request.target},
                                           {"key", request.headers.Get("X-Key")},
                                           {"type", request.headers.Get("Content-Type")},
                                           {"agent", request.headers.Get("User-Agent")},
                                           {"body", request.body}});
  co_return response;
}

class HttpTasks : public StatesTest {
 protected:
  // A mock API: POST /pets answers what it was sent, as far as it is JSON.
  std::string MakeApi() {
    const json::Object api = Do("apigateway", "CreateRestApi", {{"name", "pets"}});
    const std::string id(api.GetString("id"));
    json::Object place{{"restApiId", id}, {"resourceId", api.GetString("rootResourceId")}};
    json::Object part = place;
    part.Remove("resourceId");
    part.Set("parentId", api.GetString("rootResourceId"));
    part.Set("pathPart", "pets");
    place.Set("resourceId", Do("apigateway", "CreateResource", part).GetString("id"));
    place.Set("httpMethod", "POST");
    json::Object method = place;
    method.Set("authorizationType", "NONE");
    Do("apigateway", "PutMethod", method);
    json::Object integration = place;
    integration.Set("type", "MOCK");
    integration.Set("requestTemplates",
                    json::Object{{"application/json", R"({"statusCode": 200})"}});
    Do("apigateway", "PutIntegration", integration);
    json::Object response = place;
    response.Set("statusCode", "200");
    response.Set("responseTemplates",
                 json::Object{{"application/json", R"({"query": "$input.params().querystring"})"}});
    Do("apigateway", "PutIntegrationResponse", response);
    Do("apigateway", "CreateDeployment", {{"restApiId", id}, {"stageName", "prod"}});
    return id + ".execute-api.eu-central-1.amazonaws.com";
  }
  std::string MakeConnection() {
    json::Object key{{"ApiKeyName", "X-Key"}, {"ApiKeyValue", "secret"}};
    return std::string(
        Do("events", "CreateConnection",
           {{"Name", "shop"},
            {"AuthorizationType", "API_KEY"},
            {"AuthParameters", json::Object{{"ApiKeyAuthParameters", std::move(key)}}}})
            .GetString("ConnectionArn"));
  }
  json::Object RunTask(std::string_view resource, std::string parameters) {
    return Run("T", fmt::format(R"({{"T":{{"Type":"Task","Resource":"{}","Parameters":{},)"
                                R"("End":true}}}})",
                                resource, parameters));
  }
  json::Object RunHttp(std::string parameters) {
    const std::string machine =
        MakeOf("h", "T",
               fmt::format(R"({{"T":{{"Type":"Task","Resource":"arn:aws:states:::http:invoke",)"
                           R"("Parameters":{},"End":true}}}})",
                           parameters));
    const std::string execution = Start(machine);
    for (int i = 0; i < 200 && Describe(execution).GetString("status") == "RUNNING"; ++i) {
      Advance(Milliseconds(1));
      loop().run_one_for(std::chrono::milliseconds(10));
    }
    return Describe(execution);
  }
  static json::Object Output(const json::Object& ended) {
    const auto parsed = json::Parse(ended.GetString("output", "{}"));
    return parsed->AsObject();
  }
};

TEST_F(HttpTasks, AnApiIsInvoked) {
  const std::string api = MakeApi();

  const json::Object ended =
      RunTask("arn:aws:states:::apigateway:invoke",
              fmt::format(R"({{"ApiEndpoint":"{}","Method":"POST","Stage":"prod","Path":"pets",)"
                          R"("QueryParameters":{{"a":["1"]}},"RequestBody":{{"n":1}}}})",
                          api));
  const json::Object output = Output(ended);

  EXPECT_EQ(ended.GetString("status"), "SUCCEEDED") << ended.GetString("cause");
  EXPECT_EQ(output.GetInt("StatusCode"), 200);
  EXPECT_EQ(output.GetString("StatusText"), "OK");
  EXPECT_EQ(output.GetObject("ResponseBody").GetString("query"), "{a=1}");
  EXPECT_EQ(output.GetObject("Headers").GetArray("Content-Type")[0].AsString(), "application/json");
}

TEST_F(HttpTasks, AnApisErrorIsNamedByItsStatus) {
  const json::Object ended =
      RunTask("arn:aws:states:::apigateway:invoke",
              fmt::format(R"({{"ApiEndpoint":"{}","Method":"POST","Stage":"prod","Path":"/none"}})",
                          MakeApi()));

  EXPECT_EQ(ended.GetString("error"), "ApiGateway.403");
  EXPECT_EQ(ended.GetString("cause"), R"({"message":"Missing Authentication Token"})");
}

TEST_F(HttpTasks, AServerIsCalledWithTheConnection) {
  const auto server = net::Server::Listen(loop(), {}, Tell, log()).value();

  const json::Object ended = RunHttp(fmt::format(
      R"({{"ApiEndpoint":"http://127.0.0.1:{}/shop","Method":"POST","QueryParameters":{{"q":"a b"}},)"
      R"("InvocationConfig":{{"ConnectionArn":"{}"}},"RequestBody":{{"a":["x","y"]}},)"
      R"("Transform":{{"RequestBodyEncoding":"URL_ENCODED","RequestEncodingOptions":{{"ArrayFormat":"BRACKETS"}}}}}})",
      server->port(), MakeConnection()));
  const json::Object told = Output(ended).GetObject("ResponseBody");

  EXPECT_EQ(ended.GetString("status"), "SUCCEEDED") << ended.GetString("cause");
  EXPECT_EQ(told.GetString("target"), "/shop?q=a%20b");
  EXPECT_EQ(told.GetString("key"), "secret");
  EXPECT_EQ(told.GetString("type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(told.GetString("body"), "a%5B%5D=x&a%5B%5D=y");
  EXPECT_EQ(told.GetString("agent"), "Amazon|StepFunctions|HttpInvoke|eu-central-1");
}

TEST_F(HttpTasks, AServersErrorIsNamedByItsStatus) {
  const auto server = net::Server::Listen(loop(), {}, Tell, log()).value();

  const json::Object ended = RunHttp(fmt::format(
      R"({{"ApiEndpoint":"http://127.0.0.1:{}/wrong","Method":"GET","Authentication":{{"ConnectionArn":"{}"}}}})",
      server->port(), MakeConnection()));

  EXPECT_EQ(ended.GetString("error"), "States.Http.StatusCode.429");
}

TEST_F(HttpTasks, NothingLeavesThisMachine) {
  const json::Object ended = RunHttp(fmt::format(
      R"({{"ApiEndpoint":"https://example.com/","Method":"GET","InvocationConfig":{{"ConnectionArn":"{}"}}}})",
      MakeConnection()));

  EXPECT_EQ(ended.GetString("error"), "States.Http.Socket");
  EXPECT_THAT(ended.GetString("cause"), HasSubstr("loopback"));
}

TEST_F(HttpTasks, AConnectionIsNeeded) {
  EXPECT_EQ(RunHttp(R"({"ApiEndpoint":"http://127.0.0.1:1/","Method":"GET"})").GetString("error"),
            "States.Runtime");
}

}  // namespace
}  // namespace trunkline::cloud::tests
