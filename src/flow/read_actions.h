// Reads the typed view (start, actions) of a document from its content, and reports what has the
// wrong JSON type.
#pragma once

#include "flow/document.h"

namespace trunkline::flow {

// What cannot be read is left out of the view; the JSON keeps it.
void ReadActions(Document& document, Findings& findings);

}  // namespace trunkline::flow
