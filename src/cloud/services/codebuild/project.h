// What a project says: its members completed with the service's defaults and checked. A build goes
// by the same rules after its overrides.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::codebuild {

// Members that CreateProject, UpdateProject and a build share.
json::Value CompleteArtifacts(const json::Object& given, std::string_view project_name);
json::Object CompleteEnvironment(json::Object given);
json::Object CompleteSource(json::Object given);

// Whether a project with these members can be built. `project` is complete.
Answer<void> CheckProject(Context& context, const json::Object& project);
// Sources, artifacts and variables alone: what a build may override.
Answer<void> CheckBuildable(const json::Object& project);
// Whether CodeBuild may assume the role.
Answer<void> CheckServiceRole(Context& context, std::string_view role_arn);

}  // namespace trunkline::cloud::codebuild
