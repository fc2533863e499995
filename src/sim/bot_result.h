// A bot's answer in its forms: as the event of a contact, as Lex's wire output, as $.Lex of a flow.
#pragma once

#include "base/json.h"
#include "sim/dialog.h"
#include "sim/event.h"

namespace trunkline::sim {

// $.Lex: what a bot's answer leaves behind for the flow (flow-language 4.2).
json::Object LexNamespace(const BotAnswered& answer);

// Of a turn that needs no hook any more. The caller sets `request`.
BotAnswered AnswerOf(const TurnResult& turn);

// Of the output of RecognizeText. The caller sets `request`.
BotAnswered AnswerOfRecognizeText(const json::Object& output);

}  // namespace trunkline::sim
