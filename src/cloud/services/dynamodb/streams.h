// Streams: what was changed in a table, in order, for a day.
#pragma once

#include "cloud/context.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

// Does nothing for a table without a stream.
void RecordChange(Context& context, const Table& table, const json::Object* before,
                  const json::Object* after, ChangedBy who);

}  // namespace trunkline::cloud::dynamodb
