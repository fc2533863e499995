// Exporting what a stage shows as an OpenAPI document.
#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/address.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/openapi.h"

namespace trunkline::cloud::apigateway {
namespace {

struct Extensions {
  bool integrations = false;
  bool authorizers = false;
};

Extensions Wanted(const json::Object& input) {
  const std::string_view said = input.GetObject("parameters").GetString("extensions");
  Extensions wanted;
  for (const std::string_view one : Split(said, ',')) {
    const std::string_view word = Trim(one);
    wanted.integrations = wanted.integrations || word == "integrations" || word == "apigateway";
    wanted.authorizers = wanted.authorizers || word == "authorizers" || word == "apigateway";
  }
  return wanted;
}

Answer<> GetExport(Context& context, const json::Object& input) {
  TL_TRY(const Record* stage, FindPart(context, kStage, input));
  const std::string_view type = input.GetString("exportType");
  if (type != "oas30" && type != "swagger")
    return BadRequest("Export type must be either 'oas30' or 'swagger'");
  if (input.GetString("accepts", "application/json") != "application/json")
    return BadRequest("Exports are JSON in this cloud: YAML is not implemented");
  const Record* deployment = FindPart(context, kDeployment, input.GetString("restApiId"),
                                      stage->body.GetString("deploymentId"));
  if (!deployment) return NotFound("Invalid Deployment identifier specified");
  const Extensions wanted = Wanted(input);
  json::Object document = WriteDocument(deployment->body.GetObject("snapshot"), stage->name,
                                        type == "swagger", wanted.integrations, wanted.authorizers);
  if (type == "oas30") {
    json::Object server{
        {"url",
         fmt::format("{}/{}", execute_api::ApiUrl(context.endpoint, stage->parent), stage->name)}};
    document.Set("servers", json::Array{std::move(server)});
  }
  return json::Object{
      {"contentType", "application/octet-stream"},
      {"contentDisposition", fmt::format("attachment; filename=\"{}_{}.json\"", type, stage->name)},
      {"body", json::WritePretty(json::Value(std::move(document)))}};
}

constexpr Operation kOperations[] = {
    {.name = "GetExport", .handle = GetExport},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kExportOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
