// A table's resource policy.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::dynamodb {

// Into the body of a table's record: Policy, PolicyRevision.
Answer<void> SetPolicy(Context& context, Record& table, std::string_view document);

}  // namespace trunkline::cloud::dynamodb
