// Rules about a module by itself: its contract, and whether it comes back.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/contract.h"
#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kReturn = "EndFlowModuleExecution";

std::string Declared(std::string_view found, const std::vector<std::string>& names) {
  const std::optional<std::string> nearest = Nearest(found, names);
  if (nearest) return fmt::format("did you mean '{}'?", *nearest);
  return names.empty() ? "it declares none" : "it declares " + Join(names, ", ");
}

void CheckResult(LintContext& context, const Action& action, const ModuleContract& contract) {
  const json::Value* result = action.parameters.Find("Result");
  if (!contract.has_results || result == nullptr || !result->IsString()) return;
  const std::string& name = result->AsString();
  if (std::ranges::find(contract.results, name) != contract.results.end()) return;
  context.Report(
      fmt::format("action '{}' returns '{}', which is no result of the module's contract",
                  action.id, name),
      result->offset(), Declared(name, contract.results));
}

void CheckData(LintContext& context, const Action& action, const ModuleContract& contract) {
  if (!contract.has_data) return;
  for (const json::Member& member : action.parameters.GetObject("ResultData")) {
    const ContractMember* declared = FindMember(contract.data, member.key);
    if (declared == nullptr) {
      context.Report(
          fmt::format("action '{}' returns the value '{}', which the module's contract does not "
                      "declare",
                      action.id, member.key),
          member.key_offset, Declared(member.key, NamesOf(contract.data)));
    } else if (!TakesJson(declared->type, member.value)) {
      context.Report(
          fmt::format("action '{}' returns '{}' as {}, but the module's contract says {}",
                      action.id, member.key, member.value.TypeName(), declared->type),
          member.value.offset());
    }
  }
}

void CheckInputReads(LintContext& context, const ModuleContract& contract) {
  if (!contract.has_input) return;
  for (const LintText& text : context.texts) {
    for (const Piece& piece : text.pieces) {
      if (!piece.path || piece.path->Root() != "Modules" || piece.path->Key() != "Input" ||
          piece.path->steps.size() < 3)
        continue;
      const std::string& key = piece.path->steps[2].name;
      if (key.empty() || FindMember(contract.input, key) != nullptr) continue;
      context.Report(fmt::format("action '{}' reads '{}', which is no input of the module's "
                                 "contract",
                                 text.action->id, piece.text),
                     text.offset, Declared(key, NamesOf(contract.input)));
    }
  }
}

}  // namespace

void ContractBroken(LintContext& context) {
  const std::optional<ModuleContract> contract = ReadContract(context.document);
  if (!contract) return;
  for (const Action* action : context.Actions()) {
    if (!action->Is(kReturn)) continue;
    CheckResult(context, *action, *contract);
    CheckData(context, *action, *contract);
  }
  CheckInputReads(context, *contract);
}

void ModuleWithoutReturn(LintContext& context) {
  if (!context.document.is_module || context.graph.start() == kNoAction) return;
  const bool returns = std::ranges::any_of(
      context.Actions(), [](const Action* action) { return action->Is(kReturn); });
  if (returns) return;
  context.Report("no path of the module comes back to the flow that invokes it",
                 context.document.actions[context.graph.start()].offset,
                 "end its paths with EndFlowModuleExecution, or make a flow of it");
}

}  // namespace trunkline::flow::lint
