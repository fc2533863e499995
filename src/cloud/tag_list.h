// Tags as most services have them: a list of {"Key": ..., "Value": ...}, or "key", or "TagKey". No
// key twice.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud {

// The first key that stands twice, or nothing.
std::string_view RepeatedTagKey(const json::Array& tags);

// Adds tags; a key that is there already gets the new value.
void MergeTags(json::Array& tags, const json::Array& added, std::string_view key_member = "Key");

// Removes the tags whose keys are named; unknown ones do not matter.
void RemoveTags(json::Array& tags, const json::Array& keys, std::string_view key_member = "Key");

}  // namespace trunkline::cloud
