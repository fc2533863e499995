#include "cloud/services/apigateway/openapi_operation.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/apigateway/api.h"

namespace trunkline::cloud::apigateway {
namespace {

std::string ModelName(const json::Object& schema) {
  const std::string_view reference = schema.GetString("$ref");
  return std::string(reference.substr(reference.rfind('/') + 1));
}

// The models that the "content" of a body or a response names.
json::Object ContentModels(const json::Object& owner) {
  json::Object models;
  for (const json::Member& content : owner.GetObject("content")) {
    if (!content.value.IsObject()) continue;
    const json::Object& schema = content.value.AsObject().GetObject("schema");
    if (schema.Has("$ref")) models.Set(content.key, ModelName(schema));
  }
  return models;
}

void AddModels(const std::vector<std::string>& types, const json::Object& schema,
               json::Object& models) {
  if (!schema.Has("$ref")) return;
  for (const std::string& type : types) models.Set(type, ModelName(schema));
}

json::Object IntegrationResponses(const json::Object& extension) {
  json::Object responses;
  for (const json::Member& one : extension.GetObject("responses")) {
    if (!one.value.IsObject()) continue;
    json::Object response = one.value.AsObject();
    if (const json::Value* status = response.Find("statusCode"); status && status->IsNumber())
      response.Set("statusCode", std::string(status->AsNumber().text));
    if (one.key != "default") response.Set("selectionPattern", one.key);
    const std::string status(response.GetString("statusCode"));
    responses.Set(status, std::move(response));
  }
  return responses;
}

}  // namespace

const json::Object& OperationReader::Resolved(const json::Object& value) const {
  const std::string_view reference = value.GetString("$ref");
  if (reference.empty()) return value;
  const json::Object* at = &document_;
  if (reference.starts_with("#/")) {
    for (const std::string_view step : Split(reference.substr(2), '/')) at = &at->GetObject(step);
  }
  if (at == &document_ || at->empty())
    warnings_.emplace_back(fmt::format("The reference '{}' leads to nothing", reference));
  return at == &document_ ? value : *at;
}

void OperationReader::Parameters(const json::Object& owner, json::Object& method) const {
  json::Object parameters = method.GetObject("requestParameters");
  for (const json::Value& one : owner.GetArray("parameters")) {
    if (!one.IsObject()) continue;
    const json::Object& parameter = Resolved(one.AsObject());
    const std::string_view in = parameter.GetString("in");
    const std::string_view place = in == "query" ? "querystring" : in;
    if (place == "cookie")
      warnings_.emplace_back(
          fmt::format("The cookie parameter '{}' was ignored", parameter.GetString("name")));
    if (place != "querystring" && place != "header" && place != "path") continue;
    parameters.Set(fmt::format("method.request.{}.{}", place, parameter.GetString("name")),
                   parameter.GetBool("required"));
  }
  if (!parameters.empty()) method.Set("requestParameters", std::move(parameters));
}

void OperationReader::RequestModels(const json::Object& operation, json::Object& method) const {
  json::Object models = ContentModels(Resolved(operation.GetObject("requestBody")));
  for (const json::Value& one : operation.GetArray("parameters")) {
    if (!one.IsObject() || one.AsObject().GetString("in") != "body") continue;
    AddModels(Types(operation, "consumes"), one.AsObject().GetObject("schema"), models);
  }
  if (!models.empty()) method.Set("requestModels", std::move(models));
}

std::vector<std::string> OperationReader::Types(const json::Object& operation,
                                                std::string_view member) const {
  std::vector<std::string> types;
  const json::Object& from = operation.Has(member) ? operation : document_;
  for (const json::Value& one : from.GetArray(member))
    if (one.IsString()) types.push_back(one.AsString());
  if (types.empty()) types.emplace_back("application/json");
  return types;
}

void OperationReader::Responses(const json::Object& operation, json::Object& method) const {
  json::Object responses;
  for (const json::Member& one : operation.GetObject("responses")) {
    const auto status = ToInt(one.key);
    if (!status || !one.value.IsObject()) continue;
    const json::Object& said = Resolved(one.value.AsObject());
    json::Object response{{"statusCode", one.key}};
    json::Object parameters;
    for (const json::Member& header : said.GetObject("headers"))
      parameters.Set("method.response.header." + header.key, false);
    if (!parameters.empty()) response.Set("responseParameters", std::move(parameters));
    json::Object models = ContentModels(said);
    AddModels(Types(operation, "produces"), said.GetObject("schema"), models);
    if (!models.empty()) response.Set("responseModels", std::move(models));
    responses.Set(one.key, std::move(response));
  }
  if (!responses.empty()) method.Set("methodResponses", std::move(responses));
}

Answer<json::Object> ReadIntegration(const json::Object& extension, std::string_view resource_id) {
  constexpr int kLongestTimeout = 29'000;
  json::Object integration = WithoutKeys(extension, {"responses"});
  integration.Set("type", ToUpper(extension.GetString("type")));
  if (!integration.Has("passthroughBehavior"))
    integration.Set("passthroughBehavior", "WHEN_NO_MATCH");
  integration.Set("passthroughBehavior", ToUpper(integration.GetString("passthroughBehavior")));
  if (!integration.Has("timeoutInMillis")) integration.Set("timeoutInMillis", kLongestTimeout);
  if (!integration.Has("cacheNamespace"))
    integration.Set("cacheNamespace", std::string(resource_id));
  if (!integration.Has("cacheKeyParameters")) integration.Set("cacheKeyParameters", json::Array());
  if (integration.GetString("type").starts_with("HTTP") && !integration.Has("connectionType"))
    integration.Set("connectionType", "INTERNET");
  TL_DO(CheckIntegration(integration));
  json::Object responses = IntegrationResponses(extension);
  if (!responses.empty()) integration.Set("integrationResponses", std::move(responses));
  return integration;
}

}  // namespace trunkline::cloud::apigateway
