#include "cloud/execute_api/rest_method.h"

#include "base/text.h"
#include "cloud/execute_api/path_match.h"

namespace trunkline::cloud::execute_api {
namespace {

// A slash at the end means nothing to REST APIs, nor do more than one at the beginning (seen).
std::string_view Trimmed(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  while (path.starts_with("//")) path.remove_prefix(1);
  return path;
}

const json::Object* ChooseResource(const json::Object& snapshot, ApiCall& call) {
  const json::Object* best = nullptr;
  std::string rank;
  for (const json::Value& one : snapshot.GetArray("resources")) {
    const json::Object& resource = one.AsObject();
    auto match = MatchPath(resource.GetString("path"), Trimmed(call.path), PathText::kRaw);
    if (!match || (best && match->rank <= rank)) continue;
    // A resource without methods is only a step of the tree.
    const json::Object& methods = resource.GetObject("resourceMethods");
    if (!methods.Has(call.method) && !methods.Has("ANY")) continue;
    best = &resource;
    rank = match->rank;
    call.path_parameters = std::move(match->parameters);
  }
  return best;
}

}  // namespace

bool IsBinary(const json::Object& api, std::string_view media_type) {
  const std::string type = ToLower(Trim(media_type.substr(0, media_type.find(';'))));
  for (const json::Value& one : api.GetArray("binaryMediaTypes")) {
    const std::string& known = one.AsString();
    if (known == "*/*" || EqualsIgnoreCase(known, type)) return true;
    if (known.ends_with("/*") && type.starts_with(known.substr(0, known.size() - 1))) return true;
  }
  return false;
}

RestMethod TakeMethod(const json::Object& snapshot, const json::Object& resource, ApiCall& call) {
  RestMethod met;
  met.api = snapshot.GetObject("api");
  met.gateway_responses = snapshot.GetObject("gatewayResponses");
  const json::Object& methods = resource.GetObject("resourceMethods");
  met.method = methods.GetObject(methods.Has(call.method) ? std::string_view(call.method) : "ANY");
  if (met.method.empty()) return met;
  call.resource_id = resource.GetString("id");
  call.resource_path = resource.GetString("path");
  call.route_key = call.method + " " + call.resource_path;
  call.operation_name = met.method.GetString("operationName");
  met.integration = met.method.GetObject("methodIntegration");
  met.authorizer =
      snapshot.GetObject("authorizers").GetObject(met.method.GetString("authorizerId"));
  met.validator =
      snapshot.GetObject("validators").GetObject(met.method.GetString("requestValidatorId"));
  if (met.validator.GetBool("validateRequestBody")) met.models = snapshot.GetObject("models");
  return met;
}

RestMethod MeetMethod(const json::Object& snapshot, ApiCall& call) {
  const json::Object* resource = ChooseResource(snapshot, call);
  return TakeMethod(snapshot, resource ? *resource : json::Object(), call);
}

}  // namespace trunkline::cloud::execute_api
