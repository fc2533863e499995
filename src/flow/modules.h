// How modules invoke each other, over all flows of a center.
#pragma once

#include <span>

#include "base/finding.h"
#include "flow/document.h"

namespace trunkline::flow {

// Modules may nest five levels deep and must not invoke each other in a cycle (administrator
// guide). A module is known by its document's name; invocations by symbol (${module:Name}) and by
// the workshop's attributes are followed, ids are not known here. Findings, at an invocation of the
// chain: TL-F401 a cycle, with the chain in the message; TL-F402 a chain of more than five modules.
Findings CheckModuleCycles(std::span<const Document> documents);

}  // namespace trunkline::flow
