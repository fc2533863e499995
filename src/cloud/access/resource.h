// Resources of calls: their real ARNs, where an input names them otherwise, and their own policies.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/access/evaluate.h"
#include "cloud/context.h"

namespace trunkline::cloud::access {

// A secret's ARN with its random end, a key's by its alias, a role's with its path, a queue's by
// its URL: what policies are written for. `resource` is returned when there is nothing better.
std::string RealArn(Context& context, std::string_view service, const std::string& resource);

// What explanations call the trust policy of a role.
std::string TrustName(std::string_view role);

// The policy of a resource and whose it is: of a bucket, function, key, secret, topic, queue, bot
// alias; of log groups, those of their account; of a role, who may assume it.
void AddResourcePolicy(Context& context, PolicyCache& cache, std::string_view service,
                       std::string_view action, const std::string& arn, Policies& policies);

}  // namespace trunkline::cloud::access
