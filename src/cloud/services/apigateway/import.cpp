// Importing APIs from OpenAPI documents.
#include <fmt/format.h>

#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/openapi.h"

namespace trunkline::cloud::apigateway {
namespace {

Answer<> Define(Context& context, const json::Object& input, const Record& api,
                const json::Object& document) {
  const std::string_view mode = input.GetObject("parameters").GetString("basepath", "ignore");
  TL_TRY(json::Array warnings, DefineApi(context, api.id, document, mode));
  if (!warnings.empty() && input.GetBool("failOnWarnings"))
    return BadRequest("Warnings found during import:\n\t" + warnings[0].AsString());
  const Record* now = context.store.Find(context.RegionScope(), kApi, api.id);
  json::Object shown = now->body;
  if (!warnings.empty()) shown.Set("warnings", std::move(warnings));
  return WithoutEmptyTags(std::move(shown));
}

Answer<> ImportRestApi(Context& context, const json::Object& input) {
  TL_TRY(const json::Object document, ReadDocument(input.GetString("body")));
  json::Object members = ApiMembers(document);
  const std::string_view type =
      input.GetObject("parameters").GetString("endpointConfigurationTypes");
  if (!type.empty())
    members.Set("endpointConfiguration", json::Object{{"types", json::Array{type}}});
  TL_TRY(const json::Object made, AddApi(context, std::move(members)));
  const Record api = *context.store.Find(context.RegionScope(), kApi, made.GetString("id"));
  DeleteParts(context, kModel, api.id);  // It has the document's models only (seen).
  return Define(context, input, api, document);
}

// Overwriting keeps the API's id, stages and deployments; all else is the document's.
Answer<> PutRestApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindApi(context, input));
  TL_TRY(const json::Object document, ReadDocument(input.GetString("body")));
  Record api = *found;
  for (const json::Member& member : ApiMembers(document)) api.body.Set(member.key, member.value);
  api.name = api.body.GetString("name");
  if (input.GetString("mode", "merge") == "overwrite") {
    DropParts(context, api.id);
    json::Object root{{"id", api.body.GetString("rootResourceId")}, {"path", "/"}};
    SavePart(context, kResource, api.id, std::move(root), "/");
  }
  context.store.Put(context.RegionScope(), kApi, api);
  return Define(context, input, api, document);
}

constexpr Operation kOperations[] = {
    {.name = "ImportRestApi", .handle = ImportRestApi},
    {.name = "PutRestApi", .handle = PutRestApi},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kImportOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
