// What clients ask about the account itself when they start. Users, aliases and instance profiles
// cannot be made here, so the answers are those of an account that has none.
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/families.h"

namespace trunkline::cloud::iam {
namespace {

// An account is as old as AWS's documentation of its root user; a fixed date keeps answers the
// same.
constexpr std::int64_t kAccountCreated = 1577836800;  // 2020-01-01

Answer<> GetUser(Context& context, const json::Object& input) {
  if (const std::string_view name = input.GetString("UserName"); !name.empty()) {
    return NoSuchEntity("The user with name " + std::string(name) + " cannot be found.");
  }
  if (context.caller.arn.find(":assumed-role/") != std::string::npos) {
    return ServiceError("ValidationError",
                        "Must specify userName when calling with non-User credentials");
  }
  return json::Object{{"User", json::Object{{"Path", "/"},
                                            {"UserName", "root"},
                                            {"UserId", context.caller.account},
                                            {"Arn", IamArn(context, "root")},
                                            {"CreateDate", kAccountCreated}}}};
}

Answer<> ListAccountAliases(Context&, const json::Object&) {
  return json::Object{{"AccountAliases", json::Array()}, {"IsTruncated", false}};
}

Answer<> ListInstanceProfilesForRole(Context& context, const json::Object& input) {
  TL_DO(FindRole(context, input.GetString("RoleName")));
  return json::Object{{"InstanceProfiles", json::Array()}, {"IsTruncated", false}};
}

constexpr Operation kOperations[] = {
    {.name = "GetUser", .handle = GetUser},
    {.name = "ListAccountAliases", .handle = ListAccountAliases},
    {.name = "ListInstanceProfilesForRole", .handle = ListInstanceProfilesForRole},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAccountOperations = kOperations;

}  // namespace trunkline::cloud::iam
