#include "sim/transcript.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/overloaded.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kSpeakers[] = {"system", "bot", "caller", "agent", "note", "warning"};

void Add(Transcript& transcript, TimePoint at, Speaker speaker, std::string text) {
  if (transcript.lines.empty()) transcript.began = at;
  transcript.lines.push_back({.at = at, .speaker = speaker, .text = std::move(text)});
}

// What is heard of a prompt: its words, else what it is.
std::string Heard(const Say& say) {
  std::string heard = say.text;
  if (heard.empty() && !say.prompt.empty()) heard = fmt::format("({})", say.prompt);
  if (heard.empty() && !say.media_uri.empty()) heard = fmt::format("({})", say.media_uri);
  return say.loops ? heard + " (repeats)" : heard;
}

Speaker SpeakerOf(const Say& say) {
  if (say.to == Party::kAgent) return Speaker::kAgent;
  return say.from_bot ? Speaker::kBot : Speaker::kSystem;
}

// A Say's effect is stamped when it ends; a script tells when it began.
void NoteSay(Transcript& transcript, const Effect& effect, const Say& say) {
  const Milliseconds spoken = say.loops ? Milliseconds{0} : say.duration;
  Add(transcript, effect.at - spoken, SpeakerOf(say), Heard(say));
}

std::string Pressed(const Transcript& transcript, const std::string& keys) {
  return fmt::format("presses {}", transcript.secret ? std::string(keys.size(), '*') : keys);
}

std::string Answered(const LambdaAnswered& answer) {
  switch (answer.outcome) {
    case LambdaAnswered::Outcome::kPayload:
      return "the function answered";
    case LambdaAnswered::Outcome::kError:
      return fmt::format("the function failed: {}", answer.error);
    case LambdaAnswered::Outcome::kTimedOut:
      return "the function did not answer in time";
  }
  return "";
}

std::string Understood(const BotAnswered& answer) {
  if (!answer.error.empty()) return fmt::format("the bot failed: {}", answer.error);
  if (answer.score <= 0) return fmt::format("the bot understood {}", answer.intent);
  return fmt::format("the bot understood {} ({:.2f})", answer.intent, answer.score);
}

std::string Began(const Effect& effect, const FlowBegan& began) {
  const std::string_view kind = began.role == FlowRole::kModule ? "module" : "flow";
  return fmt::format("{} {} begins ({})", kind, effect.FlowName(), ToText(began.role));
}

// "GetCase stands in: NoneFound (no cases are kept here)".
std::string StoodInFor(const StoodIn& one) {
  return fmt::format("{} stands in: {} ({})", one.type, one.outcome,
                     one.why.empty() ? "as told" : one.why);
}

std::string ClockText(Milliseconds since) {
  const auto seconds = std::max<std::int64_t>(since.count(), 0) / 1000;
  return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
}

void Happened(Transcript& transcript, TimePoint at, std::string text) {
  Add(transcript, at, Speaker::kNote, std::move(text));
}

}  // namespace

std::string_view ToText(Speaker speaker) {
  return kSpeakers[static_cast<std::size_t>(speaker)];
}

void Note(Transcript& transcript, TimePoint at, const Event& event) {
  const auto note = [&](std::string text) { Happened(transcript, at, std::move(text)); };
  std::visit(
      Overloaded{
          [&](const Started&) { note("the call begins"); },
          [&](const CallerPressed& one) {
            Add(transcript, at, Speaker::kCaller, Pressed(transcript, one.keys));
          },
          [&](const CallerSaid& one) { Add(transcript, at, Speaker::kCaller, one.text); },
          [&](const CallerHungUp&) { Add(transcript, at, Speaker::kCaller, "hangs up"); },
          [&](const CallerReturned&) { note("the customer is back"); },
          [](const TimerFired&) {},
          [](const TimeAdvanced&) {},
          [&](const LambdaAnswered& one) { note(Answered(one)); },
          [&](const BotAnswered& one) {
            transcript.intent = one.intent;
            note(Understood(one));
          },
          [](const AgentAccepted&) {},
          [](const AgentLeft&) {},
          [](const AgentHolds&) {},
          [](const AgentResumes&) {},
          [&](const AgentTransfers& one) {
            note(fmt::format("the agent transfers to {}{}{}", one.queue, one.agent, one.number));
          },
          [](const TaskPaused&) {},
          [](const TaskResumed&) {},
          [&](const ThirdPartyAnswered& one) {
            const bool connected = one.outcome == ThirdPartyAnswered::Outcome::kConnected;
            note(connected ? "the third party answers" : "the third party is not reached");
          },
          [](const ThirdPartyLeft&) {},
          [](const GoOn&) {},
      },
      event);
}

void Note(Transcript& transcript, const Effect& effect) {
  const std::size_t before = transcript.lines.size();
  const auto note = [&](std::string text) { Happened(transcript, effect.at, std::move(text)); };
  std::visit(
      Overloaded{
          [&](const Say& one) { NoteSay(transcript, effect, one); },
          [&](const AskKeys& one) { transcript.secret = one.secret; },
          [&](const AskSpeech&) { transcript.secret = false; },
          [&](const InvokeLambda& one) { note(fmt::format("function {} is invoked", one.name)); },
          [](const AskBot&) {},
          [&](const FlowBegan& one) { note(Began(effect, one)); },
          [&](const Queued& one) {
            transcript.queue = one.queue_name;
            note(fmt::format("the caller waits in queue {}", one.queue_name));
          },
          [](const OfferAgent&) {},
          [&](const AgentConnecting& one) { note(fmt::format("{} accepts the call", one.agent)); },
          [&](const Joined& one) {
            note(fmt::format("caller and {} are connected (queue {})", one.agent, one.queue_name));
          },
          [&](const HoldChanged& one) {
            note(fmt::format("the {} is {} hold", ToText(one.who), one.held ? "on" : "off"));
          },
          [&](const PauseChanged& one) {
            note(one.paused ? "the task is paused" : "the task is resumed");
          },
          [&](const DialThirdParty& one) { note(fmt::format("{} is dialled", one.number)); },
          [&](const Transferred& one) {
            note(fmt::format("the call is transferred to {}", one.number));
          },
          [&](const CallbackCreated& one) {
            note(fmt::format("{} will be called back from queue {}", one.number, one.queue_name));
          },
          [&](const TaskCreated& one) { note(fmt::format("task '{}' is created", one.name)); },
          [&](const ContactCreated& one) {
            note(fmt::format("a contact is created ({}{}{})", one.channel,
                             one.to.empty() ? "" : " to ", one.to));
          },
          [&](const RelatedUpdated& one) {
            note(fmt::format("related contact {} is updated", one.contact_id));
          },
          [&](const CustomerDialled& one) { note(fmt::format("{} is dialled", one.number)); },
          [&](const StoodIn& one) { note(StoodInFor(one)); },
          [&](const Disconnected& one) {
            note(fmt::format("the {} is disconnected: {}", ToText(one.who), one.why));
          },
          [](const SetTimer&) {},
          [](const Stopped&) {},
          [](const Ran&) {},
          [&](const Warned& one) { Add(transcript, effect.at, Speaker::kWarning, one.text); },
          [&](const Ended& one) {
            transcript.end = one.why;
            note(fmt::format("the contact ends: {}", one.why));
          },
      },
      effect.what);
  if (transcript.lines.size() == before) return;
  transcript.lines.back().flow = effect.FlowName();
  transcript.lines.back().action = effect.action;
}

std::string ToText(const Transcript& transcript, const TranscriptLine& line) {
  const bool spoken = line.speaker != Speaker::kNote && line.speaker != Speaker::kWarning;
  // "to agent": the agent hears it, and does not say it.
  const std::string_view who = line.speaker == Speaker::kNote    ? ""
                               : line.speaker == Speaker::kAgent ? "to agent"
                                                                 : ToText(line.speaker);
  return fmt::format("{}  {:<8} {}{}", ClockText(line.at - transcript.began), who,
                     spoken ? "" : "- ", line.text);
}

std::string ToText(const Transcript& transcript) {
  std::string text;
  for (const TranscriptLine& line : transcript.lines) text += ToText(transcript, line) + "\n";
  return text;
}

json::Object ToJson(const Transcript& transcript) {
  json::Array lines;
  for (const TranscriptLine& line : transcript.lines) {
    lines.push_back(json::Object{{"At", ToIso8601(line.at)},
                                 {"Speaker", ToText(line.speaker)},
                                 {"Text", line.text},
                                 {"Flow", line.flow},
                                 {"Action", line.action}});
  }
  return {{"Began", ToIso8601(transcript.began)},
          {"Queue", transcript.queue},
          {"Intent", transcript.intent},
          {"End", transcript.end},
          {"Lines", std::move(lines)}};
}

Result<Transcript> TranscriptFromJson(const json::Object& object) {
  const auto began = ParseIso8601(object.GetString("Began"));
  if (!began) return Error(ErrorKind::kInvalid, "expected a time in 'Began' of a transcript");
  Transcript transcript{.began = *began,
                        .queue = std::string(object.GetString("Queue")),
                        .intent = std::string(object.GetString("Intent")),
                        .end = std::string(object.GetString("End"))};
  for (const json::Value& entry : object.GetArray("Lines")) {
    if (!entry.IsObject())
      return Error(ErrorKind::kInvalid, "expected an object in 'Lines' of a transcript");
    const json::Object& line = entry.AsObject();
    const auto at = ParseIso8601(line.GetString("At"));
    const auto* speaker = std::ranges::find(kSpeakers, line.GetString("Speaker"));
    if (!at || speaker == std::end(kSpeakers)) {
      return Error(ErrorKind::kInvalid,
                   "expected a time and a speaker in each line of a transcript");
    }
    transcript.lines.push_back({.at = *at,
                                .speaker = static_cast<Speaker>(speaker - std::begin(kSpeakers)),
                                .text = std::string(line.GetString("Text")),
                                .flow = std::string(line.GetString("Flow")),
                                .action = std::string(line.GetString("Action"))});
  }
  return transcript;
}

}  // namespace trunkline::sim
