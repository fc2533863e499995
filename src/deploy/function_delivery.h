// Delivering one Lambda function: its role, its code, a version, and the alias 'live' that flows
// call.
//
// A version is published for every change and the alias is switched last, at once or step by step
// (deploy/function_shift.h), so a caller sees the old function or the new one, never half of it,
// and the version before is one alias update away.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "center/shift.h"
#include "deploy/function_callers.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

struct FunctionSpec {
  std::string kind = "function";  // the row of deploy/list.h that delivers it
  std::string name;               // as flows say it: "customer-lookup"
  std::string description;
  std::string runtime;  // "nodejs20.x"
  std::string handler;
  int timeout_seconds = 3;
  int memory_mb = 128;
  std::map<std::string, std::string> environment;
  std::vector<std::string> managed_policies;
  json::Array statements;  // IAM statements beside the one that lets it write its own log
  std::string zip;
  std::string hash;          // recorded when all of it worked
  center::Shift shift = {};  // of callers, from the version that they have now
};

// The alias's ARN: known before the function exists.
std::string FunctionArn(const Target& target, std::string_view name);

// Of the version that is published for what hashes to `hash`.
std::string VersionDescription(std::string_view hash);

// The function as it is: nothing when there is none. LiveResource.arn is the alias's.
net::aw<Result<void>> ReadFunction(Session& session, std::string kind, std::string name);

// Plans what lets the instance call the function: with the kind that delivers it ("function" or
// "mapping"), so that --only brings both. A function that is made anew needs its permission again.
void PlanAssociation(const Target& target, const Live& live, std::string_view kind,
                     const std::string& name, Plan& plan);

// Takes the function away from the instance, then deletes it with its role.
net::aw<Result<void>> RemoveFunction(Session& session, std::string name);

net::aw<Result<void>> DeliverFunction(Session& session, FunctionSpec spec, Action action);

}  // namespace trunkline::deploy
