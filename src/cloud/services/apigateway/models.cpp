// Models: JSON Schemas of bodies.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"

namespace trunkline::cloud::apigateway {
namespace {

Answer<> CreateModel(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  json::Object body{{"id", NewPartId(context)}};
  for (const json::Member& member : WithoutKeys(input, {"restApiId"}))
    body.Set(member.key, member.value);
  TL_DO(CheckModel(body));
  if (FindPart(context, kModel, api_id, body.GetString("name")))
    return Conflict("Model name already exists for this REST API");
  SavePart(context, kModel, api_id, body, body.GetString("name"));
  return body;
}

constexpr PatchRow kPatchRows[] = {{.path = "/description"}, {.path = "/schema"}};
constexpr PatchTable kPatchTable{.operation = "UpdateModel", .rows = kPatchRows, .listed = true};

Answer<> UpdateModel(Context& context, const json::Object& input) {
  TL_TRY(const Record* model, FindPart(context, kModel, input));
  const Record before = *model;
  json::Object body = before.body;
  TL_DO(Patch(context, kPatchTable, input, body));
  TL_DO(CheckModel(body));
  SavePart(context, kModel, before.parent, body, before.name);
  return body;
}

Answer<> GetModel(Context& context, const json::Object& input) {
  return GetPart(context, kModel, input);
}

Answer<> GetModels(Context& context, const json::Object& input) {
  return ListParts(context, kModel, input);
}

Answer<> DeleteModel(Context& context, const json::Object& input) {
  TL_TRY(const Record* model, FindPart(context, kModel, input));
  const json::Value name(model->name);
  for (const Record* one :
       context.store.List(context.RegionScope(), kResource.kind, model->parent)) {
    for (const json::Member& method : one->body.GetObject("resourceMethods")) {
      for (const json::Member& used : method.value.AsObject().GetObject("requestModels")) {
        if (used.value == name)
          return Conflict(
              fmt::format("Cannot delete model '{}', is referenced in method request: "
                          "{}/{}",
                          model->name, one->name, method.key));
      }
    }
  }
  return DeletePart(context, kModel, input);
}

constexpr Operation kOperations[] = {
    {.name = "CreateModel", .handle = CreateModel}, {.name = "DeleteModel", .handle = DeleteModel},
    {.name = "GetModel", .handle = GetModel},       {.name = "GetModels", .handle = GetModels},
    {.name = "UpdateModel", .handle = UpdateModel},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckModel(const json::Object& model) {
  const std::string_view name = model.GetString("name");
  if (name.empty()) return BadRequest("Model name must be non-empty");
  const bool named = std::ranges::all_of(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
  if (!named) return BadRequest("Model name must be alphanumeric: " + std::string(name));
  const std::string_view schema = model.GetString("schema");
  if (schema.empty())
    return BadRequest("Model schema must have at least 1 property or array items defined");
  if (model.GetString("contentType", "application/json") != "application/json") return {};
  const Result<json::Value> parsed = json::Parse(schema);
  if (parsed && parsed->IsObject()) return {};
  return BadRequest("Model schema must be a valid JSON Schema");
}

constinit const Family kModelOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
