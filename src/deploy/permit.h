// What lets an instance use a function or a bot: the permission on the resource itself, beside the
// association with the instance (aws-platform facts 6.5, 6.6).
#pragma once

#include <string>

#include "aws/client.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::deploy {

struct InstanceRef {
  std::string id;
  std::string arn;
  std::string account;

  // The name of our statement in a resource's policy: one for each instance.
  std::string StatementId() const { return "trunkline-" + id; }
};

// `function` is a name or an unqualified ARN; `qualifier` an alias or version, or empty. Permission
// that is there already is fine.
net::aw<Result<void>> PermitFunction(aws::Client client, InstanceRef instance, std::string function,
                                     std::string qualifier);
// Permission, or a function, that is not there is fine.
net::aw<Result<void>> ForbidFunction(aws::Client client, InstanceRef instance, std::string function,
                                     std::string qualifier);

// The statement that lets the instance talk to a bot's alias.
json::Object BotStatement(const InstanceRef& instance, const std::string& alias_arn);
// Adds the statement to the alias's policy, or takes it out; what others have written stays.
net::aw<Result<void>> PermitBot(aws::Client client, InstanceRef instance, std::string alias_arn);
// Whether the alias's policy has the instance's statement.
net::aw<Result<bool>> IsBotPermitted(aws::Client client, InstanceRef instance,
                                     std::string alias_arn);
net::aw<Result<void>> ForbidBot(aws::Client client, InstanceRef instance, std::string alias_arn);

// ---- plain functions

// A policy with `statement` in place of the one with the same Sid; an empty text is no policy. An
// error: `policy` is no policy.
Result<std::string> PolicyWith(std::string_view policy, json::Object statement);
// Without the statement of that Sid; empty when none is left.
Result<std::string> PolicyWithout(std::string_view policy, std::string_view sid);

}  // namespace trunkline::deploy
