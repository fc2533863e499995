// What Amazon Connect checks when a flow is published, by the catalogue.
//
// Two modes, because the documentation and the live service differ in places. `kStrict` demands
// what the documentation says; `kObserved` refuses only what the live service was seen to refuse
// (or what both agree on) and warns about the rest. Drafts (SAVED) are not validated by the
// service.
//
// Codes: TL-F101 version; 102 start; 103 identifier; 104 target that does not exist; 105 action
// type; 106 parameter name; 107 missing parameter; 108 value; 109 empty text; 110 parameters that
// exclude or need each other; 111 missing error branch; 112 error branch refused; 113 missing
// NextAction; 114 transitions of a terminal action; 115 conditions refused; 116 condition; 117
// missing condition; 118 size; 119 Settings; 120 flow type; 121 member of the flow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "flow/document.h"

namespace trunkline::flow {

enum class ValidateMode { kStrict, kObserved };

struct Validation {
  Findings findings;
  // Of the findings that are errors, in the words of the service where they are known, as
  // InvalidContactFlowException carries them: at most 50, each at most 256 characters. Empty when
  // the flow can be published.
  std::vector<std::string> problems;
};

// By the document's own type; where that is empty, nothing is said about the flow type. What Parse
// reported is not repeated. A legacy document gives no findings: Parse has said that it is none.
Validation Validate(const Document& document, ValidateMode mode);

// Problems for the wire from other findings, such as Parse's: their messages, the errors only.
std::vector<std::string> Problems(const Findings& findings);

}  // namespace trunkline::flow
