// $.Lex: what a bot's answer leaves behind for the flow (flow-language 4.2).
#pragma once

#include "base/json.h"
#include "sim/event.h"

namespace trunkline::sim {

json::Object LexNamespace(const BotAnswered& answer);

}  // namespace trunkline::sim
