// HttpApi: a route of an HTTP API calls a function.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/integration.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

struct Route {
  std::string path;
  std::string method;  // lower case
  json::Value api;     // as the event names it
};

Route RouteOf(const Event& event) {
  const json::Value* api = event.properties.Find("ApiId");
  return {.path = std::string(event.properties.GetString("Path")),
          .method = ToLower(event.properties.GetString("Method")),
          .api = api ? *api : json::Value()};
}

// The default route is this function's already: its permission covers every path.
Answer<bool> IsDefaultRouteOf(const Target& target, json::Object& body) {
  TL_TRY(const std::vector<json::Object*> methods,
         MethodsAt(body, std::string(kDefaultPath), kAnyMethod));
  const std::string own = fmt::format("${{{}.Arn}}", target.id);
  return !methods.empty() &&
         std::all_of(methods.begin(), methods.end(), [&](const json::Object* method) {
           const json::Object& uri = method->GetObject(kIntegration).GetObject("uri");
           return uri.GetString("Fn::Sub").find(own) != std::string_view::npos;
         });
}

json::Value PermissionSource(const Route& route) {
  const std::string path = route.path == kDefaultPath ? "" : PermittedPath(route.path, false);
  const bool any = MethodKey(route.method) == kAnyMethod;
  return ExecuteApiArn("${AWS::Partition}",
                       fmt::format("/{}{}", any ? "*" : ToUpper(route.method), path), route.api);
}

ServiceError CannotSet(const Event& event, const Route& route, std::string_view authorizer,
                       std::string_view because) {
  return InvalidEvent(
      event.name,
      fmt::format("Unable to set Authorizer{} on API method [{}] for path [{}] because {}",
                  authorizer.empty() ? "" : fmt::format(" [{}]", authorizer), route.method,
                  route.path, because));
}

// The authorizer of the route: the event's, else the API's.
Answer<std::string> AuthorizerOf(const Event& event, const Route& route,
                                 const json::Object& api_auth) {
  const json::Object& auth = event.properties.GetObject("Auth");
  const json::Value* given = Given(auth, "Authorizer");
  if (!given) given = Given(api_auth, "DefaultAuthorizer");
  if (!given) {
    return InvalidEvent(event.name,
                        "'Auth' section requires either an explicit 'Authorizer' set "
                        "or a 'DefaultAuthorizer' configured on the HttpApi.");
  }
  const std::string name = TextOf(*given);
  if (name == "AWS_IAM" && api_auth.GetBool("EnableIamAuthorizer")) return name;
  if (name == "NONE") {
    if (Given(api_auth, "DefaultAuthorizer")) return name;
    return CannotSet(event, route, {},
                     "'NONE' is only a valid value when a DefaultAuthorizer on the API is "
                     "specified.");
  }
  const json::Object& known = api_auth.GetObject("Authorizers");
  const bool undeclared = !api_auth.empty() && !Present(api_auth, "Authorizers");
  if (!given->IsString() || undeclared) {
    return InvalidEvent(
        event.name,
        fmt::format("Unable to set Authorizer [{}] on API method [{}] for path [{}]. The method "
                    "authorizer must be a string with a corresponding dict entry in the api "
                    "authorizer.",
                    name, route.method, route.path));
  }
  if (known.empty())
    return CannotSet(event, route, name, "the related API does not define any Authorizers.");
  if (!Given(known, name))
    return CannotSet(event, route, name, "it wasn't defined in the API's Authorizers.");
  return name;
}

Answer<void> SecureRoute(const Event& event, const Route& route, const json::Object& api,
                         json::Object& body) {
  const json::Object& auth = event.properties.GetObject("Auth");
  if (auth.empty()) return {};
  const json::Object& api_auth = api.GetObject("Auth");
  TL_TRY(const std::string name, AuthorizerOf(event, route, api_auth));
  const json::Value* own = Given(auth, "AuthorizationScopes");
  if (own && !own->IsArray())
    return CannotSet(event, route, {}, "'AuthorizationScopes' must be a list of strings.");
  json::Value scopes = json::Array();
  if (name != "NONE" && name != "AWS_IAM") {
    const json::Object& authorizer = api_auth.GetObject("Authorizers").GetObject(name);
    const json::Value* given = own ? own : Given(authorizer, "AuthorizationScopes");
    if (given) scopes = *given;
  }
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, route.path, route.method));
  for (json::Object* definition : methods) {
    json::Object requirement;
    requirement.Set(name, scopes);
    json::Array security = definition->GetArray("security");
    security.emplace_back(std::move(requirement));
    definition->Set("security", std::move(security));
  }
  return {};
}

// "{id}" of the path, as parameters of the method.
void AddPathParameters(const std::string& path, json::Object& definition) {
  json::Array parameters = definition.GetArray("parameters");
  for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1)) {
    const std::size_t end = path.find('}', at);
    if (end == std::string::npos) break;
    const json::Value name(path.substr(at + 1, end - at - 1));
    auto known = std::find_if(parameters.begin(), parameters.end(), [&](const json::Value& one) {
      return one.IsObject() && one.AsObject().Has("name") && one.AsObject().At("name") == name;
    });
    if (known == parameters.end()) {
      parameters.emplace_back(json::Object{{"name", name}});
      known = parameters.end() - 1;
    }
    known->AsObject().Set("in", "path");
    known->AsObject().Set("required", true);
  }
  if (!parameters.empty()) definition.Set("parameters", std::move(parameters));
}

json::Object Integration(const Target& target) {
  json::Object made;
  made.Set("type", "aws_proxy");
  made.Set("httpMethod", "POST");
  made.Set("payloadFormatVersion", "2.0");
  made.Set("uri", FunctionUri("${AWS::Partition}", target, false));
  return made;
}

Answer<void> AddRoute(const Event& event, const Route& route, const Target& target,
                      const json::Object& api, json::Object& body) {
  TL_TRY(const bool taken, HasIntegration(body, route.path, route.method));
  if (taken && api.GetBool(kManaged)) {
    return InvalidEvent(event.name,
                        fmt::format("API method '{}' defined multiple times for path '{}'.",
                                    route.method, route.path));
  }
  if (!taken) {
    TL_DO(AddIntegration(
        body, route.path, route.method,
        {.integration = Integration(target), .responses = {}, .condition = target.condition}));
  }
  TL_DO(SecureRoute(event, route, api, body));
  TL_DO(SetTimeout(event, route.path, route.method, body));
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, route.path, route.method));
  for (json::Object* definition : methods) {
    AddPathParameters(route.path, *definition);
    if (const json::Value* version = Given(event.properties, "PayloadFormatVersion"))
      ObjectAt(*definition, kIntegration).Set("payloadFormatVersion", *version);
  }
  return {};
}

Answer<Resources> HttpApi(Document& document, const Event& event, const Target& target) {
  const Route route = RouteOf(event);
  const std::string id = route.api.IsString() ? route.api.AsString() : LogicalIdOf(route.api);
  json::Object* api = document.PropertiesOf(id);
  if (!api) {
    return InvalidEvent(event.name,
                        "ApiId must be a valid reference to an "
                        "'AWS::Serverless::HttpApi' resource in same template.");
  }
  json::Value* given = api->Find("DefinitionBody");
  json::Object* body = given && given->IsObject() ? &given->AsObject() : nullptr;
  if (body && !IsOpenApi(given)) {
    return InvalidResource(id,
                           "Structure of the SAM template is invalid. Invalid OpenApi "
                           "document. Invalid values or missing keys for 'openapi' or 'paths' "
                           "in 'DefinitionBody'.");
  }
  Resources made;
  bool covered = false;
  if (body && route.path != kDefaultPath) {
    TL_TRY(covered, IsDefaultRouteOf(target, *body));
  }
  if (!covered) {
    const PermissionOrder order{.service = "apigateway.amazonaws.com",
                                .source_arn = PermissionSource(route),
                                .source_account = nullptr};
    made.push_back(MakePermission(event.id, target, order));
  }
  if (body) TL_DO(AddRoute(event, route, target, *api, *body));
  return made;
}

constexpr Rule kRules[] = {
    {"Path", "s"}, {"Method", "s"},          {"ApiId", "s"},         {"Stage", "s"},
    {"Auth", "m"}, {"TimeoutInMillis", "i"}, {"RouteSettings", "m"}, {"PayloadFormatVersion", "s"}};

}  // namespace

constinit const EventKind kHttpApiEvent{.type = "HttpApi", .rules = kRules, .handle = HttpApi};

}  // namespace trunkline::cloud::cloudformation::serverless
