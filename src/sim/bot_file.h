// A bot's locale from a file of a monorepo: an entry of Locales.json, in CloudFormation's shape
// (AWS::Lex::Bot, BotLocales) with lower-camel keys. For calls that are rehearsed without the
// embedded cloud.
#pragma once

#include "base/json.h"
#include "sim/bot.h"

namespace trunkline::sim {

// What is missing stays at its default; checking the file is the business of whoever reads
// monorepos.
BotLocale ReadLocaleFile(const json::Object& locale);

}  // namespace trunkline::sim
