// Runaway protection: flows may loop, but not for ever without anybody to wait for.
#pragma once

#include <optional>
#include <string>

#include "sim/state.h"

namespace trunkline::sim {

// Counts the action the active frame is at. Past kMaxActions without a wait: the message that ends
// the call, which names the cycle when there is one.
std::optional<std::string> CountAction(ContactState& contact);

// Somebody is waited for: counting starts again.
void ForgetTrail(ContactState& contact);

}  // namespace trunkline::sim
