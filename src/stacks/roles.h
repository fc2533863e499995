// The stack amzconnect-roles-<env> of a target account: who may deliver there, and how far.
//
// Three roles and a boundary (aws-platform facts, 8.1): `trunkline-deploy-<env>` is taken by the
// pipelines' actions (which cannot send an external id), `trunkline-cfn-<env>` is CloudFormation's
// service role, `trunkline-operator-<env>` is taken by builds that run `trunkline` (external id).
// None may make a role without the boundary `trunkline-boundary`, change the boundary, or change
// one of the three: only who administers the account changes this stack.
#pragma once

#include "center/center.h"
#include "stacks/template.h"

namespace trunkline::stacks {

// The parameters' defaults are the environment's. The center has a tooling account and an instance
// or none.
Template MakeRoles(const center::Center& center, const center::Environment& environment);

// amzconnect-roles-stack-set: the same roles for every environment as one stack set, administrated
// in the tooling account.
Template MakeRolesStackSet(const center::Center& center);

// Statements of the boundary: the most that functions, workflows and bots made in a target account
// may ever do.
json::Array BoundaryStatements();

}  // namespace trunkline::stacks
