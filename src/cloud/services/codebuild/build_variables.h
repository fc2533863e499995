// The environment of a build's commands: the service's own variables, those of the buildspec, the
// project and the call, and secrets.
#pragma once

#include <string_view>

#include "cloud/services/codebuild/build_run.h"

namespace trunkline::cloud::codebuild {

// Adds CODEBUILD_* and HOME to the credentials that are there.
void AddBuildVariables(BuildRun& run);

// Adds the buildspec's and then the project's variables (the call's are among them), so that the
// latter win, and nobody overrides CODEBUILD_*. Secrets are masked in the log.
PhaseEnd AddOwnVariables(BuildRun& run);

// "id:json-key:version-stage:version-id", all but the id may be missing; an ARN is an id, too.
struct SecretReference {
  std::string id;
  std::string json_key;
  std::string stage;
  std::string version;
};
SecretReference ReadSecretReference(std::string_view text);

}  // namespace trunkline::cloud::codebuild
