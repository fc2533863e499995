// API mappings: which path of a domain name leads to which stage.
#include "cloud/execute_api/mappings.h"

#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

constexpr std::size_t kIdLength = 6;

json::Object Show(const Context& /*context*/, const json::Object& body) {
  return body;
}

Answer<const Record*> FindMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("DomainName")));
  const Record* mapping = context.store.Find(context.RegionScope(), execute_api::kMapping,
                                             input.GetString("ApiMappingId"));
  if (mapping && mapping->parent == domain->id) return mapping;
  return NotFound("Invalid API mapping identifier specified");
}

Answer<> CreateApiMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("DomainName")));
  const std::string name = domain->id;
  json::Object body = WithoutKeys(input, {"DomainName"});
  const std::string key(input.GetString("ApiMappingKey"));
  TL_DO(execute_api::CheckMapping(context, name, body, key, {}));
  const std::string id = execute_api::NewId(context.random, kIdLength);
  body.Set("ApiMappingId", id);
  execute_api::SaveMapping(context, name, id, key, body);
  return body;
}

Answer<> UpdateApiMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* mapping, FindMapping(context, input));
  const Record before = *mapping;
  json::Object body = before.body;
  Merge(body, WithoutKeys(input, {"DomainName", "ApiMappingId"}), {});
  const std::string key(body.GetString("ApiMappingKey"));
  TL_DO(execute_api::CheckMapping(context, before.parent, body, key, before.id));
  execute_api::SaveMapping(context, before.parent, before.id, key, body);
  return body;
}

Answer<> GetApiMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* mapping, FindMapping(context, input));
  return mapping->body;
}

Answer<> GetApiMappings(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("DomainName")));
  return ListRecords(context, execute_api::kMapping, std::string(domain->id), input, Show);
}

Answer<> DeleteApiMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record* mapping, FindMapping(context, input));
  context.store.Delete(context.RegionScope(), execute_api::kMapping, std::string(mapping->id));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateApiMapping", .handle = CreateApiMapping},
    {.name = "DeleteApiMapping", .handle = DeleteApiMapping},
    {.name = "GetApiMapping", .handle = GetApiMapping},
    {.name = "GetApiMappings", .handle = GetApiMappings},
    {.name = "UpdateApiMapping", .handle = UpdateApiMapping},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMappingOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
