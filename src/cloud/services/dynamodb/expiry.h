// The time to live: items whose attribute says so are removed when the clock gets there.
//
//   expiry       parent = table id   name = seconds and key   id = table id|key   body: Key
//   expiry-wake  id = table id                          body: Due, Job: the next job of the table
#pragma once

#include <string>

#include "cloud/context.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

// Follows a change of an item; does nothing for a table without a time to live.
void SaveExpiry(Context& context, const Table& table, const std::string& key,
                const json::Object* before, const json::Object* after);
// For all items of a table whose time to live was turned on.
void FindExpiries(Context& context, const Table& table);
void ForgetExpiries(Context& context, const Table& table);

}  // namespace trunkline::cloud::dynamodb
