// Whether what a content names literally is there for the instance.
#pragma once

#include <string>
#include <vector>

#include "cloud/context.h"
#include "flow/document.h"

namespace trunkline::cloud::connect {

// One text for each reference that leads nowhere, in the order of the content. What is read at run
// time is not checked.
std::vector<std::string> CheckReferences(Context& context, const Record& instance,
                                         const flow::Document& document);

}  // namespace trunkline::cloud::connect
