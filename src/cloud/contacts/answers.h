// How the embedded cloud answers what a contact asks of the world: functions are really invoked,
// bots really asked.
#pragma once

#include <optional>
#include <string>

#include "cloud/engine.h"
#include "cloud/wait.h"
#include "sim/effect.h"
#include "sim/event.h"

namespace trunkline::cloud::contacts {

// The event that answers an effect; nothing for effects that ask nothing, or ask the caller.
net::aw<std::optional<sim::Event>> AnswerEffect(Engine& engine, Caller caller, std::string region,
                                                std::string instance_id, sim::Effect effect);

}  // namespace trunkline::cloud::contacts
