// Instance profiles: a name by which a machine gets a role.
#pragma once

#include <string_view>
#include <vector>

#include "cloud/services/iam/entities.h"

namespace trunkline::cloud::iam {

Answer<Record> FindInstanceProfile(Context& context, std::string_view name);
// `InstanceProfile`, with the whole of its role.
json::Object ToInstanceProfile(Context& context, const Record& profile);

// The profiles that have a role, by name.
std::vector<const Record*> ProfilesWith(Context& context, std::string_view role);

}  // namespace trunkline::cloud::iam
