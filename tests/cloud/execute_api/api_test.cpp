#include "tests/cloud/execute_api/api_test.h"

#include "base/json_read.h"

namespace trunkline::cloud::tests {

std::string ApiTest::MakeApi(json::Object more) {
  json::Object input{{"Name", "hooks"}, {"ProtocolType", "HTTP"}};
  for (const json::Member& member : more) input.Set(member.key, member.value);
  return std::string(V2("CreateApi", input).GetString("ApiId"));
}

std::string ApiTest::AddIntegration(std::string_view api, json::Object integration) {
  integration.Set("ApiId", api);
  return std::string(V2("CreateIntegration", integration).GetString("IntegrationId"));
}

std::string ApiTest::AddRoute(std::string_view api, std::string_view key,
                              std::string_view integration, json::Object more) {
  more.Set("ApiId", api);
  more.Set("RouteKey", key);
  if (!integration.empty()) more.Set("Target", fmt::format("integrations/{}", integration));
  return std::string(V2("CreateRoute", more).GetString("RouteId"));
}

void ApiTest::Permit(std::string_view source) {
  json::Object permission{{"StatementId", "api"},
                          {"Action", "lambda:InvokeFunction"},
                          {"Principal", "apigateway.amazonaws.com"}};
  permission.SetIfNotEmpty("SourceArn", source);
  DoLambda("AddPermission", std::move(permission));
}

std::string ApiTest::MakeFunctionApi(std::string_view body, std::string_view route_key,
                                     std::string_view format) {
  MakeFunction(body);
  Permit();
  const std::string api = MakeApi();
  const std::string integration = AddIntegration(api, {{"IntegrationType", "AWS_PROXY"},
                                                       {"IntegrationUri", FunctionArn()},
                                                       {"PayloadFormatVersion", format}});
  AddRoute(api, route_key, integration);
  V2("CreateStage", {{"ApiId", api}, {"StageName", "$default"}, {"AutoDeploy", true}});
  return api;
}

net::Response ApiTest::Fetch(std::string_view api, std::string_view path, net::Request request) {
  request.target = fmt::format("/_aws/execute-api/{}{}", api, path);
  if (!request.headers.Has("Host")) request.headers.Set("Host", "127.0.0.1:4566");
  return Send(std::move(request));
}

net::Response ApiTest::FetchFrom(std::string_view host, std::string_view path,
                                 net::Request request) {
  request.target = path;
  request.headers.Set("Host", host);
  return Send(std::move(request));
}

json::Object ApiTest::Parsed(const net::Response& response) {
  const Result<json::Value> body = json::Parse(response.body);
  EXPECT_TRUE(body && body->IsObject()) << response.status << " " << response.body;
  return body && body->IsObject() ? body->AsObject() : json::Object();
}

}  // namespace trunkline::cloud::tests
