// A conversation with a bot's alias: which locale it means, the session so far, and how both stand
// on the wire.
#pragma once

#include <optional>
#include <string>

#include "cloud/context.h"
#include "sim/dialog.h"

namespace trunkline::cloud::lexv2_runtime {

// kind {"lex", "session"}, id botId/aliasId/localeId/sessionId; idle sessions are forgotten when
// they are next looked at.
inline constexpr Kind kSession{"lex", "session"};

// Who is talked to.
struct Partner {
  sim::BotLocale locale;
  std::string bot_id;
  std::string bot_name;
  std::string alias_id;
  std::string alias_name;
  std::string version;
  std::string hook_arn;  // the alias's Lambda function of this locale; empty: none
  std::int64_t idle_seconds = 300;
};

// ResourceNotFoundException: no such bot or alias, a locale that is disabled or not built.
Answer<Partner> FindPartner(Context& context, const json::Object& input);

// The stored session, or a new one when there is none or it has been idle too long.
sim::Session LoadSession(Context& context, const Partner& partner, const json::Object& input);
bool HasSession(Context& context, const Partner& partner, const json::Object& input);
void SaveSession(Context& context, const json::Object& input, const sim::Session& session);
bool ForgetSession(Context& context, const json::Object& input);

// What a caller or a code hook says of the session, over `session`.
void Override(const json::Object& state, sim::Session& session);

json::Object IntentToWire(const sim::IntentState& intent);
json::Object SessionToWire(const sim::Session& session);
json::Array InterpretationsToWire(const sim::TurnResult& turn);
json::Array MessagesToWire(const std::vector<sim::BotMessage>& messages);
std::optional<sim::IntentState> IntentFromWire(const json::Object& intent);

}  // namespace trunkline::cloud::lexv2_runtime
