#include "cloud/execute_api/rest_validate.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/gateway_response.h"
#include "cloud/execute_api/schema.h"
#include "cloud/execute_api/variables.h"

namespace trunkline::cloud::execute_api {
namespace {

// The names of the required ones that are not there.
std::vector<std::string> MissingParameters(const ApiCall& call, const json::Object& parameters) {
  constexpr std::string_view kMethod = "method.";
  std::vector<std::string> missing;
  for (const json::Member& parameter : parameters) {
    if (!parameter.value.IsBool() || !parameter.value.AsBool()) continue;
    std::string_view key = parameter.key;
    if (key.starts_with(kMethod)) key.remove_prefix(kMethod.size());
    const auto value = RequestExpression(call, "$" + std::string(key));
    if (!value || value->empty()) missing.emplace_back(key.substr(key.rfind('.') + 1));
  }
  return missing;
}

std::optional<std::string> BodyProblem(const ApiCall& call, const RestMethod& met) {
  const json::Object& used = met.method.GetObject("requestModels");
  const std::string_view header = call.headers.Get("Content-Type");
  std::string type = ToLower(Trim(header.substr(0, header.find(';'))));
  if (type.empty()) type = "application/json";
  const json::Value* name = used.Find(type);
  if (!name) name = used.Find("$default");
  if (!name || !name->IsString()) return std::nullopt;
  const Result<json::Value> schema =
      json::Parse(met.models.GetObject(name->AsString()).GetString("schema", "{}"));
  if (!schema || !schema->IsObject()) return std::nullopt;
  const Result<json::Value> body = json::Parse(call.body);
  if (!body) return "the body is no JSON";
  return FindSchemaProblem(*body, schema->AsObject(), met.models);
}

}  // namespace

std::optional<net::Response> ValidateRest(ApiCall& call, const RestMethod& met) {
  if (met.validator.GetBool("validateRequestParameters")) {
    const auto missing = MissingParameters(call, met.method.GetObject("requestParameters"));
    if (!missing.empty()) {
      return GatewayAnswer(
          call, met.gateway_responses, "BAD_REQUEST_PARAMETERS",
          fmt::format("Missing required request parameters: [{}]", Join(missing, ", ")));
    }
  }
  if (!met.validator.GetBool("validateRequestBody")) return std::nullopt;
  const auto problem = BodyProblem(call, met);
  if (!problem) return std::nullopt;
  net::Response response = GatewayAnswer(call, met.gateway_responses, "BAD_REQUEST_BODY");
  json::Object error = call.errors.GetObject("error");
  error.Set("validationErrorString", *problem);
  call.errors.Set("error", std::move(error));
  return response;
}

}  // namespace trunkline::cloud::execute_api
