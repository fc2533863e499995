#include "cloud/services/lexv2_runtime/conversation.h"

#include "cloud/services/lexv2_models/records.h"
#include "cloud/services/lexv2_models/settle.h"

namespace trunkline::cloud::lexv2_runtime {
namespace {

namespace models = lexv2_models;

std::string SessionKey(const json::Object& input) {
  return fmt::format("{}/{}/{}/{}", input.GetString("botId"), input.GetString("botAliasId"),
                     input.GetString("localeId"), input.GetString("sessionId"));
}

json::Value SlotToWire(const std::optional<sim::SlotFill>& fill) {
  if (!fill) return {};
  json::Array resolved;
  for (const std::string& value : fill->resolved) resolved.emplace_back(value);
  json::Object value{{"originalValue", fill->original}, {"resolvedValues", std::move(resolved)}};
  if (fill->interpreted) value.Set("interpretedValue", *fill->interpreted);
  return json::Object{{"shape", "Scalar"}, {"value", std::move(value)}};
}

std::optional<sim::SlotFill> SlotFromWire(const json::Value& slot) {
  if (!slot.IsObject()) return std::nullopt;
  const json::Object& value = slot.AsObject().GetObject("value");
  sim::SlotFill fill;
  fill.original = value.GetString("originalValue", value.GetString("interpretedValue"));
  if (value.Has("interpretedValue")) fill.interpreted = value.GetString("interpretedValue");
  for (const json::Value& one : value.GetArray("resolvedValues"))
    fill.resolved.push_back(one.AsString());
  return fill;
}

json::Object ActionToWire(const sim::DialogAction& action) {
  json::Object wire{{"type", action.type}};
  wire.SetIfNotEmpty("slotToElicit", action.slot);
  return wire;
}

}  // namespace

Answer<Partner> FindPartner(Context& context, const json::Object& input) {
  Partner partner;
  partner.bot_id = input.GetString("botId");
  partner.alias_id = input.GetString("botAliasId");
  TL_TRY(const Record* bot, models::Get(context, models::kBot, partner.bot_id));
  TL_TRY(const Record* alias,
         models::Get(context, models::kAlias, partner.bot_id + "/" + partner.alias_id));
  partner.bot_name = bot->name;
  partner.idle_seconds = bot->body.GetInt("idleSessionTTLInSeconds", 300);
  partner.alias_name = alias->name;
  partner.version = alias->body.GetString("botVersion", models::kDraft);
  const std::string locale(input.GetString("localeId"));
  const json::Object& setting = alias->body.GetObject("botAliasLocaleSettings").GetObject(locale);
  if (partner.alias_id != models::kTestAlias && !setting.GetBool("enabled")) {
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("locale '{}' is not enabled in alias '{}'", locale, alias->name));
  }
  partner.hook_arn =
      setting.GetObject("codeHookSpecification").GetObject("lambdaCodeHook").GetString("lambdaARN");
  const std::string key = fmt::format("{}/{}/{}", partner.bot_id, partner.version, locale);
  TL_TRY(const Record* record, models::Get(context, models::kLocale, key));
  const std::string_view status = record->body.GetString("botLocaleStatus");
  if (status != "Built" && status != "ReadyExpressTesting") {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("locale '{}' of version {} is {}; build it first", locale,
                                    partner.version, status));
  }
  partner.locale = models::ReadLocale(context, key);
  return partner;
}

bool HasSession(Context& context, const Partner& partner, const json::Object& input) {
  const Record* record = context.store.Find(context.RegionScope(), kSession, SessionKey(input));
  if (record == nullptr) return false;
  const TimePoint used = FromEpochSeconds(record->body.GetDouble("used"));
  return context.Now() - used <= std::chrono::seconds(partner.idle_seconds);
}

sim::Session LoadSession(Context& context, const Partner& partner, const json::Object& input) {
  sim::Session session;
  if (!HasSession(context, partner, input)) return session;
  const Record* record = context.store.Find(context.RegionScope(), kSession, SessionKey(input));
  Override(record->body.GetObject("state"), session);
  session.attempts = static_cast<int>(record->body.GetInt("attempts"));
  return session;
}

void SaveSession(Context& context, const json::Object& input, const sim::Session& session) {
  json::Object body{{"state", SessionToWire(session)},
                    {"attempts", session.attempts},
                    {"used", json::Number{EpochSeconds(context.Now())}}};
  context.store.Put(context.RegionScope(), kSession,
                    {.id = SessionKey(input), .parent = {}, .name = {}, .body = std::move(body)});
}

bool ForgetSession(Context& context, const json::Object& input) {
  return context.store.Delete(context.RegionScope(), kSession, SessionKey(input));
}

void Override(const json::Object& state, sim::Session& session) {
  const json::Object& action = state.GetObject("dialogAction");
  if (!action.empty()) {
    session.action = {.type = std::string(action.GetString("type")),
                      .slot = std::string(action.GetString("slotToElicit"))};
  }
  if (auto intent = IntentFromWire(state.GetObject("intent"))) session.intent = std::move(*intent);
  if (state.Has("sessionAttributes")) session.attributes = state.GetObject("sessionAttributes");
}

std::optional<sim::IntentState> IntentFromWire(const json::Object& intent) {
  if (intent.GetString("name").empty()) return std::nullopt;
  sim::IntentState read;
  read.name = intent.GetString("name");
  read.state = intent.GetString("state", "InProgress");
  read.confirmation = intent.GetString("confirmationState", "None");
  for (const json::Member& slot : intent.GetObject("slots"))
    read.slots.emplace(slot.key, SlotFromWire(slot.value));
  return read;
}

json::Object IntentToWire(const sim::IntentState& intent) {
  json::Object slots;
  for (const auto& [name, fill] : intent.slots) slots.Set(name, SlotToWire(fill));
  return {{"name", intent.name},
          {"slots", std::move(slots)},
          {"state", intent.state},
          {"confirmationState", intent.confirmation}};
}

json::Object SessionToWire(const sim::Session& session) {
  json::Object state{{"dialogAction", ActionToWire(session.action)}};
  if (session.intent) state.Set("intent", IntentToWire(*session.intent));
  state.Set("sessionAttributes", session.attributes);
  return state;
}

// The dialog's intent carries its state and slots; the others what was understood.
json::Array InterpretationsToWire(const sim::TurnResult& turn) {
  json::Array wire;
  for (const sim::Interpretation& one : turn.interpretations) {
    sim::IntentState intent;
    intent.name = one.intent;
    for (const auto& [name, fill] : one.slots) intent.slots.emplace(name, fill);
    const bool current = turn.session.intent && turn.session.intent->name == one.intent;
    json::Object entry{{"intent", IntentToWire(current ? *turn.session.intent : intent)},
                       {"interpretationSource", "Lex"}};
    if (one.score) entry.Set("nluConfidence", json::Object{{"score", *one.score}});
    wire.push_back(std::move(entry));
  }
  return wire;
}

json::Array MessagesToWire(const std::vector<sim::BotMessage>& messages) {
  json::Array wire;
  for (const sim::BotMessage& message : messages) {
    json::Object entry{{"content", message.content}, {"contentType", message.content_type}};
    wire.push_back(std::move(entry));
  }
  return wire;
}

}  // namespace trunkline::cloud::lexv2_runtime
