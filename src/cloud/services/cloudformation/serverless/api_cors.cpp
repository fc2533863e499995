// Cors of a REST API: a preflight for every path that has none.
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/api_body.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kEverybody = "'*'";

struct Cors {
  json::Value origin{kEverybody};
  json::Value methods;
  json::Value headers;
  json::Value max_age;
  bool credentials = false;
};

Answer<Cors> ReadCors(const Source& source, const json::Value& value) {
  Cors cors;
  if (value.IsString() || IsIntrinsic(value)) {
    cors.origin = value;
    return cors;
  }
  if (!value.IsObject()) return InvalidResource(source.id, "Invalid value for 'Cors' property");
  for (const json::Member& member : value.AsObject()) {
    if (member.key == "AllowOrigin")
      cors.origin = member.value;
    else if (member.key == "AllowMethods")
      cors.methods = member.value;
    else if (member.key == "AllowHeaders")
      cors.headers = member.value;
    else if (member.key == "MaxAge")
      cors.max_age = member.value;
    else if (member.key == "AllowCredentials")
      cors.credentials = member.value == json::Value(true);
    else
      return InvalidResource(source.id,
                             fmt::format("Invalid key '{}' for 'Cors' property.", member.key));
  }
  if (cors.credentials && cors.origin == json::Value(kEverybody)) {
    return InvalidResource(source.id,
                           "Unable to add Cors configuration because 'AllowCredentials' can not be "
                           "true when 'AllowOrigin' is \"'*'\" or not set");
  }
  return cors;
}

std::string MethodsOf(const json::Object& item) {
  std::set<std::string> methods = {"OPTIONS"};
  if (item.Has(kAnyMethod)) {
    methods = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};
  } else {
    for (const json::Member& member : item) methods.insert(ToUpper(member.key));
  }
  return fmt::format("'{}'", Join({methods.begin(), methods.end()}, ","));
}

// Headers of the answer: their values, and their types.
struct Headers {
  json::Object values;
  json::Object types;

  void Add(std::string_view name, const json::Value& value, std::string_view type = "string") {
    if (value.IsNull()) return;
    values.Set(fmt::format("method.response.header.Access-Control-{}", name), value);
    types.Set(fmt::format("Access-Control-{}", name), json::Object{{"type", type}});
  }
};

json::Object PreflightIntegration(json::Object values) {
  json::Object response{{"statusCode", "200"}, {"responseParameters", std::move(values)}};
  response.Set("responseTemplates", json::Object{{"application/json", "{}\n"}});
  json::Object responses;
  responses.Set("default", std::move(response));
  json::Object templates{{"application/json", "{\n  \"statusCode\" : 200\n}\n"}};
  return {{"type", "mock"},
          {"requestTemplates", std::move(templates)},
          {"responses", std::move(responses)}};
}

json::Object Preflight(const Cors& cors, const json::Object& item) {
  Headers headers;
  headers.Add("Allow-Origin", cors.origin);
  if (IsGiven(cors.headers)) headers.Add("Allow-Headers", cors.headers);
  headers.Add("Allow-Methods", IsGiven(cors.methods) ? cors.methods : json::Value(MethodsOf(item)));
  headers.Add("Max-Age", cors.max_age, "integer");
  if (cors.credentials) headers.Add("Allow-Credentials", "'true'");
  json::Object ok{{"description", "Default response for CORS method"},
                  {"headers", std::move(headers.types)}};
  json::Object responses;
  responses.Set("200", std::move(ok));
  json::Object method{{"summary", "CORS support"}};
  method.Set("consumes", json::Array{"application/json"});
  method.Set("produces", json::Array{"application/json"});
  method.Set(kIntegration, PreflightIntegration(std::move(headers.values)));
  method.Set("responses", std::move(responses));
  return method;
}

}  // namespace

Answer<void> AddCors(const Source& source, json::Object& body) {
  const json::Value* given = Given(source.properties, "Cors");
  if (!given) return {};
  if (body.empty()) {
    return InvalidResource(
        source.id, "Cors works only with inline Swagger specified in 'DefinitionBody' property.");
  }
  TL_TRY(const Cors cors, ReadCors(source, *given));
  if (!IsValidBody(body)) {
    return InvalidResource(source.id,
                           "Unable to add Cors configuration because 'DefinitionBody' does not "
                           "contain a valid Swagger definition.");
  }
  std::set<std::string> done;
  for (const std::string& path : PathsOf(body)) {
    std::string normal = path;
    while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
    if (!done.insert(normal).second) continue;
    TL_TRY(const std::vector<json::Object*> items, PathItems(body, path));
    for (json::Object* item : items) {
      if (!item->Has("options")) item->Set("options", Preflight(cors, *item));
    }
  }
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
