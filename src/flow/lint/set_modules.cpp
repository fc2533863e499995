// Rules about modules and their callers.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/set_rules.h"

namespace trunkline::flow::lint {
namespace {

// What the caller may get: by the contract, else by what the returns name, where all do.
std::vector<std::string> ResultsOf(const FlowFacts& module) {
  if (module.contract && module.contract->has_results) return module.contract->results;
  const bool unnamed =
      std::ranges::find(module.results, "") != module.results.end() || module.results.empty();
  return unnamed ? std::vector<std::string>() : module.results;
}

std::string Instead(std::string_view found, const std::vector<std::string>& names,
                    std::string_view what) {
  const std::optional<std::string> nearest = Nearest(found, names);
  if (nearest) return fmt::format("did you mean '{}'?", *nearest);
  return names.empty() ? fmt::format("it {} none", what)
                       : fmt::format("it {} {}", what, Join(names, ", "));
}

std::string JsonTypeOf(const json::Value& value) {
  return value.IsString() && HasReference(value.AsString()) ? "a reference"
                                                            : std::string(value.TypeName());
}

std::string ReferenceAdvice(const json::Value& value) {
  const bool reference = value.IsString() && HasReference(value.AsString());
  return reference ? "references are for inputs of type string" : "";
}

void CheckInputs(SetContext& set, std::size_t flow, const FlowCall& call, const FlowFacts& module) {
  const std::string& action = ActionOf(set.flows[flow], call);
  for (const CallInput& input : call.inputs) {
    const ContractMember* declared = FindMember(module.contract->input, input.key);
    if (declared == nullptr) {
      set.Report(flow,
                 fmt::format("action '{}' gives module '{}' the input '{}', which its contract "
                             "does not have",
                             action, module.name, input.key),
                 input.offset, Instead(input.key, NamesOf(module.contract->input), "declares"));
    } else if (!TakesJson(declared->type, input.value)) {
      set.Report(
          flow,
          fmt::format("action '{}' gives module '{}' the input '{}' as {}, but its contract "
                      "says {}",
                      action, module.name, input.key, JsonTypeOf(input.value), declared->type),
          input.offset, ReferenceAdvice(input.value));
    }
  }
  for (const ContractMember& member : module.contract->input) {
    const bool given =
        std::ranges::find(call.inputs, member.key, &CallInput::key) != call.inputs.end();
    if (!member.required || given) continue;
    set.Report(flow,
               fmt::format("action '{}' does not give module '{}' the input '{}', which its "
                           "contract requires",
                           action, module.name, member.key),
               call.offset);
  }
}

}  // namespace

void ModuleResultUnknown(SetContext& set) {
  ForEachCall(set, [&](std::size_t flow, const FlowCall& call, std::size_t target) {
    if (call.kind != CallKind::kModule || target == kNoFlow) return;
    const std::vector<std::string> results = ResultsOf(set.flows[target]);
    if (results.empty()) return;
    for (const std::string& result : call.results) {
      if (std::ranges::find(results, result) != results.end()) continue;
      set.Report(flow,
                 fmt::format("action '{}' waits for the result '{}', which module '{}' never "
                             "returns",
                             ActionOf(set.flows[flow], call), result, set.flows[target].name),
                 call.offset, Instead(result, results, "returns"));
    }
  });
}

void ModuleInputDiffers(SetContext& set) {
  ForEachCall(set, [&](std::size_t flow, const FlowCall& call, std::size_t target) {
    if (call.kind != CallKind::kModule || target == kNoFlow || !call.knows_inputs) return;
    const FlowFacts& module = set.flows[target];
    if (module.contract && module.contract->has_input) CheckInputs(set, flow, call, module);
  });
}

namespace {

// What the modules of a flow may leave in $.Modules.ResultData; nothing where one of them is not
// known.
std::optional<std::set<std::string>> DataOf(const SetContext& set, std::size_t flow) {
  std::set<std::string> keys;
  bool invokes = false;
  for (const FlowCall& call : set.flows[flow].calls) {
    if (call.kind != CallKind::kModule) continue;
    const std::size_t target = set.TargetOf(flow, call);
    if (target == kNoFlow) return std::nullopt;
    invokes = true;
    const FlowFacts& module = set.flows[target];
    keys.insert(module.data.begin(), module.data.end());
    if (!module.contract) continue;
    for (const ContractMember& member : module.contract->data) keys.insert(member.key);
  }
  if (!invokes) return std::nullopt;
  return keys;
}

}  // namespace

void ModuleDataUnknown(SetContext& set) {
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    if (set.flows[flow].data_reads.empty()) continue;
    const std::optional<std::set<std::string>> keys = DataOf(set, flow);
    if (!keys) continue;
    const std::vector<std::string> names(keys->begin(), keys->end());
    for (const DataRead& read : set.flows[flow].data_reads) {
      if (keys->contains(read.key)) continue;
      set.Report(flow,
                 fmt::format("action '{}' reads '$.Modules.ResultData.{}', which no module that "
                             "this flow invokes returns",
                             read.action, read.key),
                 read.offset, Instead(read.key, names, "gets"));
    }
  }
}

namespace {

struct Illegal {
  std::size_t module;
  const FactNode* node;
};

// The first action of the module, or of one that it invokes, that such a flow does not take.
std::optional<Illegal> FindIllegal(const SetContext& set, std::size_t module, FlowTypes type) {
  std::set<std::size_t> seen{module};
  std::vector<std::size_t> open{module};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const FactNode& node : set.flows[at].nodes) {
      if (node.kind == nullptr || node.is_return) continue;
      const unsigned taken = (node.kind->flow_types | node.kind->more_flow_types) &
                             static_cast<unsigned>(~node.kind->refused_flow_types);
      if ((taken & type) == 0) return Illegal{at, &node};
    }
    for (const FlowCall& call : set.flows[at].calls) {
      const std::size_t target = set.TargetOf(at, call);
      if (call.kind == CallKind::kModule && target != kNoFlow && seen.insert(target).second)
        open.push_back(target);
    }
  }
  return std::nullopt;
}

}  // namespace

// The service takes every action in a module and lets it fail where the caller's type has it not.
void ModuleActionIllegal(SetContext& set) {
  ForEachCall(set, [&](std::size_t flow, const FlowCall& call, std::size_t target) {
    const FlowTypes type = FlowTypeBit(set.flows[flow].type);
    if (call.kind != CallKind::kModule || target == kNoFlow || set.flows[flow].is_module ||
        type == 0)
      return;
    const std::optional<Illegal> illegal = FindIllegal(set, target, type);
    if (!illegal) return;
    set.Report(flow,
               fmt::format("action '{}' runs module '{}' in a flow of type {}, where its action "
                           "'{}' ({}) fails",
                           ActionOf(set.flows[flow], call), set.flows[illegal->module].name,
                           set.flows[flow].type, illegal->node->action, illegal->node->kind->name),
               call.offset, "there it takes its error branch");
  });
}

}  // namespace trunkline::flow::lint
