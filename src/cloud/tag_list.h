// Tags as most services have them: a list of {"Key": ..., "Value": ...}, or "key", or "TagKey". No
// key twice.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud {

struct Context;  // cloud/context.h

// The first key that stands twice, or nothing.
std::string_view RepeatedTagKey(const json::Array& tags);

// Adds tags; a key that is there already gets the new value.
void MergeTags(json::Array& tags, const json::Array& added, std::string_view key_member = "Key");

// Removes the tags whose keys are named; unknown ones do not matter.
void RemoveTags(json::Array& tags, const json::Array& keys, std::string_view key_member = "Key");

// Whether a caller may not set a tag of that key: "aws:" is AWS's own prefix, in any case. What
// comes from within is a stack that marks its resources with "aws:cloudformation:..." keys.
bool IsReservedTagKey(const Context& context, std::string_view key);

}  // namespace trunkline::cloud
