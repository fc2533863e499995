// Nodes of single tokens, and what the parser asks of any node.
#pragma once

#include <string>

#include "cloud/services/stepfunctions/jsonata/lexer.h"
#include "cloud/services/stepfunctions/jsonata/node.h"

namespace trunkline::cloud::jsonata {

NodePtr LeafOf(const Token& token);
// How a node's own token appears in messages.
std::string ShowToken(const Node& node);
// One more than the highest of its children.
std::uint32_t HeightOf(const Node& node);

}  // namespace trunkline::cloud::jsonata
