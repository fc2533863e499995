// ApiTest: an embedded cloud with APIs, whose clients are tests.
#pragma once

#include <string>
#include <string_view>

#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {

class ApiTest : public LambdaTest {
 protected:
  // ---- HTTP APIs

  json::Object V2(std::string_view operation, const json::Object& input = {}) {
    return Do("apigatewayv2", operation, input);
  }
  // An API without anything; its id.
  std::string MakeApi(json::Object more = {});
  // The function of these lines, which the API may invoke, behind the route of an API with the
  // stage $default; the API's id.
  std::string MakeFunctionApi(std::string_view body, std::string_view route_key = "ANY /{proxy+}",
                              std::string_view format = "2.0");
  std::string AddIntegration(std::string_view api, json::Object integration);
  std::string AddRoute(std::string_view api, std::string_view key, std::string_view integration,
                       json::Object more = {});
  void Permit(std::string_view source = {});  // API Gateway to invoke "greet"

  // ---- clients

  // "/_aws/execute-api/<api><path>"
  net::Response Fetch(std::string_view api, std::string_view path, net::Request request = {});
  net::Response FetchFrom(std::string_view host, std::string_view path, net::Request request = {});
  static json::Object Parsed(const net::Response& response);
};

}  // namespace trunkline::cloud::tests
