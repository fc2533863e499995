#include "app/debug_call.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/debug_text.h"
#include "base/json_read.h"
#include "base/text.h"
#include "sim/contact_json.h"
#include "sim/lookup.h"

namespace trunkline::app {

namespace {

// As it is commanded: "say sales".
std::string EventText(const json::Object& event) {
  const json::Member& member = *event.begin();
  return member.value.IsBool() ? member.key
                               : fmt::format("{} {}", member.key, ValueText(member.value));
}

}  // namespace

// Without `run`, an event of docs/contacts.md: with the operand as its value, else true.
struct DebugCall::Command {
  std::string_view name, letter, operand, help;
  Result<std::string> (DebugCall::*run)(std::string_view) = nullptr;
};

std::span<const DebugCall::Command> DebugCall::Commands() {
  static constexpr Command kCommands[] = {
      {"step", "s", "", "run this action and stand before the next one", &DebugCall::Step},
      {"next", "n", "", "the same, without standing inside modules", &DebugCall::Next},
      {"finish", "f", "", "run until this module or flow is left", &DebugCall::Finish},
      {"continue", "c", "", "run to the next breakpoint", &DebugCall::Continue},
      {"back", "u", "[N]", "go back N actions (1); what the caller did since is forgotten",
       &DebugCall::Back},
      {"restart", "r", "", "go back to the first action", &DebugCall::Restart},
      {"break", "b", "[NAME]", "stand before an action: identifier, type, block, flow, FLOW/NAME",
       &DebugCall::BreakAt},
      {"delete", "d", "NAME", "forget a breakpoint", &DebugCall::Delete},
      {"where", "w", "", "the flow, and the modules it is in", &DebugCall::Where},
      {"action", "a", "", "the action: its parameters with their values, its branches",
       &DebugCall::Action},
      {"show", "p", "[REFERENCE]", "what references can read: all, or one: $.Attributes.tier",
       &DebugCall::Show},
      {"transcript", "t", "", "the call up to here", &DebugCall::Transcript},
      {"say", "", "TEXT", "the caller says or types this"},
      {"press", "", "KEYS", "the caller presses keys"},
      {"silence", "", "", "nothing happens until the timer that is due first"},
      {"advance", "", "MS", "so many milliseconds pass"},
      {"hangup", "", "", "the caller hangs up"},
      {"agent", "", "[NAME]", "an agent accepts"},
      {"agentLeaves", "", "", "the agent ends the conversation"},
      {"agentHolds", "", "WHO", "the agent puts the 'customer' on hold, or is put: 'agent'"},
      {"agentResumes", "", "", "nobody is on hold any more"},
      {"agentTransfers", "", "JSON",
       R"(by a quick connect: {"queue": "Sales", "flow": "Transfer"})"},
      {"thirdPartyLeaves", "", "", "the third party hangs up"},
      {"taskPauses", "", "", "a task is paused"},
      {"taskResumes", "", "", "and resumed"},
      {"returns", "", "", "a chat customer who had gone is back"},
      {"help", "h", "", "this list", &DebugCall::Help},
      {"quit", "q", "", "leave the call where it is", &DebugCall::Quit},
  };
  return kCommands;
}

DebugCall::DebugCall(OpenedCall opened, std::vector<json::Object> script)
    : debugger_(std::make_shared<const sim::World>(std::move(opened.stage.world)),
                std::move(opened.call), std::move(opened.stage.stand_ins)),
      script_(std::move(script)) {}

std::string DebugCall::Begin() {
  return News();
}

Result<std::string> DebugCall::Do(std::string_view line) {
  const std::string_view text = Trim(line);
  if (text.empty()) return Move(last_);
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  const std::span<const Command> commands = Commands();
  const auto command = std::ranges::find_if(
      commands, [&](const Command& one) { return one.name == word || one.letter == word; });
  if (command == commands.end()) {
    std::vector<std::string> names;
    for (const Command& one : commands) names.emplace_back(one.name);
    const auto nearest = Nearest(word, names);
    return Error(ErrorKind::kInvalid, "'{}' is no command: {}'help' lists them", word,
                 nearest ? fmt::format("did you mean '{}'? ", *nearest) : "");
  }
  const std::string_view operand = Trim(text.substr(end));
  if (!operand.empty() && command->operand.empty())
    return Error(ErrorKind::kInvalid, "'{}' takes nothing behind it, but got '{}'", command->name,
                 operand);
  if (operand.empty() && !command->operand.empty() && !command->operand.starts_with('['))
    return Error(ErrorKind::kInvalid, "expected {} after '{}'", command->operand, command->name);
  return command->run == nullptr ? Give(*command, operand) : (this->*command->run)(operand);
}

Result<std::string> DebugCall::Move(Motion motion) {
  last_ = motion;
  TL_DO((debugger_.*motion)());
  return GoOn();
}

Result<json::Value> DebugCall::ValueOf(const Command& command, std::string_view operand) {
  if (command.operand.empty()) return json::Value(true);
  if (command.operand == "MS") {
    if (const auto milliseconds = ToInt(operand)) return json::Value(*milliseconds);
    return Error(ErrorKind::kInvalid, "expected milliseconds after '{}' but got '{}'", command.name,
                 operand);
  }
  if (command.operand == "JSON") return json::Parse(operand);
  return json::Value(operand);
}

Result<std::string> DebugCall::Give(const Command& command, std::string_view operand) {
  TL_TRY(json::Value value, ValueOf(command, operand));
  json::Object event;
  event.Set(command.name, std::move(value));
  TL_DO(GiveEvent(std::move(event), false));
  return GoOn();
}

Result<void> DebugCall::GiveEvent(json::Object event, bool of_script) {
  TL_TRY(const sim::Event read, sim::ReadEvent(event, debugger_.rehearsal().contact()));
  TL_DO(debugger_.Give(read));
  given_.push_back({.event = std::move(event), .of_script = of_script});
  return {};
}

Result<std::string> DebugCall::GoOn() {
  while (debugger_.standing() == sim::Debugger::Standing::kNeedsCaller && ScriptLeft() > 0)
    TL_DO(GiveEvent(script_[scripted_++], true));
  return News();
}

std::string DebugCall::News() {
  std::string text;
  const sim::Transcript& transcript = debugger_.rehearsal().transcript();
  for (; shown_ < transcript.lines.size(); ++shown_)
    text += sim::ToText(transcript, transcript.lines[shown_]) + "\n";
  return text + StandingText(debugger_);
}

Result<std::string> DebugCall::Back(std::string_view count) {
  const auto actions = count.empty() ? std::optional<std::int64_t>(1) : ToInt(count);
  if (!actions || *actions < 1)
    return Error(ErrorKind::kInvalid, "expected how many actions after 'back' but got '{}'", count);
  return GoBack(static_cast<std::size_t>(*actions));
}

Result<std::string> DebugCall::GoBack(std::size_t actions) {
  std::string text;
  for (std::size_t forgotten = debugger_.Back(actions); forgotten > 0; --forgotten) {
    if (given_.back().of_script) --scripted_;
    text = fmt::format("  forgotten: {}\n", EventText(given_.back().event)) + text;
    given_.pop_back();
  }
  shown_ = debugger_.rehearsal().transcript().lines.size();
  return text + StandingText(debugger_);
}

Result<void> DebugCall::Break(std::string_view name) {
  const std::vector<sim::Spot> spots = sim::FindActions(debugger_.world(), name);
  if (spots.empty())
    return Error(ErrorKind::kNotFound,
                 "no action, type, block or flow of this call is named '{}': 'action' shows the "
                 "one it stands before",
                 name);
  for (const sim::Spot& spot : spots) debugger_.Break(spot);
  return {};
}

Result<std::string> DebugCall::BreakAt(std::string_view name) {
  if (!name.empty()) TL_DO(Break(name));
  return BreakpointsText(debugger_);
}

Result<std::string> DebugCall::Delete(std::string_view name) {
  bool deleted = false;
  for (const sim::Spot& spot : sim::FindActions(debugger_.world(), name))
    deleted = debugger_.Delete(spot) || deleted;
  if (!deleted)
    return Error(ErrorKind::kNotFound, "no breakpoint is named '{}': 'break' lists them", name);
  return BreakpointsText(debugger_);
}

Result<std::string> DebugCall::Where(std::string_view) {
  return StackText(debugger_);
}

Result<std::string> DebugCall::Action(std::string_view) {
  return ActionText(debugger_);
}

Result<std::string> DebugCall::Show(std::string_view reference) {
  const sim::Contact& contact = debugger_.rehearsal().contact();
  if (reference.empty()) return ValuesText(contact);
  if (!sim::IsReference(reference))
    return Error(ErrorKind::kInvalid,
                 "expected a reference such as '$.Attributes.tier' but got '{}'", reference);
  const auto value = sim::Lookup(contact.state(), reference);
  if (!value) return fmt::format("  {} has no value\n", reference);
  return ValueText(std::string(reference), *value);
}

Result<std::string> DebugCall::Transcript(std::string_view) {
  return sim::ToText(debugger_.rehearsal().transcript());
}

Result<std::string> DebugCall::Help(std::string_view) {
  std::string text;
  for (const Command& one : Commands()) {
    const std::string usage = fmt::format("{} {}", one.name, one.operand);
    text += fmt::format("  {:1}  {:19}  {}\n", one.letter, usage, one.help);
  }
  return text + "  An empty line moves on as last time.\n";
}

Result<std::string> DebugCall::Quit(std::string_view) {
  quits_ = true;
  return std::string();
}

}  // namespace trunkline::app
