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

// Where the stage answers: OpenAPI names this cloud, Swagger's host has no room for its paths.
void SetPlace(const Context& context, const Record& stage, json::Object& document) {
  if (document.Has("swagger")) {
    document.Set("host", fmt::format("{}.execute-api.{}.amazonaws.com", stage.parent,
                                     context.RegionScope().region));
    document.Set("schemes", json::Array{"https"});
    return;
  }
  json::Object base{{"default", stage.name}};
  json::Object variables{{"basePath", std::move(base)}};
  json::Object server{{"url", execute_api::ApiUrl(context.endpoint, stage.parent) + "/{basePath}"},
                      {"variables", std::move(variables)}};
  document.Set("servers", json::Array{std::move(server)});
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
  const json::Object& snapshot = deployment->body.GetObject("snapshot");
  json::Object document = WriteDocument(snapshot, stage->name, type == "swagger",
                                        wanted.integrations, wanted.authorizers);
  SetPlace(context, *stage, document);
  return json::Object{{"contentType", "application/octet-stream"},
                      {"contentDisposition", fmt::format("attachment; filename=\"{}_{}.json\"",
                                                         type, DocumentVersion(snapshot))},
                      {"body", json::WritePretty(json::Value(std::move(document)))}};
}

constexpr Operation kOperations[] = {
    {.name = "GetExport", .handle = GetExport},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kExportOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
