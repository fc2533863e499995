// GatewayResponses of a REST API.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/api_body.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

struct ParameterGroup {
  std::string_view name;
  std::string_view prefix;
};
constexpr ParameterGroup kParameterGroups[] = {{"Headers", "gatewayresponse.header."},
                                               {"Paths", "gatewayresponse.path."},
                                               {"QueryStrings", "gatewayresponse.querystring."}};

Answer<json::Object> ResponseParameters(const Source& source, const json::Object& given) {
  json::Object made;
  for (const json::Member& member : given) {
    const auto group =
        std::find_if(std::begin(kParameterGroups), std::end(kParameterGroups),
                     [&](const ParameterGroup& row) { return row.name == member.key; });
    if (group == std::end(kParameterGroups)) {
      return InvalidResource(source.id,
                             fmt::format("Invalid gateway response parameter '{}'", member.key));
    }
    if (!member.value.IsObject()) {
      return InvalidResource(
          source.id, fmt::format("Property 'ResponseParameters.{}' should be a map.", member.key));
    }
    for (const json::Member& one : member.value.AsObject())
      made.Set(std::string(group->prefix) + one.key, one.value);
  }
  return made;
}

Answer<json::Object> GatewayResponse(const Source& source, const std::string& type,
                                     const json::Value& value) {
  if (IsIntrinsic(value)) {
    return InvalidResource(source.id,
                           "Unable to set GatewayResponses attribute because intrinsic functions "
                           "are not supported for this field.");
  }
  if (!value.IsObject()) {
    return InvalidResource(source.id,
                           "Invalid property type for GatewayResponses. Expected an object of type "
                           "'GatewayResponse'.");
  }
  for (const json::Member& member : value.AsObject()) {
    if (member.key == "ResponseParameters" || member.key == "ResponseTemplates" ||
        member.key == "StatusCode")
      continue;
    return InvalidResource(source.id,
                           fmt::format("Invalid property '{}' in 'GatewayResponses' property '{}'.",
                                       member.key, type));
  }
  TL_TRY(json::Object parameters,
         ResponseParameters(source, value.AsObject().GetObject("ResponseParameters")));
  json::Object made;
  made.Set("responseParameters", std::move(parameters));
  made.Set("responseTemplates", value.AsObject().GetObject("ResponseTemplates"));
  if (const json::Value* status = Given(value.AsObject(), "StatusCode")) {
    if (!ToInt(TextOf(*status)))
      return InvalidResource(source.id, "Property 'StatusCode' must be numeric");
    made.Set("statusCode", TextOf(*status));
  }
  return made;
}

}  // namespace

Answer<void> AddGatewayResponses(const Source& source, json::Object& body) {
  const json::Object& given = source.properties.GetObject("GatewayResponses");
  if (given.empty()) return {};
  if (body.empty()) {
    return InvalidResource(source.id,
                           "GatewayResponses works only with inline Swagger specified in "
                           "'DefinitionBody' property.");
  }
  for (const json::Member& member : given) {
    TL_TRY(json::Object response, GatewayResponse(source, member.key, member.value));
    ObjectAt(body, "x-amazon-apigateway-gateway-responses").Set(member.key, std::move(response));
  }
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
