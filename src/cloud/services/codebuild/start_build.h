// A new build: what a project says, with what StartBuild overrides.
//
// Artifacts of a pipeline come by overrides: CodePipeline gives the source as S3 zips
// (sourceLocationOverride "bucket/key", secondarySourcesOverride) and says where artifacts go
// (artifactsOverride, secondaryArtifactsOverride). Its session is called "codepipeline/<pipeline>",
// which becomes the build's initiator.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::codebuild {

struct BuildRequest {
  json::Object input;            // as StartBuild takes it
  std::string batch_arn;         // of the batch it is a part of, or empty
  std::string batch_identifier;  // its part, for CODEBUILD_BATCH_BUILD_IDENTIFIER
  std::string retry_of;          // ARN of the build that failed, or empty
  std::int64_t retries = 0;      // how many came before
};

// Queues it; the answer is the build as it is shown. Beside "build" and "input", its record holds
// "settings": {"artifacts", "secondaryArtifacts" (as a project has them), "autoRetryLimit",
// "batchIdentifier", "projectUuid", "cache" (the generation), "inRole"}.
Answer<> NewBuild(Context& context, const BuildRequest& request);

// What an input's overrides make of a project, in a project's form: also for batches.
Answer<> ApplyOverrides(Context& context, const json::Object& project, const json::Object& input);

// Who started it, as a build shows it.
std::string InitiatorOf(const Context& context);

// The same call again within five minutes: `kind` tells tokens of different operations apart.
// The answer is the id that was remembered, or empty.
Answer<std::string> RecallToken(Context& context, std::string_view kind, const json::Object& input);
void RememberToken(Context& context, std::string_view kind, const json::Object& input,
                   std::string_view id);

}  // namespace trunkline::cloud::codebuild
