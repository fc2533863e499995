#include "cloud/services/cloudformation/stacks/identity.h"

#include <fmt/format.h>

#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

// As the service names its sessions of a stack's role.
constexpr std::string_view kSession = "AWSCloudFormation";

access::Deputy For(std::string_view stack) {
  return {.service = "cloudformation.amazonaws.com",
          .source_arn = std::string(stack),
          .source_account = {}};
}

ServiceError NotAssumed(std::string_view role_arn) {
  return ValidationError(fmt::format("Role {} is invalid or cannot be assumed", role_arn));
}

}  // namespace

Answer<json::Object> CallerMembers(Context& context, std::string_view stack,
                                   std::string_view role_arn) {
  if (!role_arn.empty()) {
    const auto arn = ParseArn(role_arn);
    const bool own = arn && arn->account == context.caller.account;
    if (!own || !access::MayActAs(context, For(stack), role_arn)) return NotAssumed(role_arn);
    return json::Object{{"RoleARN", role_arn}, {"Account", context.caller.account}};
  }
  return json::Object{{"Account", context.caller.account},
                      {"CallerArn", context.caller.arn},
                      {"CallerId", context.caller.user_id},
                      {"CallerSession", context.caller.session_name}};
}

Answer<Caller> CallerOfOperation(Context& context, std::string_view stack,
                                 const json::Object& operation) {
  const std::string_view role_arn = operation.GetString("RoleARN");
  if (!role_arn.empty()) {
    auto session = access::ActAs(context, For(stack), role_arn, kSession);
    if (!session) return NotAssumed(role_arn);
    return session;
  }
  Caller caller;
  caller.account = operation.GetString("Account");
  caller.arn = operation.GetString("CallerArn");
  caller.user_id = operation.GetString("CallerId");
  caller.session_name = operation.GetString("CallerSession");
  // A stack without a role has the permissions of who asked for it.
  caller.acts_in_role = true;
  return caller;
}

}  // namespace trunkline::cloud::cloudformation
