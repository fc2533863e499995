// What the pipelines' actions and CloudFormation may do in a target account.
#pragma once

#include "base/json.h"

namespace trunkline::stacks {

// trunkline-deploy-<env>: stacks, workflows, deliveries into buckets, artifacts of the tooling
// account.
json::Array DeployStatements();
// trunkline-cfn-<env>: what the templates of instance and contact-flows make, and what templates of
// the user's own may make (docs/stacks.md lists the services).
json::Array StackStatements(json::Value boundary_arn);
// What CloudFormation needs for roles that have `boundary_arn`: `roles` are those it may keep,
// `guarded` those that it must not touch. `services` may get them.
json::Array RoleStatements(json::Value boundary_arn, json::Value roles, json::Value guarded,
                           json::Array services);

}  // namespace trunkline::stacks
