// The account's settings: the role that writes logs (kept and not used: nothing here needs it).
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr Kind kAccount{"apigateway", "account"};

json::Object Current(Context& context) {
  const Record* record = context.store.Find(context.RegionScope(), kAccount, "account");
  if (record) return record->body;
  constexpr int kBurst = 5000;
  constexpr int kRate = 10'000;
  return {{"throttleSettings", json::Object{{"burstLimit", kBurst}, {"rateLimit", kRate}}},
          {"features", json::Array{"UsagePlans"}},
          {"apiKeyVersion", "4"}};
}

Answer<> GetAccount(Context& context, const json::Object& /*input*/) {
  return Current(context);
}

Answer<> UpdateAccount(Context& context, const json::Object& input) {
  json::Object body = Current(context);
  TL_DO(Patch(context, "UpdateAccount", input, {"cloudwatchRoleArn"}, body));
  const std::string_view role = body.GetString("cloudwatchRoleArn");
  if (!role.empty() && !role.starts_with("arn:aws:iam::"))
    return BadRequest(
        "The role ARN does not have required permissions configured. Please grant "
        "trust permission for API Gateway and add the required role policy.");
  context.store.Put(context.RegionScope(), kAccount,
                    {.id = "account", .parent = "", .name = "account", .body = body});
  return body;
}

constexpr Operation kOperations[] = {
    {.name = "GetAccount", .handle = GetAccount},
    {.name = "UpdateAccount", .handle = UpdateAccount},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAccountOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
