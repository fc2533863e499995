// Request validators.
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

Answer<> CreateRequestValidator(Context& context, const json::Object& input) {
  if (!FindApi(context, input)) return BadRequest("Invalid REST API identifier specified");
  const std::string api_id(input.GetString("restApiId"));
  json::Object body{{"id", NewPartId(context)},
                    {"name", input.GetString("name")},
                    {"validateRequestBody", input.GetBool("validateRequestBody")},
                    {"validateRequestParameters", input.GetBool("validateRequestParameters")}};
  SavePart(context, kValidator, api_id, body, body.GetString("name"));
  return body;
}

constexpr PatchRow kPatchRows[] = {
    {.path = "/name"}, {.path = "/validateRequestParameters"}, {.path = "/validateRequestBody"}};
constexpr PatchTable kPatchTable{
    .operation = "UpdateRequestValidator", .rows = kPatchRows, .listed = true};

Answer<> UpdateRequestValidator(Context& context, const json::Object& input) {
  TL_TRY(const Record* validator, FindPart(context, kValidator, input));
  const Record before = *validator;
  json::Object body = before.body;
  TL_DO(Patch(context, kPatchTable, input, body));
  if (body.GetString("name").empty()) return BadRequest("Request Validator name cannot be blank");
  SavePart(context, kValidator, before.parent, body, body.GetString("name"));
  return body;
}

Answer<> GetRequestValidator(Context& context, const json::Object& input) {
  return GetPart(context, kValidator, input);
}

Answer<> GetRequestValidators(Context& context, const json::Object& input) {
  return ListParts(context, kValidator, input);
}

Answer<> DeleteRequestValidator(Context& context, const json::Object& input) {
  TL_TRY(const Record* validator, FindPart(context, kValidator, input));
  for (const Record* one :
       context.store.List(context.RegionScope(), kResource.kind, validator->parent)) {
    for (const json::Member& method : one->body.GetObject("resourceMethods")) {
      if (method.value.AsObject().GetString("requestValidatorId") == validator->id)
        return Conflict("Cannot delete request validator, is referenced in method: " + one->name +
                        "/" + method.key);
    }
  }
  return DeletePart(context, kValidator, input);
}

constexpr Operation kOperations[] = {
    {.name = "CreateRequestValidator", .handle = CreateRequestValidator},
    {.name = "DeleteRequestValidator", .handle = DeleteRequestValidator},
    {.name = "GetRequestValidator", .handle = GetRequestValidator},
    {.name = "GetRequestValidators", .handle = GetRequestValidators},
    {.name = "UpdateRequestValidator", .handle = UpdateRequestValidator},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kValidatorOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
