#include "cloud/services/cloudformation/stacks/identity.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/template/read.h"
#include "cloud/services/sts/sessions.h"

namespace trunkline::cloud::cloudformation {
namespace {

// As the service names its sessions of a stack's role.
constexpr std::string_view kSession = "AWSCloudFormation";

}  // namespace

Answer<json::Object> CallerMembers(Context& context, std::string_view role_arn) {
  if (!role_arn.empty()) {
    const Answer<sts::Role> role = sts::FindRole(context, role_arn);
    if (!role || role->account != context.caller.account)
      return ValidationError(fmt::format("Role {} is invalid or cannot be assumed", role_arn));
    return json::Object{{"RoleARN", role_arn}, {"Account", context.caller.account}};
  }
  return json::Object{{"Account", context.caller.account},
                      {"CallerArn", context.caller.arn},
                      {"CallerId", context.caller.user_id},
                      {"CallerSession", context.caller.session_name}};
}

Answer<Caller> CallerOfOperation(Context& context, const json::Object& operation) {
  const std::string_view role_arn = operation.GetString("RoleARN");
  if (!role_arn.empty()) {
    const Answer<sts::Role> role = sts::FindRole(context, role_arn);
    if (!role)
      return ValidationError(fmt::format("Role {} is invalid or cannot be assumed", role_arn));
    return sts::SessionCaller(*role, kSession);
  }
  return Caller{.account = std::string(operation.GetString("Account")),
                .arn = std::string(operation.GetString("CallerArn")),
                .user_id = std::string(operation.GetString("CallerId")),
                .access_key_id = {},
                .session_name = std::string(operation.GetString("CallerSession"))};
}

}  // namespace trunkline::cloud::cloudformation
