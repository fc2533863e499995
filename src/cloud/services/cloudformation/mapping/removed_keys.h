// Maps of texts that an API merges with what it has, where an empty text takes a key away.
#pragma once

#include <string_view>

#include "base/json.h"
#include "cloud/services/cloudformation/resource_type.h"

namespace trunkline::cloud::cloudformation {

// Gives the keys that the previous properties had, and these have no more, an empty text.
void EmptyRemovedKeys(const ResourceOrder& order, std::string_view property,
                      json::Object& properties);

}  // namespace trunkline::cloud::cloudformation
