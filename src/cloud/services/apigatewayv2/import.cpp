// Importing HTTP APIs from OpenAPI 3 documents (JSON or YAML), and putting one over an API that is
// there.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/openapi.h"
#include "cloud/services/apigatewayv2/api.h"
#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

Answer<json::Object> ReadDocument(std::string_view body) {
  Result<json::Object> document = execute_api::ReadOpenApi(body);
  if (document && document->Has("openapi")) return std::move(*document);
  return BadRequest(fmt::format("Unable to parse the OpenAPI 3 definition: {}",
                                document ? "it is of version 2" : document.error().message()));
}

// "allowOrigins" is AllowOrigins and so on.
json::Object Capitalised(const json::Object& members) {
  json::Object capitalised;
  for (const json::Member& member : members) {
    std::string name = member.key;
    if (!name.empty()) name[0] = ToUpper(name.substr(0, 1))[0];
    capitalised.Set(name, member.value);
  }
  return capitalised;
}

json::Object ApiMembers(const json::Object& document) {
  json::Object members;
  const json::Object& info = document.GetObject("info");
  members.SetIfNotEmpty("Name", info.GetString("title"));
  members.SetIfNotEmpty("Description", info.GetString("description"));
  members.SetIfNotEmpty("Version", info.GetString("version"));
  const json::Object& cors = document.GetObject("x-amazon-apigateway-cors");
  if (!cors.empty()) members.Set("CorsConfiguration", Capitalised(cors));
  for (const json::Value& server : document.GetArray("servers")) {
    if (!server.IsObject()) continue;
    const json::Object& endpoint =
        server.AsObject().GetObject("x-amazon-apigateway-endpoint-configuration");
    if (const json::Value* disabled = endpoint.Find("disableExecuteApiEndpoint"))
      members.Set("DisableExecuteApiEndpoint", *disabled);
  }
  return members;
}

// Tags with a value are the API's own.
json::Object TagsOf(const json::Object& document) {
  json::Object tags;
  for (const json::Value& tag : document.GetArray("tags")) {
    const json::Value* value =
        tag.IsObject() ? tag.AsObject().Find("x-amazon-apigateway-tag-value") : nullptr;
    if (value && value->IsString()) tags.Set(tag.AsObject().GetString("name"), *value);
  }
  return tags;
}

// The route of every other request: by its path, with or without a slash, or by its mark.
bool IsDefaultRoute(std::string_view path, const json::Object& operation) {
  return path == "$default" || path == "/$default" || operation.GetBool("isDefaultRoute");
}

// Defines one API of one document, by the operations anybody would call.
class Import {
 public:
  Import(Context& context, std::string api_id, const json::Object& document)
      : context_(context), api_id_(std::move(api_id)), document_(document) {}

  Answer<void> Run() {
    TL_DO(Authorizers());
    for (const json::Member& path : document_.GetObject("paths")) {
      if (path.value.IsObject()) TL_DO(Path(path.key, path.value.AsObject()));
    }
    return {};
  }

 private:
  Answer<json::Object> Call(std::string_view operation, json::Object input) {
    input.Set("ApiId", api_id_);
    return context_.Call("apigatewayv2", operation, input);
  }

  Answer<void> Authorizers() {
    for (const json::Member& scheme :
         document_.GetObject("components").GetObject("securitySchemes")) {
      if (!scheme.value.IsObject()) continue;
      const json::Object& extension =
          scheme.value.AsObject().GetObject("x-amazon-apigateway-authorizer");
      if (!extension.empty()) TL_DO(Authorizer(scheme.key, extension));
    }
    return {};
  }

  Answer<void> Authorizer(const std::string& name, const json::Object& extension) {
    json::Object input = Capitalised(extension);
    for (const std::string_view member : {"Type", "JwtConfiguration", "IdentitySource"})
      input.Remove(member);
    input.Set("Name", name);
    input.Set("AuthorizerType", ToUpper(extension.GetString("type")));
    json::Array sources = extension.GetArray("identitySource");
    for (const std::string_view one : Split(extension.GetString("identitySource"), ',')) {
      if (!Trim(one).empty()) sources.emplace_back(Trim(one));
    }
    input.Set("IdentitySource", std::move(sources));
    if (extension.Has("jwtConfiguration"))
      input.Set("JwtConfiguration", Capitalised(extension.GetObject("jwtConfiguration")));
    TL_TRY(const json::Object made, Call("CreateAuthorizer", std::move(input)));
    authorizers_.Set(name, made);
    return {};
  }

  Answer<void> Path(const std::string& path, const json::Object& item) {
    for (const std::string_view name : execute_api::kDocumentMethods) {
      const json::Value* operation = item.Find(name);
      if (!operation || !operation->IsObject()) continue;
      const std::string method = execute_api::MethodOfDocument(name);
      const bool any_other = IsDefaultRoute(path, operation->AsObject());
      const std::string key =
          any_other ? std::string("$default") : fmt::format("{} {}", method, path);
      TL_DO(Route(key, operation->AsObject()));
    }
    return {};
  }

  Answer<void> Route(const std::string& key, const json::Object& operation) {
    json::Object route{{"RouteKey", key}};
    route.SetIfNotEmpty("OperationName", operation.GetString("operationId"));
    Security(operation, route);
    json::Object extension = operation.GetObject("x-amazon-apigateway-integration");
    if (extension.Has("$ref")) {
      const std::string_view reference = extension.GetString("$ref");
      extension = document_.GetObject("components")
                      .GetObject("x-amazon-apigateway-integrations")
                      .GetObject(reference.substr(reference.rfind('/') + 1));
    }
    if (!extension.empty()) {
      TL_TRY(const json::Object made, Call("CreateIntegration", IntegrationInput(extension)));
      route.Set("Target", fmt::format("integrations/{}", made.GetString("IntegrationId")));
    }
    TL_DO(Call("CreateRoute", std::move(route)));
    return {};
  }

  static json::Object IntegrationInput(const json::Object& extension) {
    json::Object input = Capitalised(extension);
    for (const std::string_view member : {"Type", "Uri", "HttpMethod", "Credentials"})
      input.Remove(member);
    input.Set("IntegrationType", ToUpper(extension.GetString("type")));
    input.SetIfNotEmpty("IntegrationUri", extension.GetString("uri"));
    input.SetIfNotEmpty("IntegrationMethod", extension.GetString("httpMethod"));
    input.SetIfNotEmpty("CredentialsArn", extension.GetString("credentials"));
    if (const json::Value* version = extension.Find("payloadFormatVersion");
        version && version->IsNumber())
      input.Set("PayloadFormatVersion", version->AsNumber().text);
    return input;
  }

  // The first security requirement that means something here.
  void Security(const json::Object& operation, json::Object& route) const {
    const json::Array& wanted =
        operation.Has("security") ? operation.GetArray("security") : document_.GetArray("security");
    for (const json::Value& one : wanted) {
      if (!one.IsObject()) continue;
      for (const json::Member& name : one.AsObject()) {
        const json::Object& scheme =
            document_.GetObject("components").GetObject("securitySchemes").GetObject(name.key);
        if (scheme.GetString("x-amazon-apigateway-authtype") == "awsSigv4") {
          route.Set("AuthorizationType", "AWS_IAM");
          return;
        }
        const json::Object& authorizer = authorizers_.GetObject(name.key);
        if (authorizer.empty()) continue;
        const bool jwt = authorizer.GetString("AuthorizerType") == "JWT";
        route.Set("AuthorizationType", jwt ? "JWT" : "CUSTOM");
        route.Set("AuthorizerId", authorizer.GetString("AuthorizerId"));
        if (jwt && name.value.IsArray()) route.Set("AuthorizationScopes", name.value);
        return;
      }
    }
    if (operation.GetObject("x-amazon-apigateway-auth").GetString("type") == "AWS_IAM")
      route.Set("AuthorizationType", "AWS_IAM");
  }

  Context& context_;
  std::string api_id_;
  const json::Object& document_;
  json::Object authorizers_;  // as created, by the name of their scheme
};

Answer<> Define(Context& context, std::string_view api_id, const json::Object& document) {
  TL_DO(Import(context, std::string(api_id), document).Run());
  if (json::Object tags = TagsOf(document); !tags.empty()) {
    const std::string arn = fmt::format("arn:aws:apigateway:{}::/apis/{}", context.region, api_id);
    TL_DO(context.Call("apigatewayv2", "TagResource",
                       {{"ResourceArn", arn}, {"Tags", std::move(tags)}}));
  }
  TL_TRY(const Record* api, FindApi(context, api_id));
  return ShowApi(context, api->body);
}

Answer<> ImportApi(Context& context, const json::Object& input) {
  TL_TRY(const json::Object document, ReadDocument(input.GetString("Body")));
  json::Object members = ApiMembers(document);
  members.Set("ProtocolType", "HTTP");
  TL_TRY(const json::Object made, context.Call("apigatewayv2", "CreateApi", members));
  return Define(context, made.GetString("ApiId"), document);
}

// The API keeps its id and stages; routes, integrations and authorizers are the document's.
Answer<> ReimportApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  const std::string id = api->id;
  TL_TRY(const json::Object document, ReadDocument(input.GetString("Body")));
  json::Object members = ApiMembers(document);
  members.Set("ApiId", id);
  TL_DO(context.Call("apigatewayv2", "UpdateApi", members));
  for (const Part* part : {&kRoute, &kIntegration, &kAuthorizer}) DeleteParts(context, *part, id);
  TL_TRY(json::Object shown, Define(context, id, document));
  AutoDeploy(context, id);
  return shown;
}

constexpr Operation kOperations[] = {
    {.name = "ImportApi", .handle = ImportApi},
    {.name = "ReimportApi", .handle = ReimportApi},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kImportOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
