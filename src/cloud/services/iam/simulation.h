// A simulated call: who would call, and by which policies it is decided.
#pragma once

#include <string>
#include <vector>

#include "cloud/access/evaluate.h"
#include "cloud/context.h"

namespace trunkline::cloud::iam {

struct Simulation {
  access::Call call;  // without action and resource
  access::Policies policies;
};

// By the input of SimulateCustomPolicy, or of SimulatePrincipalPolicy (with a PolicySourceArn).
// InvalidInput: what AWS refuses; NoSuchEntity: the principal is not there.
Answer<Simulation> MakeSimulation(Context& context, const json::Object& input);

// The input's PolicyInputList, each a policy.
Answer<std::vector<access::NamedPolicy>> ReadInputPolicies(const json::Object& input,
                                                           std::string_view member);

// The policies of the input's PolicySourceArn: of a role, a user with its groups, or a group. None
// without one.
Answer<Simulation> FindSource(Context& context, const json::Object& input);

// `EvaluationResult` of one action on one resource.
json::Object Simulate(Simulation simulation, const std::string& action,
                      const std::string& resource);

}  // namespace trunkline::cloud::iam
