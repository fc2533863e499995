// Findings and errors as JSON, for machines; the same members wherever a command prints them.
#pragma once

#include "base/error.h"
#include "base/finding.h"
#include "base/json.h"

namespace trunkline {

// code, severity ("error", "warning", "note"), message, hint, file, line, column.
json::Object ToJson(const Finding& finding);
json::Array ToJson(const Findings& findings);

// kind ("not found"), message, code (of the other side) and steps where there are any.
json::Object ToJson(const Error& error);

}  // namespace trunkline
