// Prints what a delivery would change, or changed: for people, and as JSON.
#pragma once

#include <string>

#include "app/deliver.h"
#include "base/json.h"
#include "deploy/change_text.h"

namespace trunkline::app {

// Findings are not in it: they go to stderr (base/finding_text.h).
std::string ToText(const DeliverReport& report);
json::Object ToJson(const DeliverReport& report);
// What a plan would change, for somebody who has to approve it: one line of at most 600 characters,
// never empty.
std::string ToSummary(const DeliverReport& report);

using deploy::CountShown;
using deploy::ToJson;
using deploy::ToText;

}  // namespace trunkline::app
