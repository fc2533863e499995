// Roles of pipelines and actions: who may assume what, and calling as them.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::codepipeline {

// What an action runs in. An empty action's role means the pipeline's.
struct ActionRoles {
  std::string_view pipeline;  // its name
  std::string_view pipeline_role;
  std::string_view action_role;
};

// Whether the role exists and its trust policy lets codepipeline.amazonaws.com have it for the
// pipeline.
bool ServiceMayAssume(Context& context, std::string_view pipeline, std::string_view role_arn);

// The session of the action's role as the pipeline's role may have it: AccessDenied. An external id
// cannot be given: a trust policy that asks for one never holds.
Answer<Caller> ActionSession(Context& context, const ActionRoles& roles, std::string_view session);

}  // namespace trunkline::cloud::codepipeline
