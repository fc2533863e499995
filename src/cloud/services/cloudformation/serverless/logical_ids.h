// Logical ids that end in a hash, as the transform makes them: templates and tools know them.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::cloudformation::serverless {

// The text that is hashed: keys sorted, no blanks, everything beyond ASCII escaped.
std::string HashedText(const json::Value& value);
// The prefix and ten digits of the data's SHA-1; of an empty text the prefix alone.
std::string HashedId(std::string_view prefix, std::string_view data);
std::string HashedId(std::string_view prefix, const json::Value& data);
std::string HashOf(std::string_view data);  // all forty digits

bool IsAlphanumeric(std::string_view text);  // and not empty
// The prefix and the suffix, or the suffix's hash where it does not fit into a logical id.
std::string SuffixedId(std::string_view prefix, std::string_view suffix);

// Objects with their keys in order, all through.
json::Value Sorted(const json::Value& value);

}  // namespace trunkline::cloud::cloudformation::serverless
