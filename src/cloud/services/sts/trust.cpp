#include "cloud/services/sts/trust.h"

#include "cloud/access/evaluate.h"

namespace trunkline::cloud::sts {

bool TrustAllows(std::string_view policy, const TrustRequest& request) {
  access::Call call{.account = request.caller.account,
                    .principal_arn = request.caller.arn,
                    .role_arn = request.caller_role_arn,
                    .service = {},
                    .action = request.action,
                    .resource = "*",
                    .keys = {}};
  for (const auto& [key, value] : request.keys) call.keys[key] = {value};
  return access::Ask(*access::ReadPolicy(policy), call, true).effect == access::Effect::kAllow;
}

}  // namespace trunkline::cloud::sts
