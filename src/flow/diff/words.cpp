#include "flow/diff/words.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/shown.h"
#include "base/text.h"
#include "flow/graph.h"
#include "flow/link_metadata.h"
#include "flow/symbols.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kShownText = 60;  // characters of a text in a sentence
constexpr int kFarthest = 12;           // actions that an effect or a way is looked for

// What an action does that callers notice, or that decides how they go on.
struct Verb {
  std::string_view type;
  std::string_view verb;
  std::string_view path;  // of the parameter that is its object; empty = none
};
constexpr Verb kVerbs[] = {
    {"ConnectParticipantWithLexBot", "asks bot", "Parameters.LexV2Bot.AliasArn"},
    {"CreateCallbackContact", "offers a callback in queue", "Parameters.QueueId"},
    {"CreateTask", "creates a task", ""},
    {"DisconnectParticipant", "hangs up", ""},
    {"EndFlowExecution", "ends the flow", ""},
    {"EndFlowModuleExecution", "returns from the module", ""},
    {"InvokeFlowModule", "runs module", "Parameters.FlowModuleId"},
    {"InvokeLambdaFunction", "calls function", "Parameters.LambdaFunctionARN"},
    {"ShowView", "shows view", "Parameters.ViewResource.Id"},
    {"TransferContactToAgent", "transfers to the agent", ""},
    {"TransferContactToQueue", "transfers to the queue", ""},
    {"TransferParticipantToThirdParty", "dials", "Parameters.ThirdPartyPhoneNumber"},
    {"TransferToFlow", "goes on in flow", "Parameters.ContactFlowId"},
};
// What callers do not notice: looked through for what comes after.
constexpr std::string_view kQuiet[] = {
    "UpdateContactAttributes",        "UpdateContactData",
    "UpdateContactEventHooks",        "UpdateContactRecordingBehavior",
    "UpdateContactRoutingBehavior",   "UpdateContactTargetQueue",
    "UpdateContactTextToSpeechVoice", "UpdateFlowAttributes",
    "UpdateFlowLoggingBehavior",
};

std::string Quoted(std::string_view text) {
  return fmt::format("'{}'", Shown(text, kShownText));
}

// "NumberGreaterThan" -> "number greater than"; runs of capitals stay ("DTMF").
std::string SplitWords(std::string_view name) {
  const auto upper = [&](std::size_t at) {
    return at < name.size() && name[at] >= 'A' && name[at] <= 'Z';
  };
  std::string words;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool begins = upper(at) && (!upper(at + 1) || (at > 0 && !upper(at - 1)));
    if (begins && at > 0) words += ' ';
    const bool in_run = upper(at) && (upper(at + 1) || (at > 0 && upper(at - 1) && !begins));
    words += in_run ? std::string(1, name[at]) : ToLower(name.substr(at, 1));
  }
  return words;
}

// What a prompt says or plays.
std::string Spoken(const Words& words, const Action& action) {
  for (const std::string_view name : {"Text", "SSML", "PromptId"}) {
    if (const json::Value* value = action.parameters.Find(name))
      return words.Value(action, fmt::format("Parameters.{}", name), *value);
  }
  return "audio";
}

// One type, five blocks: by the first event that gets a flow.
std::string BlockOfHooks(const Action& action) {
  constexpr std::pair<std::string_view, std::string_view> kBlocks[] = {
      {"CustomerQueue", "Set customer queue flow"},
      {"CustomerHold", "Set hold flow"},
      {"AgentHold", "Set hold flow"},
      {"CustomerWhisper", "Set whisper flow"},
      {"AgentWhisper", "Set whisper flow"},
      {"CustomerRemaining", "Set disconnect flow"},
  };
  const std::string_view member =
      action.parameters.Has("EventHooks") ? "EventHooks" : "EventHooksConfiguration";
  for (const auto& [event, block] : kBlocks) {
    if (action.parameters.GetObject(member).Has(event)) return std::string(block);
  }
  return "Set event flow";
}

}  // namespace

bool IsGeneratedId(std::string_view id) {
  const auto digits = std::ranges::count_if(
      id, [](char c) { return (c >= '0' && c <= '9') || c == '-' || (c >= 'a' && c <= 'f'); });
  return id.size() >= 20 && id.find(' ') == std::string_view::npos &&
         digits * 10 >= static_cast<std::ptrdiff_t>(id.size()) * 8;
}

std::string BlockOf(const Action& action) {
  const ActionKind* kind = FindActionKind(action.type);
  if (kind == nullptr || kind->block.empty()) return action.type;
  // A type may be several blocks: by its parameters, else the first.
  if (EqualsIgnoreCase(action.parameters.GetString("StoreInput"), "true"))
    return "Store customer input";
  if (action.parameters.Has("EnableDTMFBuffer")) return "Set touch-tone buffer behavior";
  if (action.parameters.GetString("MetricType") == "NumberOfContactsInQueue")
    return "Check queue status";
  if (action.Is("UpdateContactEventHooks")) return BlockOfHooks(action);
  return std::string(BlockNames(*kind).front());
}

Words::Words(const Side& side) : side_(side) {
  for (const Reference& one : References(side.document)) {
    if (one.in_metadata) continue;
    std::string name = one.name;
    if (one.style == ReferenceStyle::kArn || one.style == ReferenceStyle::kId) {
      if (std::string shown = DisplayName(side.document, one); !shown.empty()) name = shown;
    }
    resources_.emplace(std::pair(one.action, one.path), std::move(name));
  }
}

std::string Words::Resource(const Action& action, const std::string& path) const {
  const auto found = resources_.find({action.id, path});
  return found == resources_.end() ? std::string() : found->second;
}

std::string Words::Value(const Action& action, const std::string& path,
                         const json::Value& value) const {
  if (std::string name = Resource(action, path); !name.empty()) return name;
  if (!value.IsString()) return Shown(json::Write(value), kShownText);
  const std::string& text = value.AsString();
  return ToInt(text) ? text : Quoted(text);
}

std::string Words::WholeValue(const Action& action, const std::string& path,
                              const json::Value& value) const {
  if (std::string name = Resource(action, path); !name.empty()) return name;
  if (value.IsString() && ToInt(value.AsString())) return value.AsString();
  return json::Write(value);
}

bool Words::IsNamed(std::size_t at) const {
  return !IsGeneratedId(side_.document.actions[at].id);
}

std::string Words::NameOf(std::size_t at) const {
  const Action& action = side_.document.actions[at];
  if (!IsNamed(at)) return fmt::format("block '{}'", BlockOf(action));
  return fmt::format("'{}' ({})", action.id, BlockOf(action));
}

Effect Words::OwnEffect(const Action& action) const {
  if (action.Is("MessageParticipant")) {
    const bool plays = action.parameters.Has("PromptId") || action.parameters.Has("Media");
    return {plays ? "plays" : "says", Spoken(*this, action)};
  }
  if (action.Is("GetParticipantInput")) return {"asks", Spoken(*this, action)};
  const auto* verb = std::ranges::find(kVerbs, action.type, &Verb::type);
  if (verb == std::end(kVerbs)) return {};
  const std::string path(verb->path);
  std::string object = path.empty() ? std::string() : Resource(action, path);
  if (object.empty() && !path.empty()) {
    const json::Value* value = action.parameters.Find(path.substr(path.rfind('.') + 1));
    if (value != nullptr) object = Value(action, path, *value);
  }
  return {std::string(verb->verb), std::move(object)};
}

Effect Words::EffectOf(std::size_t at) const {
  std::string queue;
  const std::size_t first = at;
  for (int step = 0; step < kFarthest; ++step) {
    const Action& action = side_.document.actions[at];
    if (action.Is("TransferContactToQueue") && !queue.empty()) return {"transfers to queue", queue};
    if (Effect own = OwnEffect(action); !own.verb.empty()) {
      return queue.empty() ? own : Effect{"sets queue", queue};
    }
    if (action.Is("UpdateContactTargetQueue")) {
      queue = Resource(action, "Parameters.QueueId");
      if (const json::Value* id = action.parameters.Find("QueueId"); queue.empty() && id != nullptr)
        queue = Value(action, "Parameters.QueueId", *id);
    }
    if (std::ranges::find(kQuiet, action.type) == std::end(kQuiet)) break;
    const auto next = std::ranges::find(side_.out[at], "next", &Edge::label);
    if (next == side_.out[at].end()) break;
    at = next->action;
  }
  if (!queue.empty()) return {"sets queue", queue};
  return {"goes to", NameOf(first)};
}

std::string Words::WayTo(std::size_t at) const {
  for (int step = 0; step < kFarthest; ++step) {
    if (side_.in[at].size() != 1) return {};
    const Edge& edge = side_.in[at].front();
    const Action& from = side_.document.actions[edge.action];
    if (edge.label != "next")
      return fmt::format("{} of {}", BranchWords(from, edge.label), NameOf(edge.action));
    at = edge.action;
  }
  return {};
}

namespace {

std::string ConditionWords(const Action& action, std::string_view op, std::string_view operand) {
  if (action.Is("GetParticipantInput")) return fmt::format("on digit {}", operand);
  if (action.Is("ConnectParticipantWithLexBot")) return fmt::format("on intent {}", operand);
  if (action.Is("CheckHoursOfOperation")) {
    return ToLower(operand) == "true" ? "when open" : "when closed";
  }
  if (action.Is("Loop")) {
    return operand == "ContinueLooping" ? "in each round" : "after the last round";
  }
  if (action.Is("DistributeByPercentage")) return fmt::format("below {} percent", operand);
  if (op == "Equals") return fmt::format("when {}", Quoted(operand));
  return fmt::format("when {} {}", SplitWords(op), Quoted(operand));
}

}  // namespace

std::string BranchWords(const Action& action, std::string_view label) {
  if (label == "next") return "then";
  if (label.starts_with("if ")) {
    const std::string_view rest = label.substr(3);
    const std::size_t blank = rest.find(' ');
    return ConditionWords(action, rest.substr(0, blank), rest.substr(blank + 1));
  }
  const std::string_view error = label.substr(std::string_view("error ").size());
  if (error == "InputTimeLimitExceeded") return "on silence";
  if (error == "NoMatchingCondition") return "on anything else";
  if (error == "NoMatchingError") return "on error";
  if (error == "QueueAtCapacity") return "when the queue is full";
  return fmt::format("on error {}", error);
}

std::string ParameterWords(std::string_view path) {
  constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
      {"InvocationTimeLimitSeconds", "time limit"},
      {"LambdaFunctionARN", "function"},
      {"QueueId", "queue"},
      {"PromptId", "prompt"},
      {"ContactFlowId", "flow"},
      {"FlowModuleId", "module"},
      {"HoursOfOperationId", "hours"},
      {"SSML", "SSML"},
      {"AliasArn", "bot alias"},
  };
  const std::string_view last = path.substr(path.rfind('.') + 1);
  for (const auto& [name, words] : kKnown)
    if (last == name) return std::string(words);
  if (last.ends_with("Seconds")) return SplitWords(last.substr(0, last.size() - 7));
  const bool own_words = path.find("Attributes.") != std::string_view::npos ||
                         path.find("Tags.") != std::string_view::npos;
  return own_words ? fmt::format("'{}'", last) : SplitWords(last);
}

}  // namespace trunkline::flow
