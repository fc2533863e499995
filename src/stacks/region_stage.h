// What a pipeline does in one Region of its environment.
//
//   instance:       its stack, the monorepo into the stack's bucket, the workflow
//   contact-flows:  its stack beside waiting for what the same commit delivers before, the monorepo
//                   into the flow bucket, the provisioner
//   others:         the user's own templates, one after the other by name, then `trunkline apply`
#pragma once

#include <string_view>
#include <vector>

#include "stacks/pipeline_stages.h"

namespace trunkline::stacks {

// The user's own templates of a project, by name.
std::vector<const center::UserTemplate*> TemplatesOf(const center::Center& center,
                                                     std::string_view project);

json::Object RegionStage(const PipelineSpec& spec, std::string_view region);

}  // namespace trunkline::stacks
