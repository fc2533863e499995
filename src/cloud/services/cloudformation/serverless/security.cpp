#include "cloud/services/cloudformation/serverless/security.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kSchemes = "securityDefinitions";
constexpr std::string_view kIam = "AWS_IAM";
constexpr std::string_view kNone = "NONE";
constexpr std::string_view kKey = "api_key";
constexpr std::string_view kNoKey = "api_key_false";  // only until the API's own Auth is known

json::Value Requirement(std::string_view name, json::Value scopes) {
  json::Object requirement;
  requirement.Set(name, std::move(scopes));
  return json::Value(std::move(requirement));
}

bool Names(const json::Value& requirement, std::string_view name) {
  return requirement.IsObject() && requirement.AsObject().Has(name);
}

void AddIamScheme(json::Object& body) {
  json::Object& schemes = ObjectAt(body, kSchemes);
  if (!schemes.Has(kIam)) schemes.Set(kIam, IamScheme());
}

void Require(json::Object& definition, json::Value requirement) {
  json::Array security = definition.GetArray("security");
  security.push_back(std::move(requirement));
  definition.Set("security", std::move(security));
}

ServiceError CannotSet(const MethodPlace& place, std::string_view authorizer,
                       std::string_view because) {
  return InvalidEvent(
      place.event,
      fmt::format("Unable to set Authorizer [{}] on API method [{}] for path [{}] because {}",
                  authorizer, place.method, place.path, because));
}

Answer<void> CheckAuthorizer(const MethodPlace& place, const std::string& name,
                             const json::Object& api_auth) {
  if (name == kIam) return {};
  if (name == kNone) {
    if (Given(api_auth, "DefaultAuthorizer")) return {};
    return InvalidEvent(
        place.event,
        fmt::format("Unable to set Authorizer on API method [{}] for path [{}] because 'NONE' is "
                    "only a valid value when a DefaultAuthorizer on the API is specified.",
                    place.method, place.path));
  }
  if (!Given(api_auth, "Authorizers"))
    return CannotSet(place, name, "the related API does not define any Authorizers.");
  if (!Given(api_auth.GetObject("Authorizers"), name))
    return CannotSet(place, name, "it wasn't defined in the API's Authorizers.");
  return {};
}

// The scopes of the event, else of the authorizer, else none.
json::Value ScopesOf(const json::Object& auth, const json::Object& authorizer) {
  if (const json::Value* own = Present(auth, "AuthorizationScopes")) return *own;
  if (const json::Value* scopes = Present(authorizer, "AuthorizationScopes")) return *scopes;
  return json::Array();
}

Answer<void> SetMethodAuthorizer(const MethodPlace& place, const json::Object& auth,
                                 const json::Object& api_auth, json::Object& body) {
  const json::Value* given = Given(auth, "Authorizer");
  if (!given) return {};
  if (!given->IsString()) {
    return InvalidEvent(
        place.event,
        fmt::format("Unable to set Authorizer [{}] on API method [{}] for path [{}]. The method "
                    "authorizer must be a string with a corresponding dict entry in the api "
                    "authorizer.",
                    TextOf(*given), place.method, place.path));
  }
  const std::string& name = given->AsString();
  TL_DO(CheckAuthorizer(place, name, api_auth));
  const json::Object& authorizer = api_auth.GetObject("Authorizers").GetObject(name);
  const json::Value scopes =
      authorizer.empty() ? json::Value(json::Array()) : ScopesOf(auth, authorizer);
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, place.path, place.method));
  for (json::Object* definition : methods) {
    Require(*definition, Requirement(name, scopes));
    if (Names(definition->GetArray("security").front(), kIam)) AddIamScheme(body);
  }
  return {};
}

Answer<void> SetMethodKey(const MethodPlace& place, const json::Object& auth,
                          const json::Object& api_auth, json::Object& body) {
  const json::Value* required = Present(auth, "ApiKeyRequired");
  if (!required) return {};
  if (!IsGiven(*required) && !Given(api_auth, "ApiKeyRequired")) {
    return InvalidEvent(
        place.event,
        fmt::format("Unable to set ApiKeyRequired [False] on API method [{}] for path [{}] because "
                    "the related API does not specify any ApiKeyRequired.",
                    place.method, place.path));
  }
  if (IsGiven(*required)) AddApiKeyScheme(body);
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, place.path, place.method));
  for (json::Object* definition : methods)
    Require(*definition, Requirement(IsGiven(*required) ? kKey : kNoKey, json::Array()));
  return {};
}

// Takes apart what a method requires.
struct Requirements {
  json::Array wanted;  // names one of these
  json::Array rest;
};
Requirements Sort(const json::Array& security, const std::vector<std::string_view>& names) {
  Requirements sorted;
  for (const json::Value& one : security) {
    const bool wanted = std::any_of(names.begin(), names.end(),
                                    [&](std::string_view name) { return Names(one, name); });
    (wanted ? sorted.wanted : sorted.rest).push_back(one);
  }
  return sorted;
}

// Takes away the first requirement of the name; false: there was none.
bool Drop(json::Array& security, std::string_view name) {
  const auto found = std::find_if(security.begin(), security.end(),
                                  [&](const json::Value& one) { return Names(one, name); });
  if (found == security.end()) return false;
  security.erase(found);
  return true;
}

}  // namespace

Answer<void> SecureMethod(const Document& document, const MethodPlace& place,
                          const json::Object& auth, const json::Object& api, json::Object& body) {
  const json::Value resolved = document.values.Resolve(json::Value(api.GetObject("Auth")));
  const json::Object& api_auth = resolved.AsObject();
  if (Given(auth, "AuthorizationScopes") && !Given(auth, "Authorizer"))
    return InvalidEvent(place.event, "AuthorizationScopes works only when Authorizer is set");
  TL_DO(SetMethodAuthorizer(place, auth, api_auth, body));
  TL_DO(SetMethodKey(place, auth, api_auth, body));
  const json::Value* policy = Given(auth, "ResourcePolicy");
  if (!policy) return {};
  if (!policy->IsObject())
    return InvalidResource(place.event, "Property 'Auth.ResourcePolicy' should be a map.");
  TL_DO(AddResourcePolicy(policy->AsObject(), {place.path}, place.stage, body));
  AddCustomStatements(policy->AsObject(), body);
  return {};
}

Answer<void> SetDefaultAuthorizer(json::Object& body, std::string_view name,
                                  const json::Object& authorizers, bool preflight) {
  std::vector<std::string_view> names = {kIam};
  for (const json::Member& authorizer : authorizers) names.push_back(authorizer.key);
  const json::Object& own = authorizers.GetObject(name);
  for (const std::string& path : PathsOf(body)) {
    TL_TRY(const std::vector<NamedMethod> methods, AllMethodsAt(body, path));
    for (const NamedMethod& method : methods) {
      if (method.name == "options" && !preflight) continue;
      Requirements sorted = Sort(method.definition->GetArray("security"), names);
      const bool none = Drop(sorted.rest, kNone);
      if (!none && sorted.wanted.empty())
        sorted.wanted.push_back(Requirement(name, ScopesOf({}, own)));
      json::Array security = std::move(sorted.rest);
      if (!none) security.insert(security.end(), sorted.wanted.begin(), sorted.wanted.end());
      if (security.empty()) continue;
      if (Names(security.front(), kIam)) AddIamScheme(body);
      method.definition->Set("security", std::move(security));
    }
  }
  return {};
}

Answer<void> SetDefaultApiKey(json::Object& body, bool preflight) {
  for (const std::string& path : PathsOf(body)) {
    TL_TRY(const std::vector<NamedMethod> methods, AllMethodsAt(body, path));
    for (const NamedMethod& method : methods) {
      const json::Array& before = method.definition->GetArray("security");
      Requirements sorted = Sort(before, {kKey, kNoKey});
      json::Array security = sorted.rest;
      const bool free = Drop(sorted.wanted, kNoKey) || (method.name == "options" && !preflight);
      if (!free) security.push_back(Requirement(kKey, json::Array()));
      if (security != before) method.definition->Set("security", std::move(security));
    }
  }
  return {};
}

void AddApiKeyScheme(json::Object& body) {
  json::Object& schemes = ObjectAt(body, kSchemes);
  if (schemes.Has(kKey)) return;
  schemes.Set(kKey, json::Object{{"type", "apiKey"}, {"name", "x-api-key"}, {"in", "header"}});
}

json::Object IamScheme() {
  return {{"x-amazon-apigateway-authtype", "awsSigv4"},
          {"type", "apiKey"},
          {"name", "Authorization"},
          {"in", "header"}};
}

}  // namespace trunkline::cloud::cloudformation::serverless
