// What takes Lex a while: creating bots, locales and versions, and building a locale. A job ends
// it.
#pragma once

#include <string>

#include "cloud/context.h"
#include "sim/bot.h"

namespace trunkline::cloud::lexv2_models {

// Of a bot, a version or a locale, by its id: Available, or NotBuilt.
void ScheduleSettling(Context& context, Kind kind, const std::string& id);
// Ends with Built, or with Failed and the reasons.
void ScheduleBuild(Context& context, const std::string& locale_key);

// A locale as plain values, for understanding (sim/bot.h).
sim::BotLocale ReadLocale(Context& context, const std::string& locale_key);

}  // namespace trunkline::cloud::lexv2_models
