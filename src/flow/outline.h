// A flow as text for reading and for line-by-line comparison (git's textconv): every action with
// its parameters and where its branches lead, in the order callers come to them. Identifiers that
// nobody knows, positions and other layout are not in it.
#pragma once

#include <string>

#include "flow/document.h"

namespace trunkline::flow {

// Of a document in flow language; a legacy export (flow/document.h) has no actions to show.
std::string Outline(const Document& document);

}  // namespace trunkline::flow
