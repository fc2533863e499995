// AWS::Lambda::Permission: its id is the name of the statement in the function's policy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The function's name may carry a qualifier, which both operations understand.
json::Object KeysOfPermission(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("StatementId", order.physical_id);
  keys.Set("FunctionName", order.properties.GetString("FunctionName"));
  return keys;
}

constexpr auto kProperties = Properties<
    "Action*^ EventSourceToken^ FunctionName*^ FunctionUrlAuthType^ "
    "InvokedViaFunctionUrl^ Principal*^ PrincipalOrgID^ SourceAccount^ SourceArn^">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kValues[] = {
    {"Id", "StatementId"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lambda::Permission",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "AddPermission",
    .remove = "RemovePermission",
    .id = "StatementId",
    .values = kValues,
    .naming = {.property = "StatementId", .limit = 100},
    .keys_of = KeysOfPermission,
};

}  // namespace

constinit const ResourceType kLambdaPermissionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
