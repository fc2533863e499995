// What an OpenAPI document says of one operation: the members of an API's method. It knows no
// store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {

class OperationReader {
 public:
  // What was not taken is told in warnings. Both outlive this.
  OperationReader(const json::Object& document, json::Array& warnings)
      : document_(document), warnings_(warnings) {}

  // Adds requestParameters; an owner is a path or an operation.
  void Parameters(const json::Object& owner, json::Object& method) const;
  // Adds requestModels.
  void RequestModels(const json::Object& operation, json::Object& method) const;
  // Adds methodResponses.
  void Responses(const json::Object& operation, json::Object& method) const;

 private:
  // What a "$ref" of the document leads to; without one the value itself.
  const json::Object& Resolved(const json::Object& value) const;
  // Of Swagger: what the operation "consumes" or "produces", or all of them do.
  std::vector<std::string> Types(const json::Object& operation, std::string_view member) const;

  const json::Object& document_;
  json::Array& warnings_;
};

// The method integration of an x-amazon-apigateway-integration, with the values that API Gateway
// fills in.
Answer<json::Object> ReadIntegration(const json::Object& extension, std::string_view resource_id);

}  // namespace trunkline::cloud::apigateway
