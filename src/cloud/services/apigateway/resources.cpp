// Resources: the paths of a REST API, a tree.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/execute_api/path_match.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"

namespace trunkline::cloud::apigateway {
namespace {

std::string PathBelow(std::string_view parent, std::string_view part) {
  return fmt::format("{}/{}", parent == "/" ? "" : parent, part);
}

Answer<void> CheckPart(Context& context, std::string_view api_id, const Record& parent,
                       std::string_view part, std::string_view own) {
  const std::string path = PathBelow(parent.name, part);
  if (part.empty() || part.find('/') != std::string_view::npos || !execute_api::IsPathPattern(path))
    return BadRequest(
        "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly "
        "braces at the beginning and the end.");
  if (parent.name.ends_with("+}"))
    return BadRequest(
        fmt::format("Cannot create a child of a resource with a greedy path variable: {}",
                    parent.body.GetString("pathPart")));
  for (const Record* one : context.store.List(context.RegionScope(), kResource.kind, api_id)) {
    if (one->id == own || one->body.GetString("parentId") != parent.id) continue;
    const std::string_view sibling = one->body.GetString("pathPart");
    if (sibling == part)
      return Conflict("Another resource with the same parent already has this name: " +
                      std::string(part));
    if (sibling.starts_with('{') && part.starts_with('{'))
      return BadRequest(fmt::format(
          "A sibling ({}) of this resource already has a variable path part -- only one is allowed",
          sibling));
  }
  return {};
}

bool Embeds(const json::Object& input) {
  const json::Array& embed = input.GetArray("embed");
  return std::ranges::find(embed, json::Value("methods")) != embed.end();
}

// Without "embed" only the names of methods are shown.
json::Object Show(Context& /*context*/, const json::Object& body, const json::Object& input) {
  json::Object shown = body;
  if (!shown.Has("resourceMethods") || Embeds(input)) return shown;
  json::Object names;
  for (const json::Member& method : body.GetObject("resourceMethods"))
    names.Set(method.key, json::Object());
  shown.Set("resourceMethods", std::move(names));
  return shown;
}

Answer<> CreateResource(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  const Record* parent = FindPart(context, kResource, api_id, input.GetString("parentId"));
  if (!parent) return NotFound("Invalid Resource identifier specified");
  const Record above = *parent;
  return AddResource(context, api_id, above, input.GetString("pathPart"));
}

Answer<> GetResource(Context& context, const json::Object& input) {
  TL_TRY(const Record* resource, FindPart(context, kResource, input));
  return Show(context, resource->body, input);
}

Answer<> GetResources(Context& context, const json::Object& input) {
  TL_DO(FindApi(context, input));
  const Listing listing{.show = Show};
  return ListRecords(context, kResource.kind, input.GetString("restApiId"), input, listing);
}

// All below a resource, itself first.
std::vector<Record> Subtree(Context& context, const Record& top) {
  std::vector<Record> records{top};
  const std::string prefix = top.name == "/" ? "/" : top.name + "/";
  for (const Record* one : context.store.List(context.RegionScope(), kResource.kind, top.parent)) {
    if (one->id != top.id && one->name.starts_with(prefix)) records.push_back(*one);
  }
  return records;
}

constexpr PatchRow kPatchRows[] = {{.path = "/parentId"}, {.path = "/pathPart"}};
constexpr PatchTable kPatchTable{.operation = "UpdateResource", .rows = kPatchRows, .listed = true};

Answer<> UpdateResource(Context& context, const json::Object& input) {
  TL_TRY(const Record* resource, FindPart(context, kResource, input));
  const Record before = *resource;
  json::Object body = before.body;
  TL_DO(Patch(context, kPatchTable, input, body));
  if (before.name == "/") {
    const bool parent_named = body.Has("parentId");
    return BadRequest(
        fmt::format("Root resource cannot update its {}.", parent_named ? "parentId" : "pathPart"));
  }
  const Record* parent = FindPart(context, kResource, before.parent, body.GetString("parentId"));
  if (!parent) return NotFound("Invalid Resource identifier specified");
  const bool inside = parent->name == before.name || parent->name.starts_with(before.name + "/");
  if (inside) return BadRequest("Resources cannot be cyclical.");
  const Record above = *parent;
  TL_DO(CheckPart(context, before.parent, above, body.GetString("pathPart"), before.id));
  const std::string path = PathBelow(above.name, body.GetString("pathPart"));
  for (Record& one : Subtree(context, before)) {
    json::Object moved = one.id == before.id ? body : one.body;
    const std::string name = path + one.name.substr(before.name.size());
    moved.Set("path", name);
    SavePart(context, kResource, before.parent, std::move(moved), name);
  }
  body.Set("path", path);
  return Show(context, body, input);
}

Answer<> DeleteResource(Context& context, const json::Object& input) {
  TL_TRY(const Record* resource, FindPart(context, kResource, input));
  const Record top = *resource;
  if (top.name == "/") return BadRequest("Cannot delete the root resource");
  for (const Record& one : Subtree(context, top))
    context.store.Delete(context.RegionScope(), kResource.kind, one.id);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateResource", .handle = CreateResource},
    {.name = "DeleteResource", .handle = DeleteResource},
    {.name = "GetResource", .handle = GetResource},
    {.name = "GetResources", .handle = GetResources},
    {.name = "UpdateResource", .handle = UpdateResource},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<json::Object> AddResource(Context& context, std::string_view api_id, const Record& parent,
                                 std::string_view path_part) {
  TL_DO(CheckPart(context, api_id, parent, path_part, {}));
  const std::string path = PathBelow(parent.name, path_part);
  json::Object body{
      {"id", NewPartId(context)}, {"parentId", parent.id}, {"pathPart", path_part}, {"path", path}};
  SavePart(context, kResource, api_id, body, path);
  return body;
}

constinit const Family kResourceOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
