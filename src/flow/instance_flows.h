// The flows a new Amazon Connect instance comes with: default flows, which the service uses where
// no flow is set, and samples. Each file is {Name, Type, Description, Default, Content}; symbols
// in Content name the instance's own prompts and queue.
#pragma once

#include <span>

#include "base/embedded.h"

namespace trunkline {

std::span<const EmbeddedFile> InstanceFlows();

}  // namespace trunkline
