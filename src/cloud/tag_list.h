// Tags in the form that S3, SSM and IAM use: a list of {"Key": ..., "Value": ...}. No key twice.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud {

// The first key that stands twice, or nothing.
std::string_view RepeatedTagKey(const json::Array& tags);

// Adds tags; a key that is there already gets the new value.
void MergeTags(json::Array& tags, const json::Array& added);

// Removes the tags whose keys are named; unknown ones do not matter.
void RemoveTags(json::Array& tags, const json::Array& keys);

}  // namespace trunkline::cloud
