// A center linked for one made-up instance, as a world that calls can be made to.
#pragma once

#include <memory>
#include <string>

#include "center/center.h"
#include "flow/link.h"
#include "sim/bot.h"
#include "sim/world.h"

namespace trunkline::tests {

struct Instance {
  std::shared_ptr<const sim::World> world;
  std::string mapping;  // what the mapping function answers
  sim::BotLocale bot;   // the first locale of the first bot
};

// Ends the test program when a flow cannot be linked.
Instance MakeInstance(const center::Center& center, flow::LinkMode mode);

}  // namespace trunkline::tests
