#include "deploy/bot_locale.h"

#include <algorithm>
#include <map>
#include <set>

#include "net/timers.h"

namespace trunkline::deploy {
namespace {

using Ids = std::map<std::string, std::string>;  // name -> id

json::Object InLocale(const std::string& bot_id, const std::string& locale) {
  return {{"botId", bot_id}, {"botVersion", "DRAFT"}, {"localeId", locale}};
}

// What stands in the locale: names and ids from one of Lex's listings.
net::aw<Result<Ids>> ListIds(Session& session, json::Object where, std::string operation,
                             std::string list, std::string name, std::string id) {
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("lexv2-models", operation, std::move(where)));
  Ids ids;
  for (const json::Value& item : listed.GetArray(list)) {
    ids.emplace(item.AsObject().GetString(name), item.AsObject().GetString(id));
  }
  co_return ids;
}

// Lex changes a locale only when nothing is going on with it; an interrupted delivery may have left
// it while it was built, and a failed build is mended by what comes.
net::aw<Result<void>> WaitForLocale(Session& session, json::Object where) {
  std::vector<std::string> settled{"NotBuilt", "Built", "ReadyExpressTesting", "Failed"};
  co_return co_await WaitForLex(session, "DescribeBotLocale", std::move(where), "botLocaleStatus",
                                std::move(settled));
}

net::aw<Result<void>> EnsureLocale(Session& session, std::string bot_id,
                                   const center::BotLocale& locale) {
  const json::Object where = InLocale(bot_id, locale.id.value);
  json::Object ask = where;
  Result<json::Object> there =
      co_await session.Call("lexv2-models", "DescribeBotLocale", std::move(ask));
  if (!there && there.error().kind() != ErrorKind::kNotFound) co_return std::move(there).error();
  if (there) TL_CO_DO(co_await WaitForLocale(session, where));
  json::Object input = locale.input;
  for (const json::Member& member : where) input.Set(member.key, member.value);
  const std::string operation = there ? "UpdateBotLocale" : "CreateBotLocale";
  TL_CO_DO(co_await session.Call("lexv2-models", operation, std::move(input)));
  co_return co_await WaitForLocale(session, where);
}

net::aw<Result<Ids>> DeliverSlotTypes(Session& session, std::string bot_id,
                                      const center::BotLocale& locale) {
  const json::Object where = InLocale(bot_id, locale.id.value);
  TL_CO_TRY(Ids ids, co_await ListIds(session, where, "ListSlotTypes", "slotTypeSummaries",
                                      "slotTypeName", "slotTypeId"));
  for (const center::BotSlotType& type : locale.slot_types) {
    json::Object input = type.input;
    for (const json::Member& member : where) input.Set(member.key, member.value);
    const auto there = ids.find(type.name.value);
    if (there != ids.end()) input.Set("slotTypeId", there->second);
    const std::string operation = there == ids.end() ? "CreateSlotType" : "UpdateSlotType";
    TL_CO_TRY(const json::Object made,
              co_await session.Call("lexv2-models", operation, std::move(input)));
    ids[type.name.value] = made.GetString("slotTypeId");
  }
  co_return ids;
}

net::aw<Result<Ids>> DeliverSlots(Session& session, json::Object where,
                                  const center::BotIntent& intent, Ids types) {
  TL_CO_TRY(Ids ids,
            co_await ListIds(session, where, "ListSlots", "slotSummaries", "slotName", "slotId"));
  std::set<std::string> wanted;
  for (const center::BotSlot& slot : intent.slots) {
    wanted.insert(slot.name.value);
    json::Object input = slot.input;
    for (const json::Member& member : where) input.Set(member.key, member.value);
    const auto type = types.find(slot.type_name.value);
    input.Set("slotName", slot.name.value);
    input.Set("slotTypeId", type == types.end() ? slot.type_name.value
                                                : type->second);  // AMAZON.Number is its own id
    const auto there = ids.find(slot.name.value);
    if (there != ids.end()) input.Set("slotId", there->second);
    const std::string operation = there == ids.end() ? "CreateSlot" : "UpdateSlot";
    TL_CO_TRY(const json::Object made,
              co_await session.Call("lexv2-models", operation, std::move(input)));
    ids[slot.name.value] = made.GetString("slotId");
  }
  for (auto it = ids.begin(); it != ids.end();) {
    if (wanted.count(it->first) > 0) {
      ++it;
      continue;
    }
    json::Object gone = where;
    gone.Set("slotId", it->second);
    TL_CO_DO(co_await session.Call("lexv2-models", "DeleteSlot", std::move(gone)));
    it = ids.erase(it);
  }
  co_return ids;
}

json::Array Priorities(const center::BotIntent& intent, const Ids& slots) {
  json::Array priorities;
  for (const std::string& name : intent.slot_order) {
    json::Object entry{{"priority", static_cast<int>(priorities.size()) + 1},
                       {"slotId", slots.at(name)}};
    priorities.push_back(std::move(entry));
  }
  return priorities;
}

// An intent is made, then its slots, then it is told their order: slots need the intent's id, the
// order the slots'.
net::aw<Result<std::string>> DeliverIntent(Session& session, json::Object where,
                                           const center::BotIntent& intent, std::string there,
                                           Ids types) {
  json::Object input = intent.input;
  for (const json::Member& member : where) input.Set(member.key, member.value);
  std::string id = there;
  if (id.empty()) {
    json::Object create = input;
    TL_CO_TRY(const json::Object made,
              co_await session.Call("lexv2-models", "CreateIntent", std::move(create)));
    id = made.GetString("intentId");
  }
  json::Object in_intent = where;
  in_intent.Set("intentId", id);
  Ids slots;
  if (intent.input.GetString("parentIntentSignature") != kFallbackSignature) {
    TL_CO_TRY(slots, co_await DeliverSlots(session, in_intent, intent, std::move(types)));
  }
  if (there.empty() && slots.empty()) co_return id;
  input.Set("intentId", id);
  if (!slots.empty()) input.Set("slotPriorities", Priorities(intent, slots));
  TL_CO_DO(co_await session.Call("lexv2-models", "UpdateIntent", std::move(input)));
  co_return id;
}

net::aw<Result<void>> DeliverIntents(Session& session, std::string bot_id,
                                     const center::BotLocale& locale, Ids types) {
  const json::Object where = InLocale(bot_id, locale.id.value);
  TL_CO_TRY(Ids ids, co_await ListIds(session, where, "ListIntents", "intentSummaries",
                                      "intentName", "intentId"));
  std::set<std::string> wanted;
  for (const center::BotIntent& intent : locale.intents) {
    wanted.insert(intent.name.value);
    const auto there = ids.find(intent.name.value);
    std::string id = there == ids.end() ? std::string() : there->second;
    TL_CO_DO(co_await DeliverIntent(session, where, intent, std::move(id), types));
  }
  for (const auto& [name, id] : ids) {
    // Lex makes a fallback intent itself and lets nobody delete it.
    if (wanted.count(name) > 0 || id == "FALLBCKINT") continue;
    json::Object gone = where;
    gone.Set("intentId", id);
    TL_CO_DO(co_await session.Call("lexv2-models", "DeleteIntent", std::move(gone)));
  }
  co_return Result<void>();
}

// Slot types go last: an intent that is deleted may still have used one.
net::aw<Result<void>> DeleteOtherSlotTypes(Session& session, std::string bot_id,
                                           const center::BotLocale& locale, Ids types) {
  for (const auto& [name, id] : types) {
    const bool wanted = std::any_of(
        locale.slot_types.begin(), locale.slot_types.end(),
        [&name = name](const center::BotSlotType& type) { return type.name.value == name; });
    if (wanted) continue;
    json::Object gone = InLocale(bot_id, locale.id.value);
    gone.Set("slotTypeId", id);
    TL_CO_DO(co_await session.Call("lexv2-models", "DeleteSlotType", std::move(gone)));
  }
  co_return Result<void>();
}

std::string Reasons(const json::Object& answer) {
  std::string reasons;
  for (const json::Value& reason : answer.GetArray("failureReasons")) {
    if (reason.IsString()) reasons += (reasons.empty() ? "" : "; ") + reason.AsString();
  }
  return reasons.empty() ? "Lex gave no reason" : reasons;
}

}  // namespace

net::aw<Result<void>> WaitForLex(Session& session, std::string operation, json::Object input,
                                 std::string member, std::vector<std::string> wanted) {
  constexpr Milliseconds kLimit = std::chrono::minutes(10);
  Milliseconds pause{20};
  std::string status;
  for (Milliseconds waited{0}; waited < kLimit; waited += pause) {
    json::Object again = input;
    TL_CO_TRY(const json::Object answer,
              co_await session.Call("lexv2-models", operation, std::move(again)));
    status = answer.GetString(member);
    if (std::find(wanted.begin(), wanted.end(), status) != wanted.end()) co_return Result<void>();
    if (status.substr(0, 4) == "Fail") {
      co_return Error(ErrorKind::kInvalid, "Lex says '{}': {}", status, Reasons(answer));
    }
    co_await session.world.timers.Wait(pause);
    pause = std::min(pause * 2, Milliseconds(5000));
  }
  co_return Error(ErrorKind::kUnreached, "Lex still says '{}' after {}; apply again to go on",
                  status, ToDurationText(kLimit));
}

net::aw<Result<void>> DeliverBotLocale(Session& session, std::string bot_id,
                                       const center::BotLocale& locale) {
  TL_CO_DO(co_await EnsureLocale(session, bot_id, locale));
  TL_CO_TRY(Ids types, co_await DeliverSlotTypes(session, bot_id, locale));
  TL_CO_DO(co_await DeliverIntents(session, bot_id, locale, types));
  TL_CO_DO(co_await DeleteOtherSlotTypes(session, bot_id, locale, std::move(types)));
  json::Object build{{"botId", bot_id}, {"botVersion", "DRAFT"}, {"localeId", locale.id.value}};
  json::Object poll = build;
  TL_CO_DO(co_await session.Call("lexv2-models", "BuildBotLocale", std::move(build)));
  std::vector<std::string> built{"Built"};
  Result<void> waited = co_await WaitForLex(session, "DescribeBotLocale", std::move(poll),
                                            "botLocaleStatus", std::move(built));
  if (!waited) co_return std::move(waited).error().While("building locale '{}'", locale.id.value);
  co_return Result<void>();
}

}  // namespace trunkline::deploy
