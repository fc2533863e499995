#include "cloud/services/lexv2_models/settle.h"

#include <algorithm>

#include "cloud/job_kinds.h"
#include "cloud/services/lexv2_models/records.h"

namespace trunkline::cloud {
namespace lexv2_models {
namespace {

constexpr std::chrono::seconds kRealSettling{5};
constexpr std::chrono::seconds kRealBuild{30};

Answer<void> Settle(Context& context, const json::Object& payload) {
  const std::string id(payload.GetString("id"));
  const std::string kind_name(payload.GetString("kind"));
  const Kind kind{"lex", kind_name};
  const Record* found = context.store.Find(context.RegionScope(), kind, id);
  if (found == nullptr) return {};  // deleted meanwhile
  Record record = *found;
  const bool locale = kind_name == kLocale.name;
  record.body.Set(locale ? "botLocaleStatus" : "botStatus", locale ? "NotBuilt" : "Available");
  context.store.Put(context.RegionScope(), kind, std::move(record));
  return {};
}

// Why a locale cannot be built, in words.
std::vector<std::string> Problems(Context& context, const std::string& locale_key,
                                  const sim::BotLocale& locale) {
  std::vector<std::string> problems = sim::NotUnderstood(locale);
  bool any = false;
  for (const sim::Intent& intent : locale.intents) {
    const bool builtin = intent.parent.substr(0, 7) == "AMAZON.";
    any = any || !builtin;
    if (!builtin && intent.utterances.empty())
      problems.push_back(fmt::format("intent '{}' has no sample utterances", intent.name));
  }
  if (!any) problems.emplace_back("the locale has no intent beside FallbackIntent");
  for (const Record* intent : context.store.List(context.RegionScope(), kIntent, locale_key)) {
    // Such an intent is understood while the context is active only, and no contexts are kept here.
    if (!intent->body.GetArray("inputContexts").empty()) {
      problems.push_back(fmt::format("intent '{}' has input contexts, which are not simulated here",
                                     intent->name));
    }
    for (const Record* slot : context.store.List(context.RegionScope(), kSlot, intent->id)) {
      const std::string type(slot->body.GetString("slotTypeId"));
      const bool builtin = type.substr(0, 7) == "AMAZON.";
      if (builtin ||
          context.store.Find(context.RegionScope(), kSlotType, locale_key + "/" + type) != nullptr)
        continue;
      problems.push_back(
          fmt::format("slot '{}' of intent '{}' has slot type '{}', which does not exist",
                      slot->name, intent->name, type));
    }
  }
  return problems;
}

Answer<void> Build(Context& context, const json::Object& payload) {
  const std::string key(payload.GetString("locale"));
  const Record* found = context.store.Find(context.RegionScope(), kLocale, key);
  if (found == nullptr || found->body.GetString("botLocaleStatus") != "Building")
    return {};  // deleted or changed meanwhile
  Record record = *found;
  json::Array reasons;
  for (std::string& problem : Problems(context, key, ReadLocale(context, key)))
    reasons.emplace_back(std::move(problem));
  record.body.Set("botLocaleStatus", reasons.empty() ? "Built" : "Failed");
  if (!reasons.empty()) record.body.Set("failureReasons", std::move(reasons));
  context.store.Put(context.RegionScope(), kLocale, std::move(record));
  return {};
}

}  // namespace

void ScheduleSettling(Context& context, Kind kind, const std::string& id) {
  context.jobs.Schedule(context, kSettleBotJob, json::Object{{"kind", kind.name}, {"id", id}},
                        kRealSettling);
}

void ScheduleBuild(Context& context, const std::string& locale_key) {
  context.jobs.Schedule(context, kBuildBotLocaleJob, json::Object{{"locale", locale_key}},
                        kRealBuild);
}

}  // namespace lexv2_models

constinit const JobKind kSettleBotJob{.name = "lex.settle", .run = lexv2_models::Settle};
constinit const JobKind kBuildBotLocaleJob{.name = "lex.build-locale", .run = lexv2_models::Build};

}  // namespace trunkline::cloud
