// Rules about what callers type or say in confidence: card numbers, passwords.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kLogs = "UpdateFlowLoggingBehavior";

// The value of a member of this name, however deep; empty when there is none.
std::string_view FindDeep(const json::Object& object, std::string_view name) {
  for (const json::Member& member : object) {
    if (member.key == name && member.value.IsString()) return member.value.AsString();
    const std::string_view found =
        member.value.IsObject() ? FindDeep(member.value.AsObject(), name) : std::string_view();
    if (!found.empty()) return found;
  }
  return {};
}

// The actions that store, and whether a prompt right before them asks for something secret.
std::vector<bool> AskedBefore(const LintContext& context) {
  std::vector<bool> asked(context.graph.size(), false);
  for (const Action* action : context.Actions()) {
    if (!action->Is("MessageParticipant") || !AsksForSecret(PromptOf(*action))) continue;
    for (const GraphEdge& edge : context.graph.Edges(context.IndexOf(*action)))
      asked[edge.target] = asked[edge.target] || edge.kind == EdgeKind::kNext;
  }
  return asked;
}

bool AnyStoresSecret(const LintContext& context) {
  return std::ranges::any_of(context.Actions(),
                             [](const Action* action) { return StoresSecret(*action); });
}

bool IsSpoken(const LintText& text) {
  return text.path.ends_with(".Text") || text.path.ends_with(".SSML");
}

}  // namespace

void UnencryptedInput(LintContext& context) {
  const auto in_clear = [](const Action* action) {
    return IsStore(*action) && !action->parameters.Has("InputEncryption");
  };
  if (std::ranges::none_of(context.Actions(), in_clear)) return;
  const std::vector<bool> asked = AskedBefore(context);
  for (const Action* action : context.Actions()) {
    if (!in_clear(action)) continue;
    if (!AsksForSecret(PromptOf(*action)) && !asked[context.IndexOf(*action)]) continue;
    context.Report(
        fmt::format("action '{}' asks for something secret and stores it in clear", action->id),
        action->offset, "add 'InputEncryption'");
  }
}

namespace {

enum Logs : Paths::State { kUnknown, kOn, kOff, kOffAfterInput };

Paths LogPaths(const LintContext& context) {
  return {context, 4, kUnknown,
          [](Paths::State state, const Action& action, const GraphEdge&) -> Paths::State {
            if (action.Is(kLogs))
              return action.parameters.GetString("FlowLoggingBehavior") == "Enabled" ? kOn : kOff;
            if (state == kOff && StoresSecret(action)) return kOffAfterInput;
            return state;
          }};
}

void ReportLogsLeftOff(LintContext& context, const Paths& paths) {
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    const bool goes_on = action->Is("TransferContactToQueue") || action->Is("TransferToFlow");
    if (!goes_on || !paths.Reaches(at, kOffAfterInput)) continue;
    context.ReportNote(fmt::format("the logs stay off for what follows action '{}': {}", action->id,
                                   paths.Way(at, kOffAfterInput)),
                       action->offset, "switch them on again behind the secret input");
    return;
  }
}

}  // namespace

// What is encrypted is a note: the logs hold it encrypted, too.
void LoggedInput(LintContext& context) {
  if (!AnyStoresSecret(context)) return;
  const Paths paths = LogPaths(context);
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    if (!StoresSecret(*action) || !paths.Reaches(at, kOn)) continue;
    const bool clear = !action->parameters.Has("InputEncryption");
    const auto report = clear ? &LintContext::Report : &LintContext::ReportNote;
    (context.*report)(fmt::format("what callers type at action '{}' is written to the logs: {}",
                                  action->id, paths.Way(at, kOn)),
                      action->offset, "switch the logs off before, and on again behind");
  }
  ReportLogsLeftOff(context, paths);
}

void RecordedInput(LintContext& context) {
  if (!AnyStoresSecret(context)) return;
  const Paths paths(context, 2, 0,
                    [](Paths::State state, const Action& action, const GraphEdge&) -> Paths::State {
                      if (!action.type.starts_with("UpdateContactRecording")) return state;
                      const std::string_view behavior =
                          FindDeep(action.parameters, "IVRRecordingBehavior");
                      return behavior.empty() ? state : Paths::State{behavior == "Enabled"};
                    });
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    if (!StoresSecret(*action) || !paths.Reaches(at, 1)) continue;
    context.Report(fmt::format("the flow is recorded while callers type at action '{}': {}",
                               action->id, paths.Way(at, 1)),
                   action->offset, "set IVRRecordingBehavior to 'Disabled' before");
  }
}

void SecretReadAloud(LintContext& context) {
  const Paths paths(context, 2, 0,
                    [](Paths::State state, const Action& action, const GraphEdge&) -> Paths::State {
                      return IsStore(action) ? Paths::State{StoresSecret(action)} : state;
                    });
  for (const LintText& text : context.texts) {
    if (!IsSpoken(text)) continue;
    for (const Piece& piece : text.pieces) {
      if (!piece.path) continue;
      const bool typed = piece.path->Root() == "StoredCustomerInput" &&
                         paths.Reaches(context.IndexOf(*text.action), 1);
      // An account number is asked back everywhere.
      const std::vector<std::string> words = Words(piece.path->Key());
      const bool account = std::ranges::find(words, "account") != words.end();
      if (!typed && (account || !SoundsSecret(piece.path->Key()))) continue;
      context.Report(
          fmt::format("action '{}' reads '{}' aloud, which is secret", text.action->id, piece.text),
          text.offset, "say only its last digits, or nothing of it");
    }
  }
}

void SecretToFunction(LintContext& context) {
  constexpr std::string_view kInput = "Parameters.LambdaInvocationAttributes.";
  const bool encrypts = std::ranges::any_of(context.Actions(), [](const Action* action) {
    return IsStore(*action) && action->parameters.Has("InputEncryption");
  });
  for (const LintText& text : context.texts) {
    if (!text.path.starts_with(kInput) || text.pieces.empty() ||
        !text.action->Is("InvokeLambdaFunction"))
      continue;
    const std::string_view key = std::string_view(text.path).substr(kInput.size());
    if (!SoundsSecret(key) || (encrypts && text.text == "$.StoredCustomerInput")) continue;
    context.Report(
        fmt::format("action '{}' gives '{}' to a function in clear, whose logs may keep it",
                    text.action->id, key),
        text.offset, "encrypt the input and let the function decrypt it");
  }
}

// Where conversations are recorded, from here on.
void NoConsent(LintContext& context) {
  enum : Paths::State { kRecords = 1, kAsked = 2 };
  const auto asks = [](const Action& action) {
    const std::vector<std::string> words = Words(PromptOf(action));
    return std::ranges::any_of(words, [](const std::string& word) {
      return word == "recorded" || word == "recording" || word == "record" || word == "grabada" ||
             word == "grabado" || word == "aufgezeichnet" || word == "gravada";
    });
  };
  const Paths paths(
      context, 4, 0,
      [&](Paths::State state, const Action& action, const GraphEdge&) -> Paths::State {
        if (action.Is("InvokeFlowModule") || asks(action)) return state | kAsked;
        if (!action.type.starts_with("UpdateContactRecording")) return state;
        const json::Object& voice = action.parameters.GetObject("VoiceBehavior");
        const bool records =
            !voice.GetObject("VoiceRecordingBehavior").GetArray("RecordedParticipants").empty() ||
            !action.parameters.GetObject("RecordingBehavior")
                 .GetArray("RecordedParticipants")
                 .empty();
        return records ? state | kRecords : state & kAsked;
      });
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    if (!action->Is("TransferContactToQueue") || !paths.Reaches(at, kRecords)) continue;
    context.Report(
        fmt::format("callers get to action '{}' without hearing that they are recorded: {}",
                    action->id, paths.Way(at, kRecords)),
        action->offset, "say it before the transfer");
  }
}

}  // namespace trunkline::flow::lint
