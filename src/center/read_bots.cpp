// amzconnect-supporting-infra/lib/infra-stack/bots/<bot>/: Locales.json, Aliases.json and,
// optional, Bot.json.
//
// The shapes know the Lex V2 model down to intents, slots and slot types. What is inside prompts,
// responses and conversation steps is passed on as it is: the service checks it better than we
// could.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "center/bot_spelling.h"
#include "center/checker.h"
#include "center/file_kinds.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

constexpr std::string_view kBotsFolder = "amzconnect-supporting-infra/lib/infra-stack/bots";
// As CreateBot takes it.
constexpr Pattern kNamePattern{
    "([0-9a-zA-Z][_-]?){1,100}",
    "at most 100 letters and digits, with single underscores or hyphens between"};
constexpr std::string_view kFallback = "AMAZON.FallbackIntent";

// The members of `object` but those named, with one of them under another name.
json::Object Without(const json::Object& object, std::initializer_list<std::string_view> names) {
  json::Object rest;
  for (const json::Member& member : object) {
    if (std::ranges::find(names, std::string_view(member.key)) == names.end()) rest.Append(member);
  }
  return rest;
}

std::vector<BotSlot> ReadSlots(const Source& source, const json::Object& intent) {
  std::vector<BotSlot> slots;
  for (const json::Value& value : intent.GetArray("slots")) {
    if (!value.IsObject()) continue;
    const json::Object& slot = value.AsObject();
    slots.push_back({.name = source.Get(slot, "name"),
                     .type_name = source.Get(slot, "slotTypeName"),
                     .input = Without(slot, {"name", "slotTypeName"})});
  }
  return slots;
}

void CheckSlot(Source& source, std::string_view name, const Place& place, std::string_view intent,
               const std::vector<BotSlot>& slots) {
  std::vector<std::string> names;
  for (const BotSlot& slot : slots) names.push_back(*slot.name);
  if (std::ranges::find(names, name) != names.end()) return;
  source.Say(Severity::kError, "TL-C016", place,
             fmt::format("slot '{}' is not declared in intent '{}'", name, intent),
             DidYouMean(name, names));
}

// Names of slots by priority; a priority for a slot that is not there is an error.
std::vector<std::string> ReadSlotOrder(Source& source, const json::Object& intent,
                                       const std::vector<BotSlot>& slots) {
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const json::Value& value : intent.GetArray("slotPriorities")) {
    if (!value.IsObject()) continue;
    const Text name = source.Get(value.AsObject(), "slotName");
    if (!name->empty()) CheckSlot(source, *name, name.place, intent.GetString("name"), slots);
    order.emplace_back(value.AsObject().GetInt("priority"), *name);
  }
  std::ranges::stable_sort(order, {}, &std::pair<std::int64_t, std::string>::first);
  std::vector<std::string> names;
  for (auto& [priority, name] : order) names.push_back(std::move(name));
  return names;
}

BotIntent ReadIntent(Source& source, const json::Object& intent) {
  BotIntent read{.name = source.Get(intent, "name"),
                 .input = {},
                 .slots = ReadSlots(source, intent),
                 .slot_order = {}};
  read.slot_order = ReadSlotOrder(source, intent, read.slots);
  read.input.Set("intentName", *read.name);
  if (intent.Has("displayName")) read.input.Set("intentDisplayName", intent.At("displayName"));
  for (const json::Member& member :
       Without(intent, {"name", "displayName", "slots", "slotPriorities"})) {
    read.input.Append(member);
  }
  return read;
}

BotSlotType ReadSlotType(const Source& source, const json::Object& type) {
  BotSlotType read{.name = source.Get(type, "name"), .input = {}};
  read.input.Set("slotTypeName", *read.name);
  for (const json::Member& member : Without(type, {"name"})) read.input.Append(member);
  return read;
}

// "{Department}" in an utterance names a slot of its intent.
void CheckUtterances(Source& source, const json::Object& intent, const BotIntent& read) {
  for (const json::Value& value : intent.GetArray("sampleUtterances")) {
    if (!value.IsObject()) continue;
    const Text utterance = source.Get(value.AsObject(), "utterance");
    std::string_view rest = *utterance;
    for (std::size_t open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
      rest.remove_prefix(open + 1);
      const std::string_view name = rest.substr(0, rest.find('}'));
      CheckSlot(source, name, utterance.place, *read.name, read.slots);
    }
  }
}

void CheckSlotTypes(Source& source, const BotLocale& locale) {
  std::vector<std::string> names;
  for (const BotSlotType& type : locale.slot_types) names.push_back(*type.name);
  for (const BotIntent& intent : locale.intents) {
    for (const BotSlot& slot : intent.slots) {
      const bool built_in = slot.type_name->starts_with("AMAZON.") || slot.type_name->empty();
      if (built_in || std::ranges::find(names, *slot.type_name) != names.end()) continue;
      source.Say(
          Severity::kError, "TL-C016", slot.type_name.place,
          fmt::format("slot type '{}' is not declared in locale '{}'", *slot.type_name, *locale.id),
          DidYouMean(*slot.type_name, names));
    }
  }
}

// A locale without it cannot be built in CloudFormation; through the API Lex adds one, so the two
// would differ.
void CheckFallback(Source& source, const BotLocale& locale, const Place& place) {
  const bool found = std::ranges::any_of(locale.intents, [](const BotIntent& intent) {
    return intent.input.GetString("parentIntentSignature") == kFallback;
  });
  if (found) return;
  source.Say(Severity::kError, "TL-C017", place,
             fmt::format("locale '{}' has no fallback intent", *locale.id),
             "add an intent with \"parentIntentSignature\": \"AMAZON.FallbackIntent\"");
}

BotLocale ReadLocale(Source& source, const json::Value& value) {
  const json::Object& object = value.AsObject();
  BotLocale locale{
      .id = source.Get(object, "localeId"), .input = {}, .intents = {}, .slot_types = {}};
  locale.input.Set("localeId", *locale.id);
  if (const json::Value* threshold = object.Find("nluConfidenceThreshold")) {
    locale.input.Set("nluIntentConfidenceThreshold", *threshold);
  }
  for (const json::Member& member :
       Without(object, {"localeId", "nluConfidenceThreshold", "intents", "slotTypes"})) {
    locale.input.Append(member);
  }
  for (const json::Value& type : object.GetArray("slotTypes")) {
    if (type.IsObject()) locale.slot_types.push_back(ReadSlotType(source, type.AsObject()));
  }
  for (const json::Value& intent : object.GetArray("intents")) {
    if (!intent.IsObject()) continue;
    locale.intents.push_back(ReadIntent(source, intent.AsObject()));
    CheckUtterances(source, intent.AsObject(), locale.intents.back());
  }
  CheckSlotTypes(source, locale);
  CheckFallback(source, locale, source.PlaceOf(value));
  return locale;
}

void ReadLocales(Reading& reading, const std::string& path, Bot& bot) {
  if (!reading.files.Exists(path)) {
    return reading.Say(Severity::kError, "TL-C001", path,
                       "this file is missing, it holds the bot's languages and intents");
  }
  std::optional<Source> source = Source::Open(reading, path, kBotLocalesShape, ToApiSpelling);
  if (!source || !source->root().IsArray()) return;
  for (const json::Value& value : source->root().AsArray()) {
    if (value.IsObject()) bot.locales.push_back(ReadLocale(*source, value));
  }
}

BotAliasLocale ReadAliasLocale(const Source& source, const json::Object& entry) {
  const json::Object& setting = entry.GetObject("botAliasLocaleSetting");
  const json::Object& hook = setting.GetObject("codeHookSpecification").GetObject("lambdaCodeHook");
  return {.locale = source.Get(entry, "localeId"),
          .enabled = setting.GetBool("enabled", true),
          .code_hook = source.Get(hook, "lambdaARN")};
}

bool HasLocale(const Bot& bot, std::string_view id) {
  return std::ranges::any_of(bot.locales,
                             [&](const BotLocale& locale) { return *locale.id == id; });
}

void ReadAliases(Reading& reading, const std::string& path, Bot& bot) {
  if (!reading.files.Exists(path)) return;
  std::optional<Source> source = Source::Open(reading, path, kBotAliasesShape, ToApiSpelling);
  if (!source || !source->root().IsArray()) return;
  for (const json::Value& value : source->root().AsArray()) {
    if (!value.IsObject()) continue;
    BotAliasLocale entry = ReadAliasLocale(*source, value.AsObject());
    if (!HasLocale(bot, *entry.locale) && !entry.locale->empty()) {
      source->Say(
          Severity::kError, "TL-C016", entry.locale.place,
          fmt::format("locale '{}' is not declared in the bot's Locales.json", *entry.locale));
    }
    bot.alias_locales.push_back(std::move(entry));
  }
}

// A locale that Aliases.json does not mention is enabled, without a function.
void AddMissingAliasLocales(Bot& bot) {
  std::set<std::string> mentioned;
  for (const BotAliasLocale& entry : bot.alias_locales) mentioned.insert(*entry.locale);
  for (const BotLocale& locale : bot.locales) {
    if (mentioned.contains(*locale.id)) continue;
    bot.alias_locales.push_back({.locale = locale.id, .enabled = true, .code_hook = {}});
  }
}

void ReadBotFile(Reading& reading, const std::string& path, Bot& bot) {
  if (!reading.files.Exists(path)) return;
  const std::optional<Source> source = Source::Open(reading, path, kBotShape, ToApiSpelling);
  if (!source || !source->root().IsObject()) return;
  const json::Object& root = source->root().AsObject();
  bot.description = root.GetString("description");
  bot.idle_session_seconds =
      static_cast<int>(root.GetInt("idleSessionTTLInSeconds", bot.idle_session_seconds));
  bot.child_directed = root.GetObject("dataPrivacy").GetBool("childDirected");
}

void ReadBot(Reading& reading, const std::string& folder) {
  Bot bot;
  bot.name = {FileName(folder), {.file = JoinPath(folder, "Locales.json")}};
  if (!Matches(*bot.name, kNamePattern)) {
    reading.Say(Severity::kError, "TL-C006", folder,
                fmt::format("expected the bot's folder to be named with {} but got '{}'",
                            kNamePattern.words, *bot.name));
  }
  ReadBotFile(reading, JoinPath(folder, "Bot.json"), bot);
  ReadLocales(reading, JoinPath(folder, "Locales.json"), bot);
  ReadAliases(reading, JoinPath(folder, "Aliases.json"), bot);
  AddMissingAliasLocales(bot);
  reading.center.bots.push_back(std::move(bot));
}

}  // namespace

void ReadBots(Reading& reading) {
  for (const FileEntry& entry : reading.List(kBotsFolder)) {
    if (entry.is_folder) ReadBot(reading, JoinPath(reading.Path(kBotsFolder), entry.name));
  }
}

}  // namespace trunkline::center
