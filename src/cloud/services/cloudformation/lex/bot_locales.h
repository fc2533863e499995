// The locales of an AWS::Lex::Bot, with their intents, slots and slot types.
//
// A template has a locale as one document; Lex has an operation for each of its parts, which refer
// to each other by ids. A locale that changed is brought to what is wanted part by part, by names,
// so that what stays keeps its id; then it is built, if the bot says so.
#pragma once

#include <span>

#include "cloud/services/cloudformation/mapping/mapped.h"

namespace trunkline::cloud::cloudformation {

// Where a template and Lex differ in words.
extern const std::span<const Name> kLexNames;

// From order.previous to order.properties. The mapping is the bot's.
net::aw<Answer<void>> ChangeLocales(const Mapping& mapping, WaitContext context,
                                    ResourceOrder order);

// A locale of a bot's draft, and how to call operations about it.
struct LocalePlace {
  const Mapping& mapping;
  const WaitContext& context;
  const ResourceOrder& order;
  std::string_view locale;
  // The operation with these properties, in this place. State operations only: it does not wait.
  Answer<> Call(std::string_view operation, json::Object properties) const;
};

// Slot types, intents and slots, as the locale of a template has them.
Answer<void> ChangeParts(const LocalePlace& place, const json::Object& locale);

}  // namespace trunkline::cloud::cloudformation
