// Roles of pipelines and actions: who may assume what, and calling as them.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::codepipeline {

// Whether the role exists and its trust policy names codepipeline.amazonaws.com.
bool ServiceMayAssume(Context& context, std::string_view role_arn);

// Whether the role exists and trusts the pipeline's role. An external id cannot be given: a trust
// policy that asks for one never holds.
bool RoleMayAssume(Context& context, std::string_view pipeline_role, std::string_view action_role);

// The session of a role, without asking anybody: for the role CodePipeline itself assumes.
Answer<Caller> ServiceSession(Context& context, std::string_view role_arn,
                              std::string_view session);

// The session of the action's role as the pipeline's role may have it: AccessDenied.
Answer<Caller> ActionSession(Context& context, std::string_view pipeline_role,
                             std::string_view action_role, std::string_view session);

}  // namespace trunkline::cloud::codepipeline
