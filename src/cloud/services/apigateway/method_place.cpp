#include "cloud/services/apigateway/method_place.h"

#include <fmt/format.h>

#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/patch.h"

namespace trunkline::cloud::apigateway {
namespace {

ServiceError Missing(MethodPart part) {
  switch (part) {
    case MethodPart::kMethod:
      return NotFound("Invalid Method identifier specified");
    case MethodPart::kIntegration:
      return NotFound("Invalid Integration identifier specified");
    default:
      return NotFound("Invalid Response status code specified");
  }
}

json::Object* Member(json::Object* object, std::string_view name) {
  json::Value* value = object ? object->Find(name) : nullptr;
  return value && value->IsObject() ? &value->AsObject() : nullptr;
}

json::Object& Ensure(json::Object& object, std::string_view name) {
  json::Value& value = object[name];
  if (!value.IsObject()) value = json::Object();
  return value.AsObject();
}

// What has no value is not shown; nor is an authorizer that the type does not ask for (seen).
void Tidy(json::Object& value) {
  for (const std::string_view name : {"authorizerId", "operationName", "requestValidatorId"}) {
    if (value.Has(name) && value.GetString(name).empty()) value.Remove(name);
  }
  const std::string_view type = value.GetString("authorizationType", "CUSTOM");
  if (type == "NONE" || type == "AWS_IAM") value.Remove("authorizerId");
}

}  // namespace

Answer<MethodPlace> MethodPlace::Find(Context& context, const json::Object& input,
                                      bool needs_method) {
  TL_TRY(const Record* resource, FindPart(context, kResource, input));
  MethodPlace place;
  place.resource_ = *resource;
  place.method_ = input.GetString("httpMethod");
  place.status_ = input.GetString("statusCode");
  if (needs_method && !place.Has(MethodPart::kMethod)) return Missing(MethodPart::kMethod);
  return place;
}

json::Object* MethodPlace::Reach(MethodPart part) {
  json::Object* method = Member(Member(&resource_.body, "resourceMethods"), method_);
  if (part == MethodPart::kMethod) return method;
  if (part == MethodPart::kMethodResponse)
    return Member(Member(method, "methodResponses"), status_);
  json::Object* integration = Member(method, "methodIntegration");
  if (part == MethodPart::kIntegration) return integration;
  return Member(Member(integration, "integrationResponses"), status_);
}

const json::Object* MethodPlace::Look(MethodPart part) const {
  return const_cast<MethodPlace*>(this)->Reach(part);
}

Answer<json::Object> MethodPlace::Get(MethodPart part) const {
  const json::Object* found = Look(part);
  if (!found) return Missing(part);
  return *found;
}

void MethodPlace::Put(Context& context, MethodPart part, json::Object value) {
  json::Object& methods = Ensure(resource_.body, "resourceMethods");
  if (part == MethodPart::kMethod) {
    methods.Set(method_, std::move(value));
    return Save(context);
  }
  json::Object& method = Ensure(methods, method_);
  if (part == MethodPart::kIntegration)
    method.Set("methodIntegration", std::move(value));
  else if (part == MethodPart::kMethodResponse)
    Ensure(method, "methodResponses").Set(status_, std::move(value));
  else if (part == MethodPart::kIntegrationResponse)
    Ensure(Ensure(method, "methodIntegration"), "integrationResponses")
        .Set(status_, std::move(value));
  Save(context);
}

void MethodPlace::Remove(Context& context, MethodPart part) {
  json::Object& methods = Ensure(resource_.body, "resourceMethods");
  json::Object* method = Member(&methods, method_);
  if (part == MethodPart::kMethod) methods.Remove(method_);
  if (part == MethodPart::kIntegration) method->Remove("methodIntegration");
  if (part == MethodPart::kMethodResponse) Ensure(*method, "methodResponses").Remove(status_);
  if (part == MethodPart::kIntegrationResponse)
    Ensure(Ensure(*method, "methodIntegration"), "integrationResponses").Remove(status_);
  if (methods.empty()) resource_.body.Remove("resourceMethods");
  Save(context);
}

void MethodPlace::Save(Context& context) {
  SavePart(context, kResource, resource_.parent, resource_.body, resource_.name);
}

Answer<> GetMethodPart(Context& context, MethodPart part, const json::Object& input) {
  TL_TRY(const MethodPlace place, MethodPlace::Find(context, input, true));
  if (part == MethodPart::kIntegrationResponse) TL_DO(place.Get(MethodPart::kIntegration));
  return place.Get(part);
}

Answer<> DeleteMethodPart(Context& context, MethodPart part, const json::Object& input) {
  // Of a response to no method the integration is missed (seen).
  const bool response = part == MethodPart::kIntegrationResponse;
  TL_TRY(MethodPlace place, MethodPlace::Find(context, input, !response));
  if (response) TL_DO(place.Get(MethodPart::kIntegration));
  TL_DO(place.Get(part));
  place.Remove(context, part);
  return json::Object();
}

Answer<> PatchMethodPart(Context& context, MethodPart part, const PatchTable& table,
                         const json::Object& input) {
  TL_TRY(MethodPlace place, MethodPlace::Find(context, input, true));
  TL_TRY(json::Object value, place.Get(part));
  TL_DO(Patch(context, table, input, value));
  if (part == MethodPart::kMethod) {
    TL_DO(CheckMethod(context, place.api_id(), value));
    Tidy(value);
  }
  if (part == MethodPart::kIntegration) TL_DO(CheckIntegration(value));
  if (part == MethodPart::kIntegrationResponse) TL_DO(CheckIntegrationResponse(value));
  place.Put(context, part, value);
  return value;
}

}  // namespace trunkline::cloud::apigateway
