// The permission to use a connection.
#include <string>

#include "cloud/access/identity.h"
#include "cloud/access/usage.h"
#include "cloud/services/connections/connection.h"

namespace trunkline::cloud::connections {

Answer<void> CheckUse(Context& context, std::string_view connection_arn) {
  if (!context.settings.enforce_iam || !context.caller.acts_in_role) return {};
  access::PolicyCache cache;
  const access::Identity identity = access::FindIdentity(context, cache, context.caller);
  for (const std::string_view service : {kNewService, kOldService}) {
    const access::Call call{.account = context.caller.account,
                            .principal_arn = context.caller.arn,
                            .role_arn = identity.role_arn,
                            .service = {},
                            .action = std::string(service) + ":UseConnection",
                            .resource = std::string(connection_arn),
                            .keys = identity.keys};
    if (access::Decide(context, call, identity.policies).allowed) return {};
  }
  // AWS's own words, seen in many a forum.
  return ServiceError(
      "PermissionError",
      fmt::format("Unable to use Connection: {}. The provided role does not have sufficient "
                  "permissions.",
                  connection_arn));
}

}  // namespace trunkline::cloud::connections
