// The builds a batch is made of: what the `batch` block of a buildspec says, as a list.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::codebuild {

struct BatchPart {
  std::string identifier;
  std::vector<std::string> depends_on;
  bool ignore_failure = false;
  // What StartBuild overrides for it: buildspecOverride, imageOverride, computeTypeOverride,
  // environmentTypeOverride, privilegedModeOverride, environmentVariablesOverride.
  json::Object overrides;
};

struct BatchSpec {
  bool fast_fail = false;
  std::vector<BatchPart> parts;
};

// build-list, build-graph and build-matrix; build-fanout is refused. The parts of a matrix are
// called build0, build1 and so on. The error says what is wrong in the block.
Result<BatchSpec> ReadBatchSpec(const json::Object& batch);

}  // namespace trunkline::cloud::codebuild
