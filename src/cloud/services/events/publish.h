// From an event on a bus to the targets of the rules that it fits.
#pragma once

#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {

// version, id, account, time and region of now.
json::Object NewEvent(Context& context);

// Archives the event and sends it to the targets of every enabled rule whose pattern it fits.
void Publish(Context& context, const Bus& bus, const json::Object& event);

// To the rules alone, of which `only` (ARNs) names those that may have it; empty: all.
void SendToRules(Context& context, const Bus& bus, const json::Object& event,
                 const json::Array& only);

// Whether anything listens to the account's own bus in this Region: for who has many events to
// tell.
bool IsHeard(Context& context);

// To the targets of one rule: a job each.
void SendToTargets(Context& context, const Rule& rule, const json::Object& event);

}  // namespace trunkline::cloud::events
