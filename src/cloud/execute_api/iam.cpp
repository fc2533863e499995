#include "cloud/execute_api/iam.h"

#include "cloud/access/identity.h"
#include "cloud/access/usage.h"
#include "cloud/arn.h"
#include "cloud/engine.h"

namespace trunkline::cloud::execute_api {

bool IamAllows(const WaitContext& context, const Caller& caller, std::string_view method_arn) {
  if (!context.engine().settings.enforce_iam) return true;
  access::Decision decision;
  const Answer<> asked = context.State([&](Context& state) -> Answer<> {
    access::PolicyCache cache;
    access::Identity identity = access::FindIdentity(state, cache, caller);
    const auto arn = ParseArn(method_arn);
    identity.policies.resource_account = arn ? arn->account : caller.account;
    const access::Call call{.account = caller.account,
                            .principal_arn = caller.arn,
                            .role_arn = identity.role_arn,
                            .service = {},
                            .action = "execute-api:Invoke",
                            .resource = std::string(method_arn),
                            .keys = identity.keys};
    decision = access::Decide(state, call, identity.policies);
    return json::Object();
  });
  if (asked && decision.allowed) return true;
  context.log().Warn("{} may not call {}: {}", caller.arn, method_arn, decision.why);
  return false;
}

}  // namespace trunkline::cloud::execute_api
