// Compares a file's values with their shape, and says every difference at its place (codes:
// center/reader.h).
#pragma once

#include <string>

#include "base/json.h"
#include "center/reader.h"
#include "center/shape.h"

namespace trunkline::center {

void CheckShape(Source& source, const json::Value& document, const Field& shape);

bool Matches(const std::string& text, const Pattern& pattern);

// A value as messages show it: a string in quotes, cut when long, else as JSON.
std::string Shown(const json::Value& value);

}  // namespace trunkline::center
