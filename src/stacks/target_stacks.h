// The stacks that the pipelines make in a target account, in each Region of an environment.
//
//   amzconnect-instance-<env>:       the workflow that makes the instance
//   (docs/instance-workflow.md) amzconnect-contact-flows-<env>:  the flow bucket and the
//   provisioner
//
// Each has a bucket that the pipeline puts the monorepo into, a function that runs deploy/ code,
// and a state machine that the pipeline starts and watches. One template serves all Regions.
#pragma once

#include "center/center.h"
#include "stacks/template.h"

namespace trunkline::stacks {

// The center has an instance: its names are in the function's policy.
Template MakeInstanceStack(const center::Center& center, const center::Environment& environment);
Template MakeContactFlowsStack(const center::Center& center,
                               const center::Environment& environment);

// The definitions, with "${FunctionArn}" in them.
json::Object InstanceMachine();
json::Object ProvisionMachine();

}  // namespace trunkline::stacks
