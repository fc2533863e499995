// The call of the mapping function that the linker puts in front of a flow which asks $.External
// and calls nobody.
#pragma once

#include <string>

#include "base/finding.h"
#include "flow/document.h"

namespace trunkline::flow {

// Makes the call the first action of `content`, the document's content; with it, or without an
// answer, the flow goes on where it began. The finding is a note that says so.
Finding InsertMappingCall(const Document& document, const std::string& mapping_arn,
                          json::Value& content);

}  // namespace trunkline::flow
