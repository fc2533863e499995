// How bots stand in the store. Bodies are in the shape of the Describe operations, so that an
// answer is a record's body.
//
//   bot        id botId                                 name botName
//   version    id botId/N          parent botId         name N, with leading zeros
//   alias      id botId/aliasId    parent botId         name botAliasName
//   locale     id botId/V/L        parent botId/V       name localeId        V is "DRAFT" or a
//   number intent     id botId/V/L/I      parent botId/V/L     name intentName slot type  id
//   botId/V/L/T      parent botId/V/L     name slotTypeName slot       id botId/V/L/I/S    parent
//   botId/V/L/I   name slotName policy, tags                   id the resource's ARN
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::lexv2_models {

inline constexpr Kind kBot{"lex", "bot"};
inline constexpr Kind kVersion{"lex", "version"};
inline constexpr Kind kAlias{"lex", "alias"};
inline constexpr Kind kLocale{"lex", "locale"};
inline constexpr Kind kIntent{"lex", "intent"};
inline constexpr Kind kSlotType{"lex", "slot-type"};
inline constexpr Kind kSlot{"lex", "slot"};
inline constexpr Kind kPolicy{"lex", "policy"};
inline constexpr Kind kTags{"lex", "tags"};

inline constexpr std::string_view kDraft = "DRAFT";
inline constexpr std::string_view kTestAlias = "TSTALIASID";
inline constexpr std::string_view kFallbackIntent = "FALLBCKINT";
inline constexpr std::string_view kFallbackSignature = "AMAZON.FallbackIntent";

std::string NewId(Context& context);  // 10 upper-case letters and digits
json::Value Now(const Context& context);
std::string BotArn(const Context& context, std::string_view bot_id);
// The ARN of a bot or alias of this account and Region, when that exists.
Answer<std::string> FindNamedResource(Context& context, std::string_view arn);
std::string AliasArn(const Context& context, std::string_view bot_id, std::string_view alias_id);

std::string VersionKey(const json::Object& input);  // botId/botVersion
std::string LocaleKey(const json::Object& input);   // botId/botVersion/localeId

// Records by id, or ResourceNotFoundException with the kind's name.
Answer<const Record*> Get(Context& context, Kind kind, const std::string& id);
// The locale of `input`. With `draft` another version than DRAFT is refused: versions never change.
Answer<const Record*> GetLocale(Context& context, const json::Object& input, bool draft);
// DRAFT has changed: what was built is no longer what stands there.
void MarkNotBuilt(Context& context, const std::string& locale_key);

// PreconditionFailedException when another record of the parent has the name.
Answer<void> CheckNameFree(Context& context, Kind kind, const std::string& parent,
                           std::string_view name, const std::string& own_id);

// Copies the members of `names` that `input` has.
void CopyMembers(const json::Object& input, std::initializer_list<std::string_view> names,
                 json::Object& body);
// The same, and removes those that it has not: updates replace everything.
void ReplaceMembers(const json::Object& input, std::initializer_list<std::string_view> names,
                    json::Object& body);

void CopyMembers(const json::Object& input, std::span<const std::string_view> names,
                 json::Object& body);
void ReplaceMembers(const json::Object& input, std::span<const std::string_view> names,
                    json::Object& body);

// One page of a listing: summaries made by `summarise`, filtered by the operation's `filters` (name
// EQ or CO).
Answer<> ListPage(Context& context, Kind kind, const std::string& parent, const json::Object& input,
                  std::string_view list, json::Object (*summarise)(const Record& record));

// What is not there has another name in each family of operations: only one that describes a thing
// does not find it. To one that changes something it is a precondition that failed, and to a
// listing an invalid input.
Answer<> WithCode(Answer<> answer, std::string_view not_found);

template <Answer<> (*kHandle)(Context& context, const json::Object& input)>
Answer<> Changing(Context& context, const json::Object& input) {
  return WithCode(kHandle(context, input), "PreconditionFailedException");
}
template <Answer<> (*kHandle)(Context& context, const json::Object& input)>
Answer<> Listing(Context& context, const json::Object& input) {
  return WithCode(kHandle(context, input), "ValidationException");
}

}  // namespace trunkline::cloud::lexv2_models
