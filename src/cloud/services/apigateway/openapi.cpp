#include "cloud/services/apigateway/openapi.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/openapi.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/openapi_operation.h"

namespace trunkline::cloud::apigateway {
namespace {

// Defines one API of one document.
class Import {
 public:
  Import(Context& context, std::string_view api_id, const json::Object& document)
      : context_(context),
        api_id_(api_id),
        document_(document),
        components_(document.GetObject("components")) {}

  Answer<json::Array> Run(std::string_view base_path_mode) {
    TL_TRY(prefix_, Prefix(base_path_mode));
    TL_DO(Models());
    TL_DO(Validators());
    TL_DO(Authorizers());
    TL_DO(GatewayResponses());
    AddDocumentation(context_, api_id_, document_);
    for (const json::Member& path : document_.GetObject("paths")) TL_DO(Path(path));
    return std::move(warnings_);
  }

 private:
  bool Swagger() const { return document_.Has("swagger"); }

  // Swagger's basePath; of OpenAPI 3 the variable of this name, or the path of the first server.
  std::string BasePath() const {
    if (Swagger()) return std::string(document_.GetString("basePath"));
    const json::Array& servers = document_.GetArray("servers");
    if (servers.empty() || !servers[0].IsObject()) return {};
    const json::Object& server = servers[0].AsObject();
    const std::string_view variable =
        server.GetObject("variables").GetObject("basePath").GetString("default");
    if (!variable.empty())
      return fmt::format("{}{}", variable.starts_with('/') ? "" : "/", variable);
    const std::string_view url = server.GetString("url");
    const std::size_t host = url.find("://");
    const std::size_t path = url.find('/', host == std::string_view::npos ? 0 : host + 3);
    return std::string(path == std::string_view::npos ? "" : url.substr(path));
  }

  // What stands before every path. "split" leaves the first segment of the base path out, as it is
  // the stage of the API that was exported.
  Answer<std::string> Prefix(std::string_view mode) const {
    if (mode == "ignore") return std::string();
    std::string path = BasePath();
    while (path.ends_with('/')) path.pop_back();
    if (mode == "prepend") return path;
    if (mode != "split")
      return BadRequest(
          fmt::format("Invalid basepath '{}': expected ignore, prepend or split", mode));
    const std::size_t second = path.find('/', 1);
    return second == std::string::npos ? std::string() : path.substr(second);
  }

  // ---- what methods name

  std::string ModelAddress() const {
    return fmt::format("https://apigateway.amazonaws.com/restapis/{}/models/", api_id_);
  }

  Answer<void> Models() {
    const json::Object& schemas =
        Swagger() ? document_.GetObject("definitions") : components_.GetObject("schemas");
    for (const json::Member& schema : schemas) {
      if (!schema.value.IsObject()) continue;
      json::Object model{
          {"id", NewPartId(context_)}, {"name", schema.key}, {"contentType", "application/json"}};
      model.SetIfNotEmpty("description", schema.value.AsObject().GetString("description"));
      // References lead to the API's models, wherever the document has them.
      std::string text = json::Write(schema.value);
      for (const std::string_view place : {"#/components/schemas/", "#/definitions/"})
        text = Replace(text, place, ModelAddress());
      model.Set("schema", std::move(text));
      TL_DO(CheckModel(model));
      SavePart(context_, kModel, api_id_, std::move(model), schema.key);
    }
    return {};
  }

  Answer<void> Validators() {
    for (const json::Member& one : document_.GetObject("x-amazon-apigateway-request-validators")) {
      if (!one.value.IsObject()) continue;
      const json::Object& said = one.value.AsObject();
      const std::string id = NewPartId(context_);
      json::Object validator{
          {"id", id},
          {"name", one.key},
          {"validateRequestBody", said.GetBool("validateRequestBody")},
          {"validateRequestParameters", said.GetBool("validateRequestParameters")}};
      SavePart(context_, kValidator, api_id_, std::move(validator), one.key);
      validators_.Set(one.key, id);
    }
    return {};
  }

  Answer<void> Authorizers() {
    const json::Object& schemes = Swagger() ? document_.GetObject("securityDefinitions")
                                            : components_.GetObject("securitySchemes");
    for (const json::Member& scheme : schemes) {
      if (!scheme.value.IsObject()) continue;
      const json::Object& said = scheme.value.AsObject();
      const json::Object& extension = said.GetObject("x-amazon-apigateway-authorizer");
      if (extension.empty()) continue;
      TL_DO(Authorizer(scheme.key, said, extension));
    }
    return {};
  }

  Answer<void> Authorizer(const std::string& name, const json::Object& scheme,
                          const json::Object& extension) {
    const std::string id = NewPartId(context_);
    json::Object authorizer{
        {"id", id},
        {"name", name},
        {"type", ToUpper(extension.GetString("type"))},
        {"authType", scheme.GetString("x-amazon-apigateway-authtype", "custom")},
        {"authorizerUri", extension.GetString("authorizerUri")}};
    constexpr std::string_view kLife = "authorizerResultTtlInSeconds";
    if (const json::Value* life = extension.Find(kLife)) authorizer.Set(kLife, *life);
    for (const std::string_view member :
         {"authorizerCredentials", "identityValidationExpression", "identitySource"})
      authorizer.SetIfNotEmpty(member, extension.GetString(member));
    if (!authorizer.Has("identitySource") && authorizer.GetString("type") == "TOKEN")
      authorizer.Set("identitySource",
                     fmt::format("method.request.header.{}", scheme.GetString("name")));
    TL_DO(CheckAuthorizer(authorizer));
    SavePart(context_, kAuthorizer, api_id_, std::move(authorizer), name);
    authorizers_.Set(name, id);
    return {};
  }

  Answer<void> GatewayResponses() {
    for (const json::Member& one : document_.GetObject("x-amazon-apigateway-gateway-responses")) {
      if (!one.value.IsObject()) continue;
      const json::Object& said = one.value.AsObject();
      json::Object input{{"restApiId", api_id_}, {"responseType", one.key}};
      if (const json::Value* status = said.Find("statusCode"))
        input.Set("statusCode",
                  status->IsNumber() ? status->AsNumber().text : said.GetString("statusCode"));
      for (const std::string_view member : {"responseParameters", "responseTemplates"}) {
        if (said.Has(member)) input.Set(member, said.GetObject(member));
      }
      TL_DO(context_.Call("apigateway", "PutGatewayResponse", input));
    }
    return {};
  }

  // ---- paths

  // The resource of a path, with those above it.
  Answer<Record> Resource(std::string_view path) {
    const Record* at =
        context_.store.FindByName(context_.RegionScope(), kResource.kind, api_id_, "/");
    if (!at) return BadRequest("The API has no root resource");
    Record resource = *at;
    std::string whole;
    for (const std::string_view part : Split(path.substr(1), '/')) {
      if (part.empty()) continue;
      whole += "/" + std::string(part);
      const Record* found =
          context_.store.FindByName(context_.RegionScope(), kResource.kind, api_id_, whole);
      if (!found) {
        TL_DO(AddResource(context_, api_id_, resource, part));
        found = context_.store.FindByName(context_.RegionScope(), kResource.kind, api_id_, whole);
      }
      resource = *found;
    }
    return resource;
  }

  Answer<void> Path(const json::Member& path) {
    if (!path.key.starts_with('/') || !path.value.IsObject()) return {};
    TL_TRY(Record resource, Resource(prefix_ + path.key));
    json::Object methods = resource.body.GetObject("resourceMethods");
    for (const std::string_view name : execute_api::kDocumentMethods) {
      const json::Value* operation = path.value.AsObject().Find(name);
      if (!operation || !operation->IsObject()) continue;
      const std::string method = execute_api::MethodOfDocument(name);
      TL_TRY(json::Object made,
             Method(method, operation->AsObject(), path.value.AsObject(), resource));
      methods.Set(method, std::move(made));
    }
    if (!methods.empty()) resource.body.Set("resourceMethods", std::move(methods));
    SavePart(context_, kResource, api_id_, resource.body, resource.name);
    return {};
  }

  // The first security requirement that means something here.
  void Security(const json::Object& operation, json::Object& method) {
    const json::Array& wanted =
        operation.Has("security") ? operation.GetArray("security") : document_.GetArray("security");
    const json::Object& schemes = Swagger() ? document_.GetObject("securityDefinitions")
                                            : components_.GetObject("securitySchemes");
    for (const json::Value& one : wanted) {
      if (!one.IsObject()) continue;
      for (const json::Member& name : one.AsObject()) {
        const json::Object& scheme = schemes.GetObject(name.key);
        if (authorizers_.Has(name.key)) {
          method.Set("authorizationType", "CUSTOM");
          method.Set("authorizerId", authorizers_.GetString(name.key));
        } else if (scheme.GetString("x-amazon-apigateway-authtype") == "awsSigv4") {
          method.Set("authorizationType", "AWS_IAM");
        } else if (scheme.GetString("type") == "apiKey" && scheme.GetString("in") == "header") {
          method.Set("apiKeyRequired", true);
        }
      }
    }
    if (operation.GetObject("x-amazon-apigateway-auth").GetString("type") == "AWS_IAM")
      method.Set("authorizationType", "AWS_IAM");
  }

  Answer<json::Object> Method(const std::string& name, const json::Object& operation,
                              const json::Object& path, const Record& resource) {
    json::Object method{
        {"httpMethod", name}, {"authorizationType", "NONE"}, {"apiKeyRequired", false}};
    method.SetIfNotEmpty("operationName", operation.GetString("operationId"));
    const OperationReader reader(document_, warnings_);
    reader.Parameters(path, method);
    reader.Parameters(operation, method);
    reader.RequestModels(operation, method);
    Security(operation, method);
    reader.Responses(operation, method);
    const std::string_view all = document_.GetString("x-amazon-apigateway-request-validator");
    const std::string_view validator =
        operation.GetString("x-amazon-apigateway-request-validator", all);
    method.SetIfNotEmpty("requestValidatorId", validators_.GetString(validator));
    TL_DO(CheckMethod(context_, api_id_, method));
    const json::Object& extension = operation.GetObject("x-amazon-apigateway-integration");
    if (extension.empty()) return method;
    TL_TRY(json::Object integration, ReadIntegration(extension, resource.id));
    method.Set("methodIntegration", std::move(integration));
    return method;
  }

  Context& context_;
  std::string api_id_;
  const json::Object& document_;
  const json::Object& components_;
  std::string prefix_;
  json::Object validators_;   // id by name
  json::Object authorizers_;  // the same
  json::Array warnings_;
};

}  // namespace

Answer<json::Object> ReadDocument(std::string_view body) {
  Result<json::Object> document = execute_api::ReadOpenApi(body);
  if (document) return std::move(*document);
  return BadRequest("Invalid OpenAPI input: " + document.error().message());
}

json::Object ApiMembers(const json::Object& document) {
  json::Object members;
  const json::Object& info = document.GetObject("info");
  members.SetIfNotEmpty("name", info.GetString("title"));
  members.SetIfNotEmpty("description", info.GetString("description"));
  members.SetIfNotEmpty("version", info.GetString("version"));
  if (const json::Value* policy = document.Find("x-amazon-apigateway-policy"))
    members.Set("policy", policy->IsString() ? policy->AsString() : json::Write(*policy));
  if (document.Has("x-amazon-apigateway-binary-media-types"))
    members.Set("binaryMediaTypes", document.GetArray("x-amazon-apigateway-binary-media-types"));
  if (document.Has("x-amazon-apigateway-minimum-compression-size"))
    members.Set("minimumCompressionSize",
                document.GetInt("x-amazon-apigateway-minimum-compression-size"));
  members.SetIfNotEmpty("apiKeySource",
                        ToUpper(document.GetString("x-amazon-apigateway-api-key-source")));
  return members;
}

Answer<json::Array> DefineApi(Context& context, std::string_view api_id,
                              const json::Object& document, std::string_view base_path_mode) {
  return Import(context, api_id, document).Run(base_path_mode);
}

}  // namespace trunkline::cloud::apigateway
