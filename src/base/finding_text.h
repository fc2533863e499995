// Prints findings the way compilers print diagnostics:
//
//   callflows/main-ivr.json:41:16: error: queue 'Slaes' is not declared in this center [TL-F012]
//     41 |     "QueueId": "${queue:Slaes}",
//        |                ^~~~~~~~~~~~~~~~ did you mean '${queue:Sales}'?
#pragma once

#include <string>

#include "base/finding.h"

namespace trunkline {

// Ends with a newline. `colour` adds terminal escapes.
std::string ToText(const Finding& finding, bool colour = false);
std::string ToText(const Findings& findings, bool colour = false);

}  // namespace trunkline
