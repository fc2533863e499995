// The way back: a snapshot of an API as an OpenAPI document.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/openapi.h"
#include "cloud/services/apigateway/openapi.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr int kLongestTimeout = 29'000;

void SetIfAny(json::Object& into, std::string_view name, json::Object members) {
  if (!members.empty()) into.Set(name, std::move(members));
}

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
        path.Set(execute_api::MethodForDocument(method.key), Operation(method.value.AsObject()));
      if (!path.empty()) paths.Set(resource.GetString("path"), std::move(path));
    }
    return paths;
  }

  // Of the models that methods name, and of those that these refer to.
  json::Object Schemas() const {
    std::vector<std::string> wanted = UsedModels();
    json::Object schemas;
    for (std::size_t next = 0; next < wanted.size(); ++next) {
      const std::string name = wanted[next];
      const json::Object& model = snapshot_.GetObject("models").GetObject(name);
      const std::string text = WithLocalReferences(model.GetString("schema", "{}"));
      const Result<json::Value> schema = json::Parse(text);
      if (model.empty() || !schema || !schema->IsObject() || schemas.Has(name)) continue;
      schemas.Set(name, WithoutKeys(schema->AsObject(), {"$schema"}));
      for (const json::Member& other : snapshot_.GetObject("models")) {
        if (text.find(fmt::format("{}{}\"", SchemaPlace(), other.key)) != std::string::npos)
          wanted.push_back(other.key);
      }
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
    if (WantsKeys()) schemes.Set("api_key", std::move(key));
    return schemes;
  }

 private:
  // Models are kept with the addresses of those that they refer to.
  std::string WithLocalReferences(std::string_view schema) const {
    const std::string address = fmt::format("https://apigateway.amazonaws.com/restapis/{}/models/",
                                            snapshot_.GetObject("api").GetString("id"));
    return Replace(schema, address, SchemaPlace());
  }

  std::string_view SchemaPlace() const {
    return swagger_ ? "#/definitions/" : "#/components/schemas/";
  }

  std::vector<const json::Object*> Methods() const {
    std::vector<const json::Object*> methods;
    for (const json::Value& resource : snapshot_.GetArray("resources")) {
      for (const json::Member& method : resource.AsObject().GetObject("resourceMethods"))
        methods.push_back(&method.value.AsObject());
    }
    return methods;
  }

  bool WantsKeys() const {
    return std::ranges::any_of(
        Methods(), [](const json::Object* method) { return method->GetBool("apiKeyRequired"); });
  }

  static void AddNames(const json::Object& models, std::vector<std::string>& names) {
    for (const json::Member& one : models) names.push_back(one.value.AsString());
  }

  std::vector<std::string> UsedModels() const {
    std::vector<std::string> names;
    for (const json::Object* method : Methods()) {
      AddNames(method->GetObject("requestModels"), names);
      for (const json::Member& response : method->GetObject("methodResponses"))
        AddNames(response.value.AsObject().GetObject("responseModels"), names);
    }
    return names;
  }

  json::Object Schema(std::string_view model) const {
    return {{"$ref", fmt::format("{}{}", SchemaPlace(), model)}};
  }

  static void AddTypes(const json::Object& by_type, json::Array& types) {
    for (const json::Member& one : by_type) {
      if (std::ranges::find(types, json::Value(one.key)) == types.end())
        types.emplace_back(one.key);
    }
  }

  // Of Swagger: the types that there are models or templates of (seen).
  static void SetTypes(const json::Object& method, json::Object& operation) {
    const json::Object& integration = method.GetObject("methodIntegration");
    json::Array consumed;
    AddTypes(method.GetObject("requestModels"), consumed);
    AddTypes(integration.GetObject("requestTemplates"), consumed);
    json::Array produced;
    for (const json::Member& one : method.GetObject("methodResponses"))
      AddTypes(one.value.AsObject().GetObject("responseModels"), produced);
    for (const json::Member& one : integration.GetObject("integrationResponses"))
      AddTypes(one.value.AsObject().GetObject("responseTemplates"), produced);
    if (!consumed.empty()) operation.Set("consumes", std::move(consumed));
    if (!produced.empty()) operation.Set("produces", std::move(produced));
  }

  json::Object Typed(std::string_view type) const {
    if (swagger_) return {{"type", type}};
    return {{"schema", json::Object{{"type", type}}}};
  }

  json::Object Headers(const json::Object& parameters) const {
    constexpr std::string_view kPrefix = "method.response.header.";
    json::Object headers;
    for (const json::Member& one : parameters) {
      const std::string_view key = one.key;
      if (key.starts_with(kPrefix)) headers.Set(key.substr(kPrefix.size()), Typed("string"));
    }
    return headers;
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
      for (const json::Member& typed : Typed("string")) parameter.Set(typed.key, typed.value);
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
      json::Object headers = Headers(one.value.AsObject().GetObject("responseParameters"));
      if (!headers.empty()) response.Set("headers", std::move(headers));
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
    if (extension.GetInt("timeoutInMillis") == kLongestTimeout) extension.Remove("timeoutInMillis");
    if (extension.GetString("connectionType") == "INTERNET") extension.Remove("connectionType");
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
    if (swagger_) SetTypes(method, operation);
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
  json::Object info{{"title", api.GetString("name")}, {"version", DocumentVersion(snapshot)}};
  info.SetIfNotEmpty("description", api.GetString("description"));
  json::Object document;
  document.Set(swagger ? "swagger" : "openapi", swagger ? "2.0" : "3.0.1");
  document.Set("info", std::move(info));
  if (swagger) document.Set("basePath", "/" + std::string(stage));
  document.Set("paths", from.Paths());
  json::Object components;
  SetIfAny(swagger ? document : components, swagger ? "definitions" : "schemas", from.Schemas());
  SetIfAny(swagger ? document : components, swagger ? "securityDefinitions" : "securitySchemes",
           from.SecuritySchemes());
  if (!swagger) document.Set("components", std::move(components));
  return document;
}

std::string DocumentVersion(const json::Object& snapshot) {
  const json::Object& api = snapshot.GetObject("api");
  if (api.Has("version")) return std::string(api.GetString("version"));
  const auto created = static_cast<std::int64_t>(api.GetDouble("createdDate"));
  return ToIso8601(TimePoint(std::chrono::seconds(created)));
}

}  // namespace trunkline::cloud::apigateway
