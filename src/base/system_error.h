// What the operating system says about a refused call, in the words and kinds of base/error.h.
#pragma once

#include <string>

#include "base/error.h"

namespace trunkline {

// Of an errno value: "permission denied", "no such file or directory".
std::string SystemReason(int code);
// kNotFound, kDenied, kConflict or kInvalid where the code says so; kUnreached for the rest (disk
// full, too many files).
ErrorKind SystemErrorKind(int code);

}  // namespace trunkline
