// OpenAPI documents with API Gateway's extensions, as both kinds of APIs read and write them.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::execute_api {

inline constexpr std::string_view kAnyMethod = "x-amazon-apigateway-any-method";
// What a path may have, as the document spells it.
inline constexpr std::array<std::string_view, 8> kDocumentMethods = {
    "delete", "get", "head", "options", "patch", "post", "put", kAnyMethod};

// JSON or YAML of at most 6 MB (documented), with a member "openapi" or "swagger".
Result<json::Object> ReadOpenApi(std::string_view body);

// "get" is GET, the extension ANY; and the way back.
std::string MethodOfDocument(std::string_view name);
std::string MethodForDocument(std::string_view method);

}  // namespace trunkline::cloud::execute_api
