// What a pipeline does in one Region of its environment.
//
//   instance:       its stack, the monorepo into the stack's bucket, the workflow
//   contact-flows:  its stack beside waiting for what the same commit delivers before, the monorepo
//                   into the flow bucket, the provisioner
//   others:         a build: it waits, too, deploys the user's own templates, and applies the rest
#pragma once

#include <string_view>

#include "stacks/pipeline_stages.h"

namespace trunkline::stacks {

json::Object RegionStage(const PipelineSpec& spec, std::string_view region);

}  // namespace trunkline::stacks
