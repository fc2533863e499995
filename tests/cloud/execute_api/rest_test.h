// RestTest: an embedded cloud with REST APIs.
#pragma once

#include <string>
#include <string_view>

#include "tests/cloud/execute_api/api_test.h"

namespace trunkline::cloud::tests {

class RestTest : public ApiTest {
 protected:
  json::Object V1(std::string_view operation, const json::Object& input = {}) {
    return Do("apigateway", operation, input);
  }
  Answered AskV1(std::string_view operation, const json::Object& input = {}) {
    return Ask("apigateway", operation, input);
  }
  // An API; later verbs are about it.
  void MakeRest(json::Object more = {});
  // The resource of a path, with those above it.
  std::string Resource(std::string_view path);
  // Puts a method with its integration; `method` and `integration` add members.
  void PutMethod(std::string_view path, std::string_view method, json::Object integration,
                 json::Object more = {});
  // A method that the function "greet" answers as a proxy.
  void PutFunction(std::string_view path, std::string_view method, json::Object more = {});
  // A mock that answers 200 with the template.
  void PutMock(std::string_view path, std::string_view method, std::string_view text,
               json::Object more = {});
  void Deploy(std::string_view stage = "prod", json::Object more = {});
  json::Object At(std::string_view path, std::string_view method);  // the keys of a method
  net::Response Get(std::string_view path, net::Request request = {}) {
    return Fetch(rest_, path, std::move(request));
  }
  std::string FunctionUri() const;

  std::string rest_;
  std::string root_;
};

}  // namespace trunkline::cloud::tests
