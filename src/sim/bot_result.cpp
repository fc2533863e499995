#include "sim/bot_result.h"

namespace trunkline::sim {
namespace {

json::Object WithoutNulls(const json::Object& slots) {
  json::Object filled;
  for (const auto& [name, value, offset] : slots) {
    if (!value.IsNull()) filled.Set(name, value);
  }
  return filled;
}

// "$.Lex.AlternativeIntents.1.IntentName": members are named by number, from 1.
json::Object Numbered(const json::Array& alternatives) {
  json::Object numbered;
  for (std::size_t index = 0; index < alternatives.size(); ++index) {
    numbered.Set(std::to_string(index + 1), alternatives[index]);
  }
  return numbered;
}

json::Value SlotText(const std::optional<SlotFill>& fill) {
  if (!fill) return {};
  return fill->interpreted ? json::Value(*fill->interpreted) : json::Value(fill->original);
}

json::Object Alternative(const Interpretation& one) {
  json::Object slots;
  for (const auto& [name, fill] : one.slots) slots.Set(name, SlotText(fill));
  return {{"IntentName", one.intent},
          {"IntentConfidence", json::Object{{"Score", one.score.value_or(0)}}},
          {"Slots", std::move(slots)}};
}

// {City: {value: {interpretedValue}}, Nights: null} -> {City: "Paris", Nights: null}.
json::Object PlainSlots(const json::Object& wire) {
  json::Object slots;
  for (const auto& [name, slot, offset] : wire) {
    if (!slot.IsObject()) {
      slots.Set(name, nullptr);
      continue;
    }
    const json::Object& value = slot.AsObject().GetObject("value");
    slots.Set(name, value.GetString("interpretedValue", value.GetString("originalValue")));
  }
  return slots;
}

// "SentimentScore" members are lower case on the wire.
json::Object Sentiment(const json::Object& wire) {
  if (wire.empty()) return {};
  const json::Object& scores = wire.GetObject("sentimentScore");
  json::Object capital;
  for (const auto& [wire_name, name] : {std::pair("positive", "Positive"),
                                        {"negative", "Negative"},
                                        {"neutral", "Neutral"},
                                        {"mixed", "Mixed"}}) {
    capital.Set(name, scores.GetDouble(wire_name));
  }
  return {{"Label", wire.GetString("sentiment")}, {"Scores", std::move(capital)}};
}

void ReadInterpretations(BotAnswered& answer, const json::Array& interpretations) {
  for (const json::Value& entry : interpretations) {
    if (!entry.IsObject()) continue;
    const json::Object& one = entry.AsObject();
    const json::Object& intent = one.GetObject("intent");
    const double score = one.GetObject("nluConfidence").GetDouble("score");
    if (intent.GetString("name") == answer.intent) {
      answer.score = score;
      answer.sentiment = Sentiment(one.GetObject("sentimentResponse"));
      continue;
    }
    answer.alternatives.push_back(json::Object{{"IntentName", intent.GetString("name")},
                                               {"IntentConfidence", json::Object{{"Score", score}}},
                                               {"Slots", PlainSlots(intent.GetObject("slots"))}});
  }
}

}  // namespace

json::Object LexNamespace(const BotAnswered& answer) {
  json::Object lex{{"IntentName", answer.intent},
                   {"Slots", WithoutNulls(answer.slots)},
                   {"SessionAttributes", answer.session_attributes},
                   {"DialogState", answer.intent_state}};
  if (answer.score > 0) lex.Set("IntentConfidence", json::Object{{"Score", answer.score}});
  // Older pages of the guide spell the second one.
  lex.Set("AlternativeIntents", Numbered(answer.alternatives));
  lex.Set("AlternateIntents", Numbered(answer.alternatives));
  if (!answer.sentiment.empty()) lex.Set("SentimentResponse", answer.sentiment);
  return lex;
}

BotAnswered AnswerOf(const TurnResult& turn) {
  BotAnswered answer{.dialog_action = turn.session.action.type,
                     .slot_to_elicit = turn.session.action.slot,
                     .session_attributes = turn.session.attributes,
                     .messages = turn.messages};
  if (turn.session.intent) {
    answer.intent = turn.session.intent->name;
    answer.intent_state = turn.session.intent->state;
    for (const auto& [name, fill] : turn.session.intent->slots)
      answer.slots.Set(name, SlotText(fill));
  }
  for (const Interpretation& one : turn.interpretations) {
    if (one.intent == answer.intent) {
      answer.score = one.score.value_or(0);
    } else {
      answer.alternatives.push_back(Alternative(one));
    }
  }
  return answer;
}

BotAnswered AnswerOfRecognizeText(const json::Object& output) {
  const json::Object& session = output.GetObject("sessionState");
  const json::Object& intent = session.GetObject("intent");
  BotAnswered answer{
      .intent = std::string(intent.GetString("name")),
      .intent_state = std::string(intent.GetString("state")),
      .dialog_action = std::string(session.GetObject("dialogAction").GetString("type")),
      .slot_to_elicit = std::string(session.GetObject("dialogAction").GetString("slotToElicit")),
      .slots = PlainSlots(intent.GetObject("slots")),
      .session_attributes = session.GetObject("sessionAttributes")};
  for (const json::Value& message : output.GetArray("messages")) {
    if (!message.IsObject()) continue;
    answer.messages.push_back(
        {.content_type = std::string(message.AsObject().GetString("contentType", "PlainText")),
         .content = std::string(message.AsObject().GetString("content"))});
  }
  ReadInterpretations(answer, output.GetArray("interpretations"));
  return answer;
}

}  // namespace trunkline::sim
