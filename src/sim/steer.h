// The resource an action works with, for a host that watches it or puts another one in its place
// (Call::stops). Functions, hours, bots and queues have one; every other action none.
#pragma once

#include <string>
#include <string_view>

#include "sim/runner.h"

namespace trunkline::sim {

// Id or ARN; empty when the action has none.
std::string SteeredResource(const Turn& turn);
// Puts `resource` in its place: in the parameters, or as the contact's target queue.
void Steer(ContactState& contact, std::string_view type, json::Object& parameters,
           const std::string& resource);

}  // namespace trunkline::sim
