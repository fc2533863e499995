// A CodeBuild build or batch that an action waits for.
#pragma once

#include <string>

#include "cloud/services/codepipeline/action_run.h"

namespace trunkline::cloud::codepipeline {

// What CodeBuild is given of the action's artifacts: overrides of its source, of secondary sources
// and of artifacts. `primary` names the input artifact that is the source.
struct BuildInput {
  json::Object start;   // of StartBuild or StartBuildBatch
  json::Array outputs;  // where each output artifact will be: [{"name", "s3location"}]
};

// The action's role in the session by which CodeBuild knows the pipeline.
WaitContext BuildCaller(const ActionOrder& order);

// Adds sources and artifacts to an input that has its projectName.
Answer<BuildInput> AddArtifacts(const ActionOrder& order, json::Object start,
                                const std::string& primary);

// Starts the build, unless the order's progress names one, and waits for its end.
net::aw<ActionOutcome> RunBuild(ActionOrder order, BuildInput input, bool batch);

}  // namespace trunkline::cloud::codepipeline
