// Documentation parts, which describe an API's entities, and the versions that are made of them.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/execute_api/openapi.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr Part kVersion{{"apigateway", "documentation-version"},
                        "documentationVersion",
                        "version",
                        "Documentation version",
                        "restApiId",
                        true};

// Parts are listed by what they describe.
std::string PlaceOf(const json::Object& location) {
  return fmt::format("{}\n{}\n{}\n{}\n{}", location.GetString("type"), location.GetString("path"),
                     location.GetString("method"), location.GetString("statusCode"),
                     location.GetString("name"));
}

Answer<> CreateDocumentationPart(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  const std::string place = PlaceOf(input.GetObject("location"));
  if (context.store.FindByName(context.RegionScope(), kDocumentation.kind, api_id, place))
    return Conflict("Documentation part already exists for the specified location.");
  json::Object body{{"id", NewPartId(context)},
                    {"location", input.GetObject("location")},
                    {"properties", input.GetString("properties")}};
  SavePart(context, kDocumentation, api_id, body, place);
  return body;
}

Answer<> GetDocumentationPart(Context& context, const json::Object& input) {
  return GetPart(context, kDocumentation, input);
}

json::Object Show(Context& /*context*/, const json::Object& body, const json::Object& /*input*/) {
  return body;
}

bool Keeps(const json::Object& body, const json::Object& input) {
  const json::Object& location = body.GetObject("location");
  const bool typed = !input.Has("type") || location.GetString("type") == input.GetString("type");
  const bool named =
      location.GetString("name").find(input.GetString("nameQuery")) != std::string_view::npos;
  return typed && named &&
         (!input.Has("path") || location.GetString("path") == input.GetString("path"));
}

Answer<> GetDocumentationParts(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const Listing listing{.show = Show, .keep = Keeps};
  return ListRecords(context, kDocumentation.kind, std::string(api->id), input, listing);
}

constexpr PatchRow kPartRows[] = {{.path = "/properties"}};
constexpr PatchTable kPartTable{
    .operation = "UpdateDocumentationPart", .rows = kPartRows, .listed = true};

Answer<> UpdateDocumentationPart(Context& context, const json::Object& input) {
  TL_TRY(const Record* part, FindPart(context, kDocumentation, input));
  const Record before = *part;
  json::Object body = before.body;
  TL_DO(Patch(context, kPartTable, input, body));
  SavePart(context, kDocumentation, before.parent, body, before.name);
  return body;
}

Answer<> DeleteDocumentationPart(Context& context, const json::Object& input) {
  TL_DO(FindApi(context, input));
  return DeletePart(context, kDocumentation, input);
}

Answer<> ImportDocumentationParts(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  const Result<json::Object> document = execute_api::ReadOpenApi(input.GetString("body"));
  if (!document) return BadRequest("Unable to build importer with provided input.");
  if (input.GetString("mode", "merge") == "overwrite") DeleteParts(context, kDocumentation, api_id);
  return json::Object{{"ids", AddDocumentation(context, api_id, *document)}};
}

Answer<> CreateDocumentationVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  const std::string version(input.GetString("documentationVersion"));
  if (FindPart(context, kVersion, api_id, version))
    return Conflict("Documentation version already exists for this REST API");
  json::Object body{{"version", version}, {"createdDate", Time(context.Now())}};
  body.SetIfNotEmpty("description", input.GetString("description"));
  SavePart(context, kVersion, api_id, body, version);
  return body;
}

Answer<> GetDocumentationVersion(Context& context, const json::Object& input) {
  return GetPart(context, kVersion, input);
}

Answer<> GetDocumentationVersions(Context& context, const json::Object& input) {
  return ListParts(context, kVersion, input);
}

constexpr PatchRow kVersionRows[] = {{.path = "/description"}};
constexpr PatchTable kVersionTable{
    .operation = "UpdateDocumentationVersion", .rows = kVersionRows, .listed = true};

Answer<> UpdateDocumentationVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindPart(context, kVersion, input));
  const Record before = *version;
  json::Object body = before.body;
  TL_DO(Patch(context, kVersionTable, input, body));
  SavePart(context, kVersion, before.parent, body, before.name);
  return body;
}

Answer<> DeleteDocumentationVersion(Context& context, const json::Object& input) {
  return DeletePart(context, kVersion, input);
}

constexpr Operation kOperations[] = {
    {.name = "CreateDocumentationPart", .handle = CreateDocumentationPart},
    {.name = "CreateDocumentationVersion", .handle = CreateDocumentationVersion},
    {.name = "DeleteDocumentationPart", .handle = DeleteDocumentationPart},
    {.name = "DeleteDocumentationVersion", .handle = DeleteDocumentationVersion},
    {.name = "GetDocumentationPart", .handle = GetDocumentationPart},
    {.name = "GetDocumentationParts", .handle = GetDocumentationParts},
    {.name = "GetDocumentationVersion", .handle = GetDocumentationVersion},
    {.name = "GetDocumentationVersions", .handle = GetDocumentationVersions},
    {.name = "ImportDocumentationParts", .handle = ImportDocumentationParts},
    {.name = "UpdateDocumentationPart", .handle = UpdateDocumentationPart},
    {.name = "UpdateDocumentationVersion", .handle = UpdateDocumentationVersion},
};
static_assert(InOrder(kOperations));

}  // namespace

json::Array AddDocumentation(Context& context, std::string_view api_id,
                             const json::Object& document) {
  json::Array ids;
  const json::Object& extension = document.GetObject("x-amazon-apigateway-documentation");
  for (const json::Value& one : extension.GetArray("documentationParts")) {
    if (!one.IsObject()) continue;
    const json::Object& location = one.AsObject().GetObject("location");
    const std::string place = PlaceOf(location);
    const Record* same =
        context.store.FindByName(context.RegionScope(), kDocumentation.kind, api_id, place);
    const std::string id = same ? same->id : NewPartId(context);
    json::Object body{{"id", id},
                      {"location", location},
                      {"properties", json::Write(one.AsObject().GetObject("properties"))}};
    SavePart(context, kDocumentation, api_id, std::move(body), place);
    ids.emplace_back(id);
  }
  return ids;
}

constinit const Family kDocumentationOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
