// Prints what a delivery would change, or changed: for people, and as JSON.
#pragma once

#include <string>

#include "app/deliver.h"
#include "base/json.h"

namespace trunkline::app {

// Findings are not in it: they go to stderr (base/finding_text.h).
std::string ToText(const DeliverReport& report);
json::Object ToJson(const DeliverReport& report);

// Without the steps that belong to another change.
std::size_t CountShown(const std::vector<deploy::Change>& changes);

// "create queue 'Sales'", one change in words.
std::string ToText(const deploy::Change& change);

}  // namespace trunkline::app
