#include "cloud/services/cloudformation/lex/bot_locales.h"

#include "base/text.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Name kNames[] = {
    {"Name", "botName"},
    {"Name", "intentName"},
    {"Name", "slotName"},
    {"Name", "slotTypeName"},
    {"DisplayName", "intentDisplayName"},
    {"IsActive", "active"},
    {"MessageGroupsList", "messageGroups"},
    {"NluConfidenceThreshold", "nluIntentConfidenceThreshold"},
    {"SlotTypeName", "slotTypeId"},
};

json::Object ByLocale(const json::Object& properties) {
  json::Object locales;
  for (const json::Value& locale : properties.GetArray("BotLocales")) {
    if (locale.IsObject()) locales.Set(locale.AsObject().GetString("LocaleId"), locale);
  }
  return locales;
}

bool IsBuilding(std::string_view status) {
  return status == "Creating" || status == "Building" || status == "ReadyExpressTesting" ||
         status == "Processing" || status == "Importing" || status == "Deleting";
}

ServiceError LocaleFailed(std::string_view locale, const json::Object& described) {
  std::vector<std::string> reasons;
  for (const json::Value& reason : described.GetArray("failureReasons")) {
    if (reason.IsString()) reasons.push_back(reason.AsString());
  }
  return {"NotStabilized", fmt::format("BotLocale {} failed: {}", locale, Join(reasons, "; "))};
}

// Until it rests. Gone is an error whose code IsGone.
net::aw<Answer<json::Object>> SettleLocale(const Mapping& mapping, WaitContext context,
                                           ResourceOrder order, std::string locale) {
  Patience patience;
  while (true) {
    const LocalePlace place{mapping, context, order, locale};
    Answer<> described = place.Call("DescribeBotLocale", {});
    if (!described) co_return std::move(described).error();
    const std::string status(described->GetString("botLocaleStatus"));
    if (status == "Failed") co_return LocaleFailed(locale, *described);
    if (!IsBuilding(status)) co_return std::move(*described);
    if (order.cancelled && order.cancelled())
      co_return ServiceError("Cancelled", "Resource creation cancelled");
    const bool again = co_await patience.Next(context);
    if (!again) co_return LocaleFailed(locale, *described);
  }
}

net::aw<Answer<void>> RemoveLocale(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                   std::string locale) {
  const LocalePlace place{mapping, context, order, locale};
  Answer<> removed = place.Call("DeleteBotLocale", {});
  if (!removed && !IsGone(removed.error().code)) co_return std::move(removed).error();
  Answer<json::Object> settled = co_await SettleLocale(mapping, context, order, locale);
  if (settled || IsGone(settled.error().code)) co_return Answer<void>();
  co_return std::move(settled).error();
}

// Its own settings; what is missing is created.
net::aw<Answer<void>> PutLocale(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                json::Object locale) {
  const std::string id(locale.GetString("LocaleId"));
  const LocalePlace place{mapping, context, order, id};
  Answer<> there = place.Call("DescribeBotLocale", {});
  if (!there && !IsGone(there.error().code)) co_return std::move(there).error();
  for (const std::string_view part : {"Intents", "SlotTypes", "CustomVocabulary"})
    locale.Remove(part);
  const std::string operation = there ? "UpdateBotLocale" : "CreateBotLocale";
  Answer<> put = place.Call(operation, locale);
  if (!put) co_return std::move(put).error();
  Answer<json::Object> settled = co_await SettleLocale(mapping, context, order, id);
  if (!settled) co_return std::move(settled).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> BuildLocale(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                  std::string locale) {
  const LocalePlace place{mapping, context, order, locale};
  Answer<> building = place.Call("BuildBotLocale", {});
  if (!building) co_return std::move(building).error();
  Answer<json::Object> settled = co_await SettleLocale(mapping, context, order, locale);
  if (!settled) co_return std::move(settled).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> ApplyLocale(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                  json::Object locale) {
  const std::string id(locale.GetString("LocaleId"));
  Answer<void> put = co_await PutLocale(mapping, context, order, locale);
  if (!put) co_return put;
  const LocalePlace place{mapping, context, order, id};
  TL_CO_DO(ChangeParts(place, locale));
  const json::Value* builds = order.properties.Find("AutoBuildBotLocales");
  const bool build = builds && (*builds == json::Value(true) || *builds == json::Value("true"));
  if (!build) co_return Answer<void>();
  co_return co_await BuildLocale(mapping, context, order, id);
}

}  // namespace

const std::span<const Name> kLexNames = kNames;

Answer<> LocalePlace::Call(std::string_view operation, json::Object properties) const {
  properties.Set("BotId", order.physical_id);
  properties.Set("BotVersion", "DRAFT");
  properties.Set("LocaleId", locale);
  const InputParts parts{.properties = &properties};
  TL_TRY(const json::Object input, MakeInput(context, mapping, order, operation, parts));
  return context.Dispatch(mapping.service, operation, input);
}

net::aw<Answer<void>> ChangeLocales(const Mapping& mapping, WaitContext context,
                                    ResourceOrder order) {
  const json::Object before = ByLocale(order.previous);
  const json::Object wanted = ByLocale(order.properties);
  for (const json::Member& locale : before) {
    if (wanted.Has(locale.key)) continue;
    Answer<void> removed = co_await RemoveLocale(mapping, context, order, locale.key);
    if (!removed) co_return removed;
  }
  for (const json::Member& locale : wanted) {
    const json::Value* old = before.Find(locale.key);
    if (old && *old == locale.value) continue;
    json::Object one = locale.value.AsObject();
    Answer<void> applied = co_await ApplyLocale(mapping, context, order, std::move(one));
    if (!applied) co_return applied;
  }
  co_return Answer<void>();
}

}  // namespace trunkline::cloud::cloudformation
