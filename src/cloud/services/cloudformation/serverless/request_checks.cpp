// Models and parameters that an event's method takes (RequestModel, RequestParameters).
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/integration.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kValidators = "x-amazon-apigateway-request-validators";

ServiceError CannotSetModel(const Event& event, std::string_view method, std::string_view because) {
  return InvalidEvent(
      event.name,
      fmt::format("Unable to set RequestModel [{}] on API method [{}] for path [{}] because {}",
                  event.properties.GetObject("RequestModel").GetString("Model"), method,
                  event.properties.GetString("Path"), because));
}

void SetModel(const std::string& model, const json::Value* required, const json::Object& body,
              json::Object& definition) {
  json::Object schema;
  if (Present(body, "swagger")) {
    schema.Set("$ref", "#/definitions/" + model);
    json::Object parameter{{"in", "body"}, {"name", model}, {"schema", std::move(schema)}};
    if (required) parameter.Set("required", *required);
    json::Array parameters = definition.GetArray("parameters");
    parameters.emplace_back(std::move(parameter));
    definition.Set("parameters", std::move(parameters));
    return;
  }
  schema.Set("$ref", "#/components/schemas/" + model);
  json::Object& of_body = ObjectAt(definition, "requestBody");
  ObjectAt(ObjectAt(of_body, "content"), "application/json").Set("schema", std::move(schema));
  if (required) of_body.Set("required", *required);
}

std::string ValidatorName(bool of_body, bool of_parameters) {
  if (of_body) return of_parameters ? "body-and-params" : "body-only";
  return of_parameters ? "params-only" : "no-validation";
}

Answer<void> SetValidator(const Event& event, const std::string& path, std::string_view method,
                          json::Object& body) {
  const json::Object& model = event.properties.GetObject("RequestModel");
  const json::Value* of_body = Present(model, "ValidateBody");
  const json::Value* of_parameters = Present(model, "ValidateParameters");
  if (!of_body && !of_parameters) return {};
  if ((of_body && !of_body->IsBool()) || (of_parameters && !of_parameters->IsBool())) {
    return InvalidEvent(
        event.name,
        fmt::format("Unable to set Validator to RequestModel [{}] on API method [{}] for path [{}] "
                    "ValidateBody and ValidateParameters must be a boolean type, strings or "
                    "intrinsics are not supported.",
                    model.GetString("Model"), method, path));
  }
  const bool checks_body = of_body && of_body->AsBool();
  const bool checks_parameters = of_parameters && of_parameters->AsBool();
  const std::string name = ValidatorName(checks_body, checks_parameters);
  ObjectAt(body, kValidators)
      .Set(name, json::Object{{"validateRequestBody", checks_body},
                              {"validateRequestParameters", checks_parameters}});
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, path, method));
  for (json::Object* definition : methods)
    definition->Set("x-amazon-apigateway-request-validator", name);
  return {};
}

struct Parameter {
  std::string name;  // "method.request.querystring.page"
  json::Value required{false};
  bool caching = false;
};

constexpr std::string_view kPlaces[] = {"method.request.header.", "method.request.path.",
                                        "method.request.querystring."};

Answer<Parameter> ReadParameter(const Event& event, const json::Value& value) {
  const auto wrong = [&](std::string_view what) {
    return InvalidEvent(event.name,
                        fmt::format("Invalid value for 'RequestParameters' property. {}", what));
  };
  Parameter parameter;
  if (value.IsString()) {
    parameter.name = value.AsString();
  } else if (value.IsObject() && !value.AsObject().empty()) {
    const json::Member& member = *value.AsObject().begin();
    parameter.name = member.key;
    const bool known = member.value.IsObject() &&
                       std::all_of(member.value.AsObject().begin(), member.value.AsObject().end(),
                                   [](const json::Member& one) {
                                     return one.key == "Required" || one.key == "Caching";
                                   });
    if (!known) return wrong("Values must be an object, e.g { Required: true, Caching: false }");
    if (const json::Value* required = member.value.AsObject().Find("Required"))
      parameter.required = *required;
    parameter.caching = Given(member.value.AsObject(), "Caching") != nullptr;
  } else {
    return wrong("Property must be either a string or an object");
  }
  const bool placed = std::any_of(std::begin(kPlaces), std::end(kPlaces),
                                  [&](auto place) { return parameter.name.starts_with(place); });
  if (placed) return parameter;
  return wrong(
      "Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g "
      "'method.request.header.Authorization'.");
}

void AddParameter(const Parameter& parameter, json::Object& definition) {
  const std::string_view rest = std::string_view(parameter.name).substr(15);
  const std::size_t dot = rest.find('.');
  const std::string_view place = rest.substr(0, dot);
  json::Array parameters = definition.GetArray("parameters");
  parameters.emplace_back(json::Object{{"in", place == "querystring" ? "query" : place},
                                       {"name", rest.substr(dot + 1)},
                                       {"required", parameter.required},
                                       {"type", "string"}});
  definition.Set("parameters", std::move(parameters));
  if (!parameter.caching) return;
  json::Object& integration = ObjectAt(definition, kIntegration);
  json::Array keys = integration.GetArray("cacheKeyParameters");
  keys.emplace_back(parameter.name);
  integration.Set("cacheKeyParameters", std::move(keys));
}

}  // namespace

Answer<void> SetRequestModel(const Event& event, const std::string& path, std::string_view method,
                             const json::Object& api, json::Object& body) {
  const json::Object& wanted = event.properties.GetObject("RequestModel");
  const json::Value* name = Given(wanted, "Model");
  if (!name) return {};
  const json::Value* models = Given(api, "Models");
  if (!models) return CannotSetModel(event, method, "the related API does not define any Models.");
  if (!models->IsObject())
    return CannotSetModel(event, method, "the related API Models defined is of invalid type.");
  if (!name->IsString())
    return CannotSetModel(event, method, "the related API does not contain valid Models.");
  if (!Given(models->AsObject(), name->AsString()))
    return CannotSetModel(event, method, "it wasn't defined in the API's Models.");
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, path, method));
  for (json::Object* definition : methods)
    SetModel(ToLower(name->AsString()), Present(wanted, "Required"), body, *definition);
  return SetValidator(event, path, method, body);
}

Answer<void> SetRequestParameters(const Event& event, const std::string& path,
                                  std::string_view method, json::Object& body) {
  const json::Array& wanted = event.properties.GetArray("RequestParameters");
  TL_TRY(const std::vector<json::Object*> methods, MethodsAt(body, path, method));
  for (const json::Value& value : wanted) {
    TL_TRY(const Parameter parameter, ReadParameter(event, value));
    for (json::Object* definition : methods) AddParameter(parameter, *definition);
  }
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
