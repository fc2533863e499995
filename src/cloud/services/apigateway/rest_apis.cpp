// REST APIs.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/address.h"
#include "cloud/execute_api/tags.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr std::size_t kIdLength = 10;

constexpr std::int64_t kLargestCompression = 10'485'760;

Answer<void> CheckEndpoint(const json::Object& endpoint) {
  const json::Array& types = endpoint.GetArray("types");
  if (types.empty())
    return BadRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
  if (types.size() > 1) return BadRequest("Cannot create an api with multiple Endpoint Types.");
  const std::string_view type = types[0].IsString() ? types[0].AsString() : std::string_view();
  if (type != "REGIONAL" && type != "EDGE" && type != "PRIVATE")
    return BadRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
  const std::string_view addresses = endpoint.GetString("ipAddressType");
  if (addresses != "ipv4" && addresses != "dualstack")
    return BadRequest("ipAddressType must be either ipv4 or dualstack.");
  if (type == "PRIVATE" && addresses != "dualstack")
    return BadRequest("Only dualstack ipAddressType is supported for Private APIs.");
  return {};
}

// In the order in which AWS finds fault (seen).
Answer<void> CheckApi(const json::Object& body) {
  if (body.GetString("name").empty()) return BadRequest("API name must be specified");
  if (body.Has("description") && body.GetString("description").empty())
    return BadRequest("Description cannot be an empty string");
  if (const json::Value* size = body.Find("minimumCompressionSize")) {
    if (!size->IsNumber() || size->AsInt() < 0 || size->AsInt() > kLargestCompression)
      return BadRequest("Invalid minimum compression size, must be between 0 and 10485760");
  }
  TL_DO(CheckEndpoint(body.GetObject("endpointConfiguration")));
  const std::string_view policy = body.GetString("policy");
  if (!policy.empty() && !json::Parse(policy))
    return BadRequest(
        "Invalid policy document. Please check the policy syntax and ensure that "
        "Principals are valid.");
  return {};
}

bool IsPrivate(const json::Object& endpoint) {
  const json::Array& types = endpoint.GetArray("types");
  return types.size() == 1 && types[0] == json::Value("PRIVATE");
}

void AddDefaults(json::Object& body) {
  if (!body.Has("apiKeySource")) body.Set("apiKeySource", "HEADER");
  if (!body.Has("disableExecuteApiEndpoint")) body.Set("disableExecuteApiEndpoint", false);
  json::Object endpoint = body.GetObject("endpointConfiguration");
  if (!endpoint.Has("types")) endpoint.Set("types", json::Array{"EDGE"});
  if (!endpoint.Has("ipAddressType"))
    endpoint.Set("ipAddressType", IsPrivate(endpoint) ? "dualstack" : "ipv4");
  body.Set("endpointConfiguration", std::move(endpoint));
  if (body.Has("binaryMediaTypes") && body.GetArray("binaryMediaTypes").empty())
    body.Remove("binaryMediaTypes");
  if (!body.Has("tags")) body.Set("tags", json::Object());
}

// Two models that every new API has.
void AddModels(Context& context, std::string_view api_id) {
  for (
      const auto& [name, description, schema] :
      {std::tuple{
           "Empty", "This is a default empty schema model",
           R"({"$schema":"http://json-schema.org/draft-04/schema#","title":"Empty Schema","type":"object"})"},
       std::tuple{
           "Error", "This is a default error schema model",
           R"({"$schema":"http://json-schema.org/draft-04/schema#","title":"Error Schema","type":"object","properties":{"message":{"type":"string"}}})"}}) {
    json::Object model{{"id", NewPartId(context)},
                       {"name", name},
                       {"description", description},
                       {"schema", schema},
                       {"contentType", "application/json"}};
    SavePart(context, kModel, api_id, std::move(model), name);
  }
}

// The parts of another API, with the ids they have there but for the root's: what names them stays
// right.
Answer<void> CloneParts(Context& context, std::string_view source, std::string_view api_id,
                        std::string_view root_id) {
  if (!context.store.Find(context.RegionScope(), kApi, source))
    return NotFound(
        fmt::format("Invalid API identifier specified {}:{}", context.caller.account, source));
  std::vector<Record> resources;
  for (const Record* one : context.store.List(context.RegionScope(), kResource.kind, source))
    resources.push_back(*one);
  json::Object ids;
  for (const Record& one : resources)
    ids.Set(one.id, one.name == "/" ? std::string(root_id) : NewPartId(context));
  for (Record& one : resources) {
    one.body.Set("id", ids.GetString(one.id));
    if (one.body.Has("parentId"))
      one.body.Set("parentId", ids.GetString(one.body.GetString("parentId")));
    SavePart(context, kResource, api_id, std::move(one.body), one.name);
  }
  for (const Part* part : {&kModel, &kGatewayResponse}) {
    std::vector<Record> records;
    for (const Record* one : context.store.List(context.RegionScope(), part->kind, source))
      records.push_back(*one);
    for (Record& one : records) SavePart(context, *part, api_id, std::move(one.body), one.name);
  }
  return {};
}

Answer<> CreateRestApi(Context& context, const json::Object& input) {
  json::Object body = WithoutKeys(input, {"cloneFrom"});
  AddDefaults(body);
  TL_TRY(body, AddApi(context, std::move(body)));
  const std::string_view source = input.GetString("cloneFrom");
  if (!source.empty())
    TL_DO(CloneParts(context, source, body.GetString("id"), body.GetString("rootResourceId")));
  return WithoutEmptyTags(std::move(body));
}

Answer<> GetRestApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  return api->body;
}

json::Object Show(Context& /*context*/, const json::Object& body, const json::Object& /*input*/) {
  return WithoutEmptyTags(body);
}

constexpr std::string_view kChange = "add, remove, replace";
constexpr PatchRow kPatchRows[] = {
    {.path = "/apiKeySource"},
    {.path = "/binaryMediaTypes/*", .ops = kChange},
    {.path = "/description", .ops = kChange},
    {.path = "/disableExecuteApiEndpoint"},
    {.path = "/endpointAccessMode"},
    {.path = "/endpointConfiguration/ipAddressType"},
    {.path = "/endpointConfiguration/vpcEndpointIds", .ops = "add, remove"},
    {.path = "/minimumCompressionSize"},
    {.path = "/name"},
    {.path = "/policy", .ops = kChange},
    {.path = "/securityPolicy"},
    {.path = "/version", .ops = kChange},
};
constexpr PatchTable kPatchTable{.operation = "UpdateRestApi", .rows = kPatchRows};

bool IsTypePatch(const PatchOperation& patch) {
  return patch.path.size() > 1 && patch.path[0] == "endpointConfiguration" &&
         patch.path[1] == "types";
}

// "/endpointConfiguration/types/EDGE" with another type, or with the type as its value: there is
// but one.
Answer<void> PatchType(const PatchOperation& patch, json::Object& body) {
  if (patch.op != "add" && patch.op != "remove" && patch.op != "replace")
    return BadRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
  json::Object endpoint = body.GetObject("endpointConfiguration");
  const std::string& type = patch.value.empty() ? patch.path.back() : patch.value;
  if (patch.op != "remove") {
    endpoint.Set("types", json::Array{type});
    if (type == "PRIVATE") endpoint.Set("ipAddressType", "dualstack");
  }
  body.Set("endpointConfiguration", std::move(endpoint));
  return {};
}

Answer<void> PatchApi(Context& context, const PatchOperation& patch, json::Object& body) {
  if (IsTypePatch(patch)) return PatchType(patch, body);
  TL_DO(CheckPatch(kPatchTable, patch, body));
  if (patch.path[0] != "minimumCompressionSize")
    return ApplyPatch(context, "UpdateRestApi", patch, body);
  // No value turns compression off.
  if (!patch.has_value || patch.value.empty()) {
    body.Remove("minimumCompressionSize");
    return {};
  }
  const auto size = ToInt(patch.value);
  body.Set("minimumCompressionSize", size.value_or(-1));
  return {};
}

Answer<> GetRestApis(Context& context, const json::Object& input) {
  const Listing listing{.show = Show};
  return ListRecords(context, kApi, {}, input, listing);
}

Answer<> UpdateRestApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  Record changed = *api;
  TL_TRY(const std::vector<PatchOperation> operations, ReadPatch(input));
  for (const PatchOperation& patch : operations) TL_DO(PatchApi(context, patch, changed.body));
  if (changed.body.GetArray("binaryMediaTypes").empty()) changed.body.Remove("binaryMediaTypes");
  TL_DO(CheckApi(changed.body));
  changed.name = changed.body.GetString("name");
  json::Object body = changed.body;
  context.store.Put(context.RegionScope(), kApi, std::move(changed));
  return body;
}

Answer<> DeleteRestApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string id = api->id;
  DropParts(context, id);
  DeleteParts(context, kStage, id);
  DeleteParts(context, kDeployment, id);
  context.store.Delete(context.RegionScope(), kApi, id);
  execute_api::ForgetAddress(context, id);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateRestApi", .handle = CreateRestApi},
    {.name = "DeleteRestApi", .handle = DeleteRestApi},
    {.name = "GetRestApi", .handle = GetRestApi},
    {.name = "GetRestApis", .handle = GetRestApis},
    {.name = "UpdateRestApi", .handle = UpdateRestApi},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<> AddApi(Context& context, json::Object body) {
  AddDefaults(body);
  TL_DO(CheckApi(body));
  TL_DO(execute_api::CheckTags(body.GetObject("tags")));
  const std::string id = execute_api::NewId(context.random, kIdLength);
  const std::string root = execute_api::NewId(context.random, kIdLength);
  body.Set("id", id);
  body.Set("createdDate", Time(context.Now()));
  body.Set("rootResourceId", root);
  const std::string name(body.GetString("name"));
  context.store.Put(context.RegionScope(), kApi,
                    {.id = id, .parent = "", .name = name, .body = body});
  execute_api::KeepAddress(context, id, "REST");
  json::Object resource{{"id", root}, {"path", "/"}};
  SavePart(context, kResource, id, std::move(resource), "/");
  AddModels(context, id);
  return body;
}

void DropParts(Context& context, std::string_view api_id) {
  for (const Part* part :
       {&kResource, &kAuthorizer, &kValidator, &kModel, &kGatewayResponse, &kDocumentation})
    DeleteParts(context, *part, api_id);
}

constinit const Family kApiOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
