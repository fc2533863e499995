// The fingerprint of a flow's content, for telling whether it changed.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::flow {

// SHA-256 in lower-case hex, the same for contents that differ in white space and key order only.
// Layout counts: the console shows it. A text that is not JSON is hashed as it is.
std::string NormalisedHash(std::string_view content);

}  // namespace trunkline::flow
