// Locales.json and Aliases.json are written as CloudFormation has them, with keys in lowerCamel
// (the workshop, the CDK) or UpperCamel (templates). The Lex V2 API, which delivers them, has
// lowerCamel and some other names and forms. Here the first becomes the second, so that both the
// checks and the delivery see one spelling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::center {

// Places stay. Changed, beside the first letters: messageGroupsList -> messageGroups, isActive ->
// active, lambdaArn -> lambdaARN, SSMLMessage -> ssmlMessage; ORIGINAL_VALUE -> OriginalValue (and
// the other strategies); in nextStep, lists of {key, value} and {slotName, slotValueOverride} ->
// maps.
json::Value ToApiSpelling(json::Value document);

// The other way round, for schemas: every spelling that becomes this key, or this word; the API's
// own first.
std::vector<std::string> FileSpellingsOfKey(std::string_view key);
std::vector<std::string> FileSpellingsOfWord(std::string_view word);

}  // namespace trunkline::center
