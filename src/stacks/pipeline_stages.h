// The stages of a pipeline, in order: Source, Build, Testing (functions), Approval, and a stage for
// each Region of the environment, the primary first.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "center/center.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {

struct PipelineSpec {
  const ToolingView& view;
  std::string_view project;
  std::string_view branch;
  const center::Environment* environment = nullptr;  // of a pipeline that delivers
};

json::Array DeliveryStages(const PipelineSpec& spec);
// Of the pipeline that updates the artifact stores and the tooling stack.
json::Array ToolingStages(const PipelineSpec& spec);

}  // namespace trunkline::stacks
