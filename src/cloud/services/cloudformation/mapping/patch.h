// API Gateway's updates: patch operations on paths, {op, path, value}.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/services/cloudformation/mapping/input.h"

namespace trunkline::cloud::cloudformation {

// What brings the chosen properties from what they were to what is wanted: structures and maps
// member by member, lists of words by adding and removing.
json::Array PatchOperations(const Mapping& mapping, const ResourceOrder& order,
                            const std::vector<std::string_view>& chosen);

}  // namespace trunkline::cloud::cloudformation
