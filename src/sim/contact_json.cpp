#include "sim/contact_json.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace trunkline::sim {
namespace {

const std::array<std::string, 14> kEventMembers = {
    "say",        "press",       "hangup",           "silence",      "advance",
    "agent",      "agentLeaves", "agentHolds",       "agentResumes", "agentTransfers",
    "taskPauses", "taskResumes", "thirdPartyLeaves", "returns"};

Error Wrong(const json::Member& member, std::string_view expected) {
  return Error(ErrorKind::kInvalid, "expected {} in '{}' but got {}", expected, member.key,
               member.value.TypeName());
}

// An event that is only said to have happened.
Result<Event> Happened(const json::Member& member, Event event) {
  if (member.value.IsBool() && member.value.AsBool()) return event;
  return Error(ErrorKind::kInvalid, "expected true in '{}'", member.key);
}

Result<Event> ReadAdvance(const json::Member& member) {
  if (!member.value.IsNumber() || member.value.AsInt() < 0)
    return Wrong(member, "milliseconds from 0 on");
  return Event(TimeAdvanced{.by = Milliseconds(member.value.AsInt())});
}

Result<Event> ReadSilence(const json::Member& member, const Contact& contact) {
  const auto timer = contact.needs().timer;
  if (!timer)
    return Error(ErrorKind::kConflict,
                 "the contact waits for no time to pass: nothing would happen");
  return Happened(member, TimerFired{.timer = *timer});
}

Result<Event> ReadHold(const json::Member& member) {
  const bool text = member.value.IsString();
  if (text && member.value.AsString() == "customer") return Event(AgentHolds{});
  if (text && member.value.AsString() == "agent") return Event(AgentHolds{.agent = true});
  return Wrong(member, "'customer' or 'agent'");
}

Result<Event> ReadTransfer(const json::Member& member) {
  constexpr std::string_view kForm =
      "an object with 'queue', 'agent' or 'number', and 'flow' if there is one,";
  if (!member.value.IsObject()) return Wrong(member, kForm);
  const json::Object& object = member.value.AsObject();
  AgentTransfers transfer{.queue = std::string(object.GetString("queue")),
                          .agent = std::string(object.GetString("agent")),
                          .number = std::string(object.GetString("number")),
                          .flow = std::string(object.GetString("flow"))};
  const int targets = static_cast<int>(!transfer.queue.empty()) +
                      static_cast<int>(!transfer.agent.empty()) +
                      static_cast<int>(!transfer.number.empty());
  const std::size_t known = static_cast<std::size_t>(targets) + (transfer.flow.empty() ? 0U : 1U);
  if (targets == 1 && object.size() == known) return Event(std::move(transfer));
  return Error(ErrorKind::kInvalid, "expected {} in '{}'", kForm, member.key);
}

constexpr std::array<std::string_view, 4> kOfAgent = {"agentLeaves", "agentHolds", "agentResumes",
                                                      "agentTransfers"};

// One of kOfAgent.
Result<Event> ReadAgentMember(const json::Member& member) {
  if (member.key == "agentLeaves") return Happened(member, AgentLeft{});
  if (member.key == "agentHolds") return ReadHold(member);
  if (member.key == "agentResumes") return Happened(member, AgentResumes{});
  return ReadTransfer(member);
}

Result<Event> ReadMember(const json::Member& member, const Contact& contact) {
  if (member.key == "hangup") return Happened(member, CallerHungUp{});
  if (std::ranges::find(kOfAgent, member.key) != kOfAgent.end()) return ReadAgentMember(member);
  if (member.key == "taskPauses") return Happened(member, TaskPaused{});
  if (member.key == "taskResumes") return Happened(member, TaskResumed{});
  if (member.key == "thirdPartyLeaves") return Happened(member, ThirdPartyLeft{});
  if (member.key == "returns") return Happened(member, CallerReturned{});
  if (member.key == "advance") return ReadAdvance(member);
  if (member.key == "silence") return ReadSilence(member, contact);
  if (!member.value.IsString()) return Wrong(member, "a string");
  const std::string& text = member.value.AsString();
  if (member.key == "say") return Event(CallerSaid{.text = text});
  if (member.key == "press") return Event(CallerPressed{.keys = text});
  return Event(AgentAccepted{.agent = text});
}

json::Array WaitsFor(const Needs& needs) {
  json::Array waits;
  if (needs.speech) waits.emplace_back("speech");
  if (needs.keys) waits.emplace_back("keys");
  if (needs.agent) waits.emplace_back("agent");
  if (needs.conversation) waits.emplace_back("conversation");
  if (needs.timer) waits.emplace_back("time");
  return waits;
}

std::string TextFrom(const Transcript& transcript, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < transcript.lines.size(); ++i) {
    text += ToText(transcript, transcript.lines[i]);
    if (!text.ends_with('\n')) text += '\n';
  }
  return text;
}

}  // namespace

Result<Event> ReadEvent(const json::Object& object, const Contact& contact) {
  for (const json::Member& member : object) {
    if (std::ranges::find(kEventMembers, member.key) != kEventMembers.end()) continue;
    const auto nearest = Nearest(member.key, kEventMembers);
    return Error(ErrorKind::kInvalid, "'{}' is not known here{}", member.key,
                 nearest ? fmt::format(": did you mean '{}'?", *nearest) : "");
  }
  if (object.size() != 1) {
    return Error(ErrorKind::kInvalid,
                 "expected one event, such as {{\"say\": \"sales\"}}, but got {}", object.size());
  }
  return ReadMember(*object.begin(), contact);
}

Result<Event> ReadAgentEvent(const json::Object& object) {
  const bool one =
      object.size() == 1 && std::ranges::find(kOfAgent, object.begin()->key) != kOfAgent.end();
  if (one) return ReadAgentMember(*object.begin());
  return Error(ErrorKind::kInvalid,
               "expected one of agentLeaves, agentHolds, agentResumes and agentTransfers");
}

json::Object Standing(const Contact& contact) {
  return {{"phase", ToText(contact.phase())},
          {"now", ToIso8601(contact.now())},
          {"ended", contact.phase() == Phase::kEnded}};
}

json::Object Progress(const Contact& contact, const Transcript& transcript, std::size_t first) {
  json::Object shown;
  shown.SetIfNotEmpty("queue", transcript.queue);
  shown.SetIfNotEmpty("intent", transcript.intent);
  shown.SetIfNotEmpty("end", transcript.end);
  const Needs needs = contact.needs();
  shown.Set("waitsFor", WaitsFor(needs));
  if (needs.timer) shown.Set("timer", needs.until_timer.count());
  shown.Set("attributes", contact.attributes());

  const json::Object whole = ToJson(transcript);
  const json::Array& lines = whole.GetArray("Lines");
  const auto start = lines.begin() + static_cast<std::ptrdiff_t>(std::min(first, lines.size()));
  shown.Set("lines", json::Array(start, lines.end()));
  shown.Set("text", TextFrom(transcript, first));
  return shown;
}

}  // namespace trunkline::sim
