#include "app/debug_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "flow/diff/words.h"
#include "sim/lookup.h"
#include "sim/namespaces.h"

namespace trunkline::app {
namespace {

const flow::Action* ActionOf(const sim::Spot& spot) {
  return spot.flow == nullptr ? nullptr : spot.flow->document->FindAction(spot.action);
}

std::string WaitsText(const sim::Needs& needs) {
  std::vector<std::string> waits;
  if (needs.speech) waits.emplace_back("words");
  if (needs.keys) waits.emplace_back("keys");
  if (needs.agent) waits.emplace_back("an agent");
  if (needs.conversation) waits.emplace_back("the end of the conversation");
  if (needs.timer)
    waits.push_back(
        fmt::format("{} s to pass", static_cast<double>(needs.until_timer.count()) / 1000));
  return "waits for " + Join(waits, " or ");
}

std::string BranchText(std::string_view branch, std::string_view target) {
  return fmt::format("  {} -> {}\n", branch, target.empty() ? "nowhere: the flow ends" : target);
}

std::string BranchesText(const flow::Action& action) {
  std::string text;
  if (action.next) text += BranchText("next", *action.next);
  for (const flow::ConditionBranch& branch : action.conditions)
    text += BranchText(fmt::format("{} {}", branch.op, Join(branch.operands, ", ")), branch.next);
  for (const flow::ErrorBranch& branch : action.errors)
    text += BranchText(branch.type, branch.next);
  return text;
}

std::string Indented(std::string_view text) {
  std::string indented;
  for (const std::string_view line : Split(text, '\n'))
    if (!line.empty()) indented += fmt::format("  {}\n", line);
  return indented;
}

}  // namespace

std::string SpotText(const sim::Spot& spot) {
  if (spot.flow == nullptr) return "outside of a flow";
  const flow::Action* action = ActionOf(spot);
  if (action == nullptr) return fmt::format("{}, at its end", spot.flow->name);
  return fmt::format("{} > {} ({})", spot.flow->name, action->id, flow::BlockOf(*action));
}

std::string StandingText(const sim::Debugger& debugger) {
  const sim::Spot spot = sim::SpotOf(debugger.rehearsal().contact().state());
  switch (debugger.standing()) {
    case sim::Debugger::Standing::kBeforeAction:
      return fmt::format("[{}] {}{}\n", debugger.ran() + 1,
                         debugger.IsAtBreakpoint() ? "breakpoint: " : "", SpotText(spot));
    case sim::Debugger::Standing::kNeedsCaller:
      return fmt::format("[{}] {} {}\n", debugger.ran(), SpotText(spot),
                         WaitsText(debugger.rehearsal().contact().needs()));
    case sim::Debugger::Standing::kEnded:
      return fmt::format("[{}] the contact has ended: {}\n", debugger.ran(),
                         debugger.rehearsal().transcript().end);
  }
  return {};
}

std::string StackText(const sim::Debugger& debugger) {
  std::string text;
  for (const sim::Spot& spot : debugger.stack()) text += fmt::format("  {}\n", SpotText(spot));
  return text.empty() ? "  outside of a flow\n" : text;
}

std::string ActionText(const sim::Debugger& debugger) {
  const sim::ContactState& state = debugger.rehearsal().contact().state();
  const sim::Spot spot = sim::SpotOf(state);
  const flow::Action* action = ActionOf(spot);
  if (action == nullptr) return "  outside of a flow\n";
  const sim::Resolved resolved = sim::Resolve(state, json::Value(action->parameters));
  std::string text = fmt::format("  {}\n  type {}\n", SpotText(spot), action->type);
  text += Indented(json::WritePretty(resolved.value));
  for (const std::string& reference : resolved.missing)
    text += fmt::format("  '{}' has no value\n", reference);
  return text + BranchesText(*action);
}

std::string ValueText(const json::Value& value) {
  return value.IsString() ? value.AsString() : json::Write(value);
}

std::string ValueText(const std::string& reference, const json::Value& value) {
  const bool empty = value.IsNull() || (value.IsString() && value.AsString().empty());
  if (empty) return {};
  if (!value.IsObject()) return fmt::format("  {} = {}\n", reference, ValueText(value));
  std::string text;
  for (const json::Member& member : value.AsObject())
    text += ValueText(reference + "." + member.key, member.value);
  return text;
}

std::string ValuesText(const sim::Contact& contact) {
  std::string text;
  for (const std::string& root : sim::NamespaceRoots(contact.state())) {
    const std::string reference = fmt::format("$.{}", root);
    if (const auto value = sim::Lookup(contact.state(), reference))
      text += ValueText(reference, *value);
  }
  return text;
}

std::string BreakpointsText(const sim::Debugger& debugger) {
  std::string text;
  for (const sim::Spot& spot : debugger.breakpoints())
    text += fmt::format("  {}\n", SpotText(spot));
  return text.empty() ? "  no breakpoints\n" : text;
}

}  // namespace trunkline::app
