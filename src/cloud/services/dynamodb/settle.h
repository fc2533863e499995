// What a table becomes later: created, updated, deleted; and its indexes.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::dynamodb {

// Ends the states CREATING, UPDATING and DELETING of the table and its indexes.
void SettleLater(Context& context, const Record& table);

}  // namespace trunkline::cloud::dynamodb
