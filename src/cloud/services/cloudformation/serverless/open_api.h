// Documents of APIs (Swagger 2, OpenAPI 3) that the transform writes routes into.
//
// A path, or a method of it, may stand in an Fn::If: what is said of it holds for both branches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation::serverless {

inline constexpr std::string_view kIntegration = "x-amazon-apigateway-integration";
inline constexpr std::string_view kAnyMethod = "x-amazon-apigateway-any-method";
inline constexpr std::string_view kDefaultPath = "$default";

json::Object SwaggerSkeleton();  // of a REST API
json::Object OpenApiSkeleton();  // of an HTTP API

bool IsVersion3(const json::Value* openapi);
// Either has paths; a Swagger is also an OpenAPI document of version 3.
bool IsSwagger(const json::Value* document);
bool IsOpenApi(const json::Value* document);

// Lower case, and "any" by the name it has in documents.
std::string MethodKey(std::string_view method);
// The path as it stands in an ARN: parameters are stars. `greedy`: also "{name+}".
std::string StarredPath(std::string_view path, bool greedy);

// The object, or the objects that its Fn::If chooses from; without AWS::NoValue.
std::vector<json::Value*> Alternatives(json::Value& value);
// The items of a path; one that is no object is an error.
Answer<std::vector<json::Object*>> PathItems(json::Object& document, const std::string& path);
// The definitions of a method, with an integration, at a path.
Answer<std::vector<json::Object*>> MethodsAt(json::Object& document, const std::string& path,
                                             std::string_view method);
// The same of every method of the path.
struct NamedMethod {
  std::string name;
  json::Object* definition;
};
Answer<std::vector<NamedMethod>> AllMethodsAt(json::Object& document, const std::string& path);

std::vector<std::string> PathsOf(const json::Object& document);
// Makes the path, and an empty method in each of its items.
Answer<void> AddPath(json::Object& document, const std::string& path, std::string_view method);
Answer<bool> HasIntegration(json::Object& document, const std::string& path,
                            std::string_view method);

// The object at the key, made where there is none.
json::Object& ObjectAt(json::Object& object, std::string_view key);

}  // namespace trunkline::cloud::cloudformation::serverless
