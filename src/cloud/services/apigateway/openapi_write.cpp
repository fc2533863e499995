// The way back: a snapshot of an API as an OpenAPI document.
#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/services/apigateway/openapi.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr std::string_view kAny = "x-amazon-apigateway-any-method";

class Export {
 public:
  Export(const json::Object& snapshot, bool swagger, bool integrations, bool authorizers)
      : snapshot_(snapshot),
        swagger_(swagger),
        integrations_(integrations),
        authorizers_(authorizers) {}

  json::Object Paths() const {
    json::Object paths;
    for (const json::Value& one : snapshot_.GetArray("resources")) {
      const json::Object& resource = one.AsObject();
      json::Object path;
      for (const json::Member& method : resource.GetObject("resourceMethods"))
        path.Set(method.key == "ANY" ? std::string(kAny) : ToLower(method.key),
                 Operation(method.value.AsObject()));
      if (!path.empty()) paths.Set(resource.GetString("path"), std::move(path));
    }
    return paths;
  }

  json::Object Schemas() const {
    json::Object schemas;
    for (const json::Member& model : snapshot_.GetObject("models")) {
      const Result<json::Value> schema =
          json::Parse(model.value.AsObject().GetString("schema", "{}"));
      if (schema) schemas.Set(model.key, *schema);
    }
    return schemas;
  }

  json::Object SecuritySchemes() const {
    json::Object schemes;
    for (const json::Member& one : snapshot_.GetObject("authorizers")) {
      const json::Object& authorizer = one.value.AsObject();
      const std::string_view source = authorizer.GetString("identitySource");
      json::Object scheme{{"type", "apiKey"},
                          {"name", source.substr(source.rfind('.') + 1)},
                          {"in", "header"},
                          {"x-amazon-apigateway-authtype", "custom"}};
      if (authorizers_) {
        json::Object extension = WithoutKeys(authorizer, {"id", "name", "authType"});
        extension.Set("type", ToLower(authorizer.GetString("type")));
        scheme.Set("x-amazon-apigateway-authorizer", std::move(extension));
      }
      schemes.Set(authorizer.GetString("name"), std::move(scheme));
    }
    json::Object key{{"type", "apiKey"}, {"name", "x-api-key"}, {"in", "header"}};
    schemes.Set("api_key", std::move(key));
    return schemes;
  }

 private:
  json::Object Schema(std::string_view model) const {
    return {
        {"$ref", fmt::format("#/{}/{}", swagger_ ? "definitions" : "components/schemas", model)}};
  }

  json::Array Parameters(const json::Object& method) const {
    constexpr std::string_view kPrefix = "method.request.";
    json::Array parameters;
    for (const json::Member& one : method.GetObject("requestParameters")) {
      std::string_view key = one.key;
      if (!key.starts_with(kPrefix)) continue;
      key.remove_prefix(kPrefix.size());
      const std::size_t dot = key.find('.');
      const std::string_view place = key.substr(0, dot);
      json::Object parameter{{"name", key.substr(dot + 1)},
                             {"in", place == "querystring" ? "query" : place},
                             {"required", place == "path" || one.value == json::Value(true)}};
      if (swagger_) parameter.Set("type", "string");
      if (!swagger_) parameter.Set("schema", json::Object{{"type", "string"}});
      parameters.emplace_back(std::move(parameter));
    }
    if (!swagger_) return parameters;
    for (const json::Member& model : method.GetObject("requestModels")) {
      json::Object parameter{{"in", "body"}, {"name", model.value}, {"required", true}};
      parameter.Set("schema", Schema(model.value.AsString()));
      parameters.emplace_back(std::move(parameter));
    }
    return parameters;
  }

  json::Object Content(const json::Object& models) const {
    json::Object content;
    for (const json::Member& model : models) {
      json::Object form{{"schema", Schema(model.value.AsString())}};
      content.Set(model.key, std::move(form));
    }
    return content;
  }

  json::Object Responses(const json::Object& method) const {
    json::Object responses;
    for (const json::Member& one : method.GetObject("methodResponses")) {
      json::Object response{{"description", fmt::format("{} response", one.key)}};
      const json::Object& models = one.value.AsObject().GetObject("responseModels");
      if (swagger_ && !models.empty())
        response.Set("schema", Schema(models.begin()->value.AsString()));
      if (!swagger_) response.Set("content", Content(models));
      responses.Set(one.key, std::move(response));
    }
    return responses;
  }

  static json::Object Integration(const json::Object& integration) {
    json::Object extension =
        WithoutKeys(integration, {"integrationResponses", "cacheNamespace", "cacheKeyParameters"});
    extension.Set("type", ToLower(integration.GetString("type")));
    extension.Set("passthroughBehavior", ToLower(integration.GetString("passthroughBehavior")));
    json::Object responses;
    for (const json::Member& one : integration.GetObject("integrationResponses")) {
      const json::Object& response = one.value.AsObject();
      responses.Set(response.GetString("selectionPattern", "default"),
                    WithoutKeys(response, {"selectionPattern"}));
    }
    if (!responses.empty()) extension.Set("responses", std::move(responses));
    return extension;
  }

  json::Array Security(const json::Object& method) const {
    json::Array security;
    const json::Object& authorizer =
        snapshot_.GetObject("authorizers").GetObject(method.GetString("authorizerId"));
    for (const std::string_view name :
         {authorizer.GetString("name"),
          method.GetBool("apiKeyRequired") ? std::string_view("api_key") : std::string_view()}) {
      if (name.empty()) continue;
      json::Object requirement;
      requirement.Set(name, json::Array());
      security.emplace_back(std::move(requirement));
    }
    return security;
  }

  json::Object Operation(const json::Object& method) const {
    json::Object operation;
    operation.SetIfNotEmpty("operationId", method.GetString("operationName"));
    json::Array parameters = Parameters(method);
    if (!parameters.empty()) operation.Set("parameters", std::move(parameters));
    const json::Object& models = method.GetObject("requestModels");
    if (!swagger_ && !models.empty()) {
      json::Object body{{"content", Content(models)}, {"required", true}};
      operation.Set("requestBody", std::move(body));
    }
    operation.Set("responses", Responses(method));
    json::Array security = Security(method);
    if (!security.empty()) operation.Set("security", std::move(security));
    const json::Object& integration = method.GetObject("methodIntegration");
    if (integrations_ && !integration.empty())
      operation.Set("x-amazon-apigateway-integration", Integration(integration));
    return operation;
  }

  const json::Object& snapshot_;
  bool swagger_;
  bool integrations_;
  bool authorizers_;
};

}  // namespace

json::Object WriteDocument(const json::Object& snapshot, std::string_view stage, bool swagger,
                           bool integrations, bool authorizers) {
  const Export from(snapshot, swagger, integrations, authorizers);
  const json::Object& api = snapshot.GetObject("api");
  json::Object info{{"title", api.GetString("name")}, {"version", api.GetString("version", "1.0")}};
  info.SetIfNotEmpty("description", api.GetString("description"));
  json::Object document;
  document.Set(swagger ? "swagger" : "openapi", swagger ? "2.0" : "3.0.1");
  document.Set("info", std::move(info));
  if (swagger) document.Set("basePath", "/" + std::string(stage));
  document.Set("paths", from.Paths());
  if (swagger) {
    document.Set("securityDefinitions", from.SecuritySchemes());
    document.Set("definitions", from.Schemas());
    return document;
  }
  json::Object components{{"schemas", from.Schemas()}, {"securitySchemes", from.SecuritySchemes()}};
  document.Set("components", std::move(components));
  return document;
}

}  // namespace trunkline::cloud::apigateway
