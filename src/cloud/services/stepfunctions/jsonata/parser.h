// Reads the text of an expression into nodes, by Pratt's method: every token knows how strongly it
// binds what stands left of it.
#pragma once

#include <string_view>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/node.h"

namespace trunkline::cloud::jsonata {

// As the text has it; resolve.h makes it ready to evaluate.
Outcome<NodePtr> ParseNodes(std::string_view text);

}  // namespace trunkline::cloud::jsonata
