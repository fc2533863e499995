#include "tests/cloud/execute_api/rest_test.h"

#include "base/text.h"

namespace trunkline::cloud::tests {

void RestTest::MakeRest(json::Object more) {
  more.Set("name", "pets");
  const json::Object made = V1("CreateRestApi", more);
  rest_ = made.GetString("id");
  root_ = made.GetString("rootResourceId");
}

std::string RestTest::Resource(std::string_view path) {
  std::string parent = root_;
  std::string whole;
  for (const std::string_view part : Split(path.substr(1), '/')) {
    if (part.empty()) continue;
    whole += "/" + std::string(part);
    std::string found;
    const json::Object all = V1("GetResources", {{"restApiId", rest_}, {"limit", 500}});
    for (const json::Value& one : all.GetArray("items")) {
      if (one.AsObject().GetString("path") == whole) found = one.AsObject().GetString("id");
    }
    if (found.empty()) {
      found = V1("CreateResource", {{"restApiId", rest_}, {"parentId", parent}, {"pathPart", part}})
                  .GetString("id");
    }
    parent = found;
  }
  return parent;
}

json::Object RestTest::At(std::string_view path, std::string_view method) {
  return {{"restApiId", rest_}, {"resourceId", Resource(path)}, {"httpMethod", method}};
}

void RestTest::PutMethod(std::string_view path, std::string_view method, json::Object integration,
                         json::Object more) {
  const json::Object keys = At(path, method);
  for (const json::Member& key : keys) {
    more.Set(key.key, key.value);
    integration.Set(key.key, key.value);
  }
  if (!more.Has("authorizationType")) more.Set("authorizationType", "NONE");
  V1("PutMethod", more);
  V1("PutIntegration", integration);
}

std::string RestTest::FunctionUri() const {
  return fmt::format("arn:aws:apigateway:{}:lambda:path/2015-03-31/functions/{}/invocations",
                     region(), FunctionArn());
}

void RestTest::PutFunction(std::string_view path, std::string_view method, json::Object more) {
  PutMethod(path, method,
            {{"type", "AWS_PROXY"}, {"uri", FunctionUri()}, {"integrationHttpMethod", "POST"}},
            std::move(more));
}

void RestTest::PutMock(std::string_view path, std::string_view method, std::string_view text,
                       json::Object more) {
  PutMethod(path, method,
            {{"type", "MOCK"},
             {"requestTemplates", json::Object{{"application/json", R"({"statusCode": 200})"}}}},
            std::move(more));
  json::Object response = At(path, method);
  response.Set("statusCode", "200");
  V1("PutMethodResponse", response);
  response.Set("responseTemplates", json::Object{{"application/json", text}});
  V1("PutIntegrationResponse", response);
}

void RestTest::Deploy(std::string_view stage, json::Object more) {
  more.Set("restApiId", rest_);
  more.Set("stageName", stage);
  V1("CreateDeployment", more);
}

}  // namespace trunkline::cloud::tests
