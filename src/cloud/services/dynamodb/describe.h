// A table as the wire has it.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::dynamodb {

// With how many items there are now, and how large they are. AWS counts every six hours.
json::Object Describe(Context& context, const Record& table);

}  // namespace trunkline::cloud::dynamodb
