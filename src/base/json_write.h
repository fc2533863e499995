// Writes json::Value as text. Strings are escaped as little as JSON allows (UTF-8 stays UTF-8);
// numbers are written as they were read. Writing what was read changes white space only.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::json {

std::string Write(const Value& value);  // on one line, no blanks
std::string WritePretty(const Value& value,
                        int indent = 2);   // ends with a newline; empty lists as [] and {}
std::string Quote(std::string_view text);  // a JSON string with its quotes
void AppendQuoted(std::string& out, std::string_view text);

// A text that is the same for equal values: keys sorted by bytes, no blanks. For hashes and
// comparing.
std::string WriteSorted(const Value& value);

}  // namespace trunkline::json
