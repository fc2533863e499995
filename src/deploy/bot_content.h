// What a version of a bot holds, read back: locales with their slot types, intents and slots, in
// the form in which the center declares them.
//
// A version is immutable, DRAFT is not: two of them compare member by member, because Lex answers
// both alike, with the same defaults.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// `version` is a number or "DRAFT". Costs a call for each locale, slot type, intent and slot, and
// the listings.
net::aw<Result<std::vector<center::BotLocale>>> ReadBotContent(Session& session, std::string bot_id,
                                                               std::string version);

// Where two contents differ, in a few words each: "locale 'en_US': intent 'Sales'". Sorted.
std::vector<std::string> BotDifferences(const std::vector<center::BotLocale>& is,
                                        const std::vector<center::BotLocale>& wanted);

// Of what an operation that describes answers, what the one that writes takes.
json::Object OnlyMembers(const json::Object& described, std::span<const std::string_view> members);

// What a delivery hashes of a locale.
json::Object BotLocaleValue(const center::BotLocale& locale);

}  // namespace trunkline::deploy
