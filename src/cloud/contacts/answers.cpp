#include "cloud/contacts/answers.h"

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/contacts/instance_world.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::contacts {
namespace {

using Took = std::chrono::steady_clock;

Milliseconds Since(Took::time_point begin) {
  return std::chrono::duration_cast<Milliseconds>(Took::now() - begin);
}

bool MayUse(const WaitContext& context, Kind kind, const std::string& instance_id,
            const std::string& arn) {
  bool associated = false;
  const Answer<> looked = context.State([&](Context& state) -> Answer<> {
    associated = IsAssociated(state, kind, instance_id, arn);
    return json::Object();
  });
  return looked.ok() && associated;
}

net::aw<sim::LambdaAnswered> Invoke(WaitContext context, std::string instance_id,
                                    sim::InvokeLambda effect) {
  sim::LambdaAnswered answered;
  answered.request = effect.request;
  answered.outcome = sim::LambdaAnswered::Outcome::kError;
  if (!MayUse(context, connect::kLambdaFunction, instance_id, effect.arn)) {
    answered.error = fmt::format("function '{}' is not associated with the instance", effect.arn);
    co_return answered;
  }
  const Took::time_point begin = Took::now();
  json::Object input{{"FunctionName", effect.arn},
                     {"Payload", json::Write(json::Value(effect.payload))}};
  if (effect.asynchronous) input.Set("InvocationType", "Event");
  const Answer<> invoked = co_await context.Call("lambda", "Invoke", std::move(input));
  answered.took = Since(begin);
  if (!invoked) {
    answered.error = invoked.error().message;
  } else if (invoked->Has("FunctionError")) {
    answered.error = invoked->GetString("Payload");
  } else {
    answered.outcome = sim::LambdaAnswered::Outcome::kPayload;
    answered.payload = invoked->GetString("Payload");
  }
  co_return answered;
}

// {"City": {"value": {"interpretedValue": "Paris"}}, "Day": null} -> {"City": "Paris", "Day": null}
json::Object SlotValues(const json::Object& slots) {
  json::Object values;
  for (const json::Member& slot : slots) {
    if (slot.value.IsObject()) {
      values.Set(slot.key, slot.value.AsObject().GetObject("value").GetString("interpretedValue"));
    } else {
      values.Set(slot.key, json::Value());
    }
  }
  return values;
}

void ReadInterpretations(const json::Array& interpretations, sim::BotAnswered& answered) {
  for (const json::Value& value : interpretations) {
    const json::Object& one = value.AsObject();
    const std::string name(one.GetObject("intent").GetString("name"));
    const double score = one.GetObject("nluConfidence").GetDouble("score");
    if (name == answered.intent) {
      answered.score = score;
      continue;
    }
    json::Object alternative{{"IntentName", name},
                             {"IntentConfidence", json::Object{{"Score", score}}},
                             {"Slots", SlotValues(one.GetObject("intent").GetObject("slots"))}};
    answered.alternatives.push_back(std::move(alternative));
  }
}

void ReadRecognized(const json::Object& recognized, sim::BotAnswered& answered) {
  const json::Object& state = recognized.GetObject("sessionState");
  const json::Object& intent = state.GetObject("intent");
  answered.intent = intent.GetString("name");
  answered.intent_state = intent.GetString("state");
  answered.dialog_action = state.GetObject("dialogAction").GetString("type");
  answered.slot_to_elicit = state.GetObject("dialogAction").GetString("slotToElicit");
  answered.slots = SlotValues(intent.GetObject("slots"));
  answered.session_attributes = state.GetObject("sessionAttributes");
  for (const json::Value& message : recognized.GetArray("messages")) {
    answered.messages.push_back(
        {.content_type = std::string(message.AsObject().GetString("contentType")),
         .content = std::string(message.AsObject().GetString("content"))});
  }
  ReadInterpretations(recognized.GetArray("interpretations"), answered);
}

net::aw<sim::BotAnswered> Recognize(WaitContext context, std::string instance_id,
                                    sim::AskBot effect) {
  sim::BotAnswered answered;
  answered.request = effect.request;
  // arn:aws:lex:R:A:bot-alias/BOT/ALIAS
  const std::vector<std::string_view> parts = Split(effect.alias_arn, '/');
  if (parts.size() != 3 || !MayUse(context, connect::kBot, instance_id, effect.alias_arn)) {
    answered.error = fmt::format("bot '{}' is not associated with the instance", effect.alias_arn);
    co_return answered;
  }
  const Took::time_point begin = Took::now();
  json::Object input{
      {"botId", parts[1]},
      {"botAliasId", parts[2]},
      {"localeId", effect.locale},
      {"sessionId", effect.session_id},
      {"text", effect.text},
      {"sessionState", json::Object{{"sessionAttributes", effect.session_attributes}}},
      {"requestAttributes", effect.request_attributes}};
  const Answer<> recognized =
      co_await context.Call("lexv2-runtime", "RecognizeText", std::move(input));
  answered.took = Since(begin);
  if (recognized) {
    ReadRecognized(*recognized, answered);
  } else {
    answered.error = recognized.error().message;
  }
  co_return answered;
}

}  // namespace

net::aw<std::optional<sim::Event>> AnswerEffect(Engine& engine, Caller caller, std::string region,
                                                std::string instance_id, sim::Effect effect) {
  WaitContext context(engine, std::move(caller), std::move(region), NewUuid(engine.random));
  if (const auto* lambda = std::get_if<sim::InvokeLambda>(&effect.what)) {
    sim::InvokeLambda asked = *lambda;
    const bool asynchronous = asked.asynchronous;
    sim::LambdaAnswered answered =
        co_await Invoke(std::move(context), std::move(instance_id), std::move(asked));
    if (asynchronous) co_return std::nullopt;
    co_return sim::Event(std::move(answered));
  }
  if (const auto* bot = std::get_if<sim::AskBot>(&effect.what)) {
    sim::AskBot asked = *bot;
    sim::BotAnswered answered =
        co_await Recognize(std::move(context), std::move(instance_id), std::move(asked));
    co_return sim::Event(std::move(answered));
  }
  if (const auto* dial = std::get_if<sim::DialThirdParty>(&effect.what)) {
    // Everybody who is dialled answers: there is no telephone network here.
    co_return sim::Event(sim::ThirdPartyAnswered{
        .request = dial->request, .outcome = sim::ThirdPartyAnswered::Outcome::kConnected});
  }
  co_return std::nullopt;
}

}  // namespace trunkline::cloud::contacts
