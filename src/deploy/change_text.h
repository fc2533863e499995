// Changes in words and as JSON: what reports of every kind say of them.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "deploy/apply.h"

namespace trunkline::deploy {

// "create queue 'Sales'", one change in words.
std::string ToText(const Change& change);
json::Object ToJson(const Change& change);

// Without the steps that belong to another change.
std::size_t CountShown(const std::vector<Change>& changes);
json::Array ToJson(const std::vector<Change>& changes);

// With the error of each.
json::Array ToJson(const std::vector<Failure>& failures);

}  // namespace trunkline::deploy
