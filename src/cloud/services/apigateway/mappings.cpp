// Base path mappings: which path of a domain name leads to which API and stage.
#include "cloud/execute_api/mappings.h"

#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr std::string_view kRoot = "(none)";

std::string PathOf(std::string_view shown) {
  return shown == kRoot ? std::string() : std::string(shown);
}

// As this service calls it; the record is shared with HTTP APIs.
json::Object Show(Context& /*context*/, const json::Object& body, const json::Object& /*input*/) {
  const std::string_view path = body.GetString("ApiMappingKey");
  json::Object shown{{"basePath", path.empty() ? kRoot : path},
                     {"restApiId", body.GetString("ApiId")}};
  shown.SetIfNotEmpty("stage", body.GetString("Stage"));
  return shown;
}

json::Object BodyOf(const json::Object& shown, std::string_view id) {
  return {{"ApiMappingId", id},
          {"ApiMappingKey", PathOf(shown.GetString("basePath"))},
          {"ApiId", shown.GetString("restApiId")},
          {"Stage", shown.GetString("stage")}};
}

Answer<const Record*> FindMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("domainName")));
  const Record* mapping = context.store.FindByName(context.RegionScope(), execute_api::kMapping,
                                                   domain->id, PathOf(input.GetString("basePath")));
  if (mapping) return mapping;
  return NotFound("Invalid base path mapping identifier specified");
}

Answer<> CreateBasePathMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("domainName")));
  const std::string name = domain->id;
  const std::string id = NewPartId(context);
  const json::Object body = BodyOf(input, id);
  const std::string path(body.GetString("ApiMappingKey"));
  TL_DO(execute_api::CheckMapping(context, name, body, path, {}));
  execute_api::SaveMapping(context, name, id, path, body);
  return Show(context, body, input);
}

Answer<> GetBasePathMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* mapping, FindMapping(context, input));
  return Show(context, mapping->body, input);
}

Answer<> GetBasePathMappings(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("domainName")));
  const Listing listing{.show = Show};
  return ListRecords(context, execute_api::kMapping, std::string(domain->id), input, listing);
}

Answer<> UpdateBasePathMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* mapping, FindMapping(context, input));
  const Record before = *mapping;
  json::Object shown = Show(context, before.body, input);
  TL_TRY(std::vector<PatchOperation> operations, ReadPatch(input));
  for (PatchOperation& patch : operations) {
    // Documented as "/restapiId", and taken in either spelling.
    if (patch.path.front() == "restapiId") patch.path.front() = "restApiId";
    const bool known = patch.path.front() == "basePath" || patch.path.front() == "restApiId" ||
                       patch.path.front() == "stage";
    if (!known) return InvalidPath(patch, {"basePath", "restapiId", "stage"});
    TL_DO(ApplyPatch(context, "UpdateBasePathMapping", patch, shown));
  }
  const json::Object body = BodyOf(shown, before.id);
  const std::string path(body.GetString("ApiMappingKey"));
  TL_DO(execute_api::CheckMapping(context, before.parent, body, path, before.id));
  execute_api::SaveMapping(context, before.parent, before.id, path, body);
  return Show(context, body, input);
}

Answer<> DeleteBasePathMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* mapping, FindMapping(context, input));
  context.store.Delete(context.RegionScope(), execute_api::kMapping, std::string(mapping->id));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateBasePathMapping", .handle = CreateBasePathMapping},
    {.name = "DeleteBasePathMapping", .handle = DeleteBasePathMapping},
    {.name = "GetBasePathMapping", .handle = GetBasePathMapping},
    {.name = "GetBasePathMappings", .handle = GetBasePathMappings},
    {.name = "UpdateBasePathMapping", .handle = UpdateBasePathMapping},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMappingOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
