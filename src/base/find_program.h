// Which file a child runs.
#pragma once

#include <string>

#include "base/result.h"
#include "base/subprocess.h"

namespace trunkline {

// The path of arguments[0], looked for on the PATH of the child's own environment. A relative path
// with a folder is the child's to look up. Not there: kNotFound; not executable: kDenied.
Result<std::string> ProgramOf(const ProcessSpec& spec);

}  // namespace trunkline
