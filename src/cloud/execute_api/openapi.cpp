#include "cloud/execute_api/openapi.h"

#include "base/json_read.h"
#include "base/text.h"
#include "base/yaml.h"

namespace trunkline::cloud::execute_api {

Result<json::Object> ReadOpenApi(std::string_view body) {
  constexpr std::size_t kLargest = 6U << 20U;
  if (body.size() > kLargest)
    return Error(ErrorKind::kInvalid, "the API definition is larger than 6 MB");
  Result<json::Value> document = json::Parse(body);
  // What begins like JSON is meant to be JSON: its own error says more.
  if (!document && !Trim(body).starts_with('{'))
    document = yaml::Parse(body, {.local_tag = {}, .aliases = true});
  if (!document) return document.error();
  if (document->IsObject() &&
      (document->AsObject().Has("openapi") || document->AsObject().Has("swagger")))
    return std::move(document->AsObject());
  return Error(ErrorKind::kInvalid, "expected a document with a member 'openapi' or 'swagger'");
}

std::string MethodOfDocument(std::string_view name) {
  return name == kAnyMethod ? "ANY" : ToUpper(name);
}

std::string MethodForDocument(std::string_view method) {
  return method == "ANY" ? std::string(kAnyMethod) : ToLower(method);
}

}  // namespace trunkline::cloud::execute_api
