// Get customer input by a bot: prompt, then turns of caller and bot until the bot closes
// (flow-language 5.2).
//
// The result is the intent's name. A bot that fails, or closes with state Failed, is an error.
#include <chrono>

#include "base/text.h"
#include "sim/actions/list.h"
#include "sim/bot_result.h"
#include "sim/prompt.h"
#include "sim/speech.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kSessionAttributes = "session_attributes";

bool IsChat(const Turn& turn) {
  return turn.contact.call.channel == Channel::kChat;
}

// How long the caller may be silent: on voice Lex's start time-out, 3 s unless a session attribute
// says otherwise; on chat the action's own limit, if it has one.
std::optional<Milliseconds> SilenceLimit(const Turn& turn) {
  if (IsChat(turn)) {
    const auto seconds = turn.Number("LexTimeoutSeconds.Text");
    return seconds ? std::optional(Milliseconds(std::chrono::seconds(*seconds))) : std::nullopt;
  }
  const std::string_view set =
      turn.Map("LexSessionAttributes").GetString("x-amz-lex:audio:start-timeout-ms:*:*", "3000");
  return Milliseconds(ToInt(set).value_or(3000));
}

// The alias ARN of a V2 bot; a V1 bot has none and goes by its name.
std::string BotOf(const Turn& turn) {
  if (const auto alias = turn.Text("LexV2Bot.AliasArn")) return *alias;
  return turn.Text("LexBot.Name").value_or("");
}

Outcome Listen(Turn& turn) {
  turn.Emit(AskSpeech{.bot = turn.world().BotName(BotOf(turn))});
  Pending& pending = turn.Wait();
  pending.request = 0;
  pending.speech = true;
  pending.keys = !IsChat(turn);
  if (const auto limit = SilenceLimit(turn)) turn.WaitAtMost(*limit, "the caller says nothing");
  return Waits{};
}

json::Object RequestAttributes(bool chat) {
  return {{"x-amz-lex:channels:platform", chat ? "Connect Chat" : "Connect"},
          {"x-amz-lex:accept-content-types", chat ? "PlainText" : "PlainText,SSML"}};
}

Outcome Ask(Turn& turn, AskBot::Input input, std::string text) {
  Pending& pending = turn.Wait();
  pending.speech = pending.keys = false;
  pending.request = turn.NewRequest();
  const std::string alias = BotOf(turn);
  turn.Emit(AskBot{.request = pending.request,
                   .alias_arn = alias,
                   .name = turn.world().BotName(alias),
                   .locale = Replace(turn.contact.language, "-", "_"),
                   .session_id = turn.contact.contact_id,
                   .session_attributes = pending.notes.GetObject(kSessionAttributes),
                   .request_attributes = RequestAttributes(IsChat(turn)),
                   .input = input,
                   .text = std::move(text)});
  return Waits{};
}

Outcome RunConnectParticipantWithLexBot(Turn& turn) {
  if (turn.contact.call.channel == Channel::kTask) return Fail("bots talk on voice and chat only");
  if (BotOf(turn).empty()) return Fail("no bot is named");
  if (turn.run.hears == Party::kNobody) return Fail("nobody is connected");
  turn.contact.buffered_keys.clear();
  const bool begins_itself = turn.parameters().Has("LexInitializationData");
  if (NamesPrompt(turn.parameters())) {
    const auto played = Play(turn);
    if (!played) return Fail("{}", played.error().message());
  } else if (!begins_itself) {
    return Fail("the bot has neither a prompt nor an initial message");
  }
  turn.Wait().notes.Set(kSessionAttributes, turn.Map("LexSessionAttributes"));
  if (!begins_itself) return Listen(turn);
  const auto message = turn.Text("LexInitializationData.InitialMessage");
  if (!IsChat(turn) || !message) return Fail("there is no initial chat message for the bot");
  return Ask(turn, AskBot::Input::kText, *message);
}

// What the bot says, in words: on voice a custom payload is not spoken.
void SayMessages(Turn& turn, const BotAnswered& answer) {
  for (const BotMessage& message : answer.messages) {
    const bool words = message.content_type == "PlainText" || message.content_type == "SSML";
    if (message.content.empty() || (!words && !IsChat(turn))) continue;
    Say say{.to = turn.run.hears, .text = PlainText(message.content), .from_bot = true};
    if (message.content_type == "SSML") say.ssml = message.content;
    if (!IsChat(turn)) say.duration = SpeakingTime(message.content);
    turn.contact.now += say.duration;
    turn.contact.function_time = Milliseconds{0};
    turn.run.said = true;
    turn.Emit(std::move(say));
  }
}

Outcome Hear(Turn& turn, const BotAnswered& answer) {
  const std::string bot = turn.world().BotName(BotOf(turn));
  if (!answer.error.empty()) return Fail("bot '{}' failed: {}", bot, answer.error);
  turn.Wait().notes.Set(kSessionAttributes, answer.session_attributes);
  turn.scratch().lex = LexNamespace(answer);
  SayMessages(turn, answer);
  const std::string& next = answer.dialog_action;
  if (next == "ElicitSlot" || next == "ElicitIntent" || next == "ConfirmIntent")
    return Listen(turn);
  if (answer.intent_state == "Failed")
    return Fail("bot '{}' ended with intent '{}' failed", bot, answer.intent);
  return Returned{answer.intent};
}

Outcome ResumeConnectParticipantWithLexBot(Turn& turn, const Event& event) {
  if (const auto* answer = std::get_if<BotAnswered>(&event)) return Hear(turn, *answer);
  if (const auto* pressed = std::get_if<CallerPressed>(&event))
    return Ask(turn, AskBot::Input::kKeys, pressed->keys);
  if (const auto* said = std::get_if<CallerSaid>(&event)) {
    return Ask(turn, IsChat(turn) ? AskBot::Input::kText : AskBot::Input::kSpeech, said->text);
  }
  if (IsChat(turn)) return Failed{"InputTimeLimitExceeded", "the customer wrote nothing"};
  return Ask(turn, AskBot::Input::kSilence, " ");
}

}  // namespace

constinit const Runner kRunConnectParticipantWithLexBot{
    .run = RunConnectParticipantWithLexBot, .resume = ResumeConnectParticipantWithLexBot};

}  // namespace trunkline::sim
