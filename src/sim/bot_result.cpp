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

}  // namespace trunkline::sim
