#include "sim/testing/check_outcomes.h"

#include "base/text.h"
#include "sim/testing/match.h"
#include "sim/testing/reader.h"

namespace trunkline::sim {
namespace {

template <class Use>
void ForEachFlow(const World& world, const Use& use) {
  for (const FlowResource& flow : world.flows) use(flow);
  for (const ModuleResource& module : world.modules) use(module.latest);
}

// The flows an outcome may be wanted in.
std::vector<const FlowResource*> FlowsOf(const World& world, const std::string& wanted) {
  const std::string name = WithoutSymbol(wanted);
  std::vector<const FlowResource*> flows;
  ForEachFlow(world, [&](const FlowResource& flow) {
    const bool named = name.empty() || name == flow.name || name == flow.id || name == flow.arn;
    if (named && flow.document != nullptr) flows.push_back(&flow);
  });
  return flows;
}

std::string Hint(const std::string& name, const std::vector<std::string>& names) {
  const auto nearest = Nearest(name, names);
  return nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string();
}

Finding At(const WantedOutcome& wanted, std::string_view code, std::string message,
           std::string hint = {}) {
  return {.code = std::string(code),
          .message = std::move(message),
          .hint = std::move(hint),
          .place = wanted.place};
}

Finding NoSuchFlow(const WantedOutcome& wanted, const World& world) {
  std::vector<std::string> names;
  ForEachFlow(world, [&](const FlowResource& flow) { names.push_back(flow.name); });
  const std::string name = WithoutSymbol(wanted.flow);
  return At(wanted, kWrongName, fmt::format("there is no flow or module '{}'", name),
            Hint(name, names));
}

Finding NoSuchAction(const WantedOutcome& wanted, const std::vector<const FlowResource*>& flows) {
  std::vector<std::string> names;
  for (const FlowResource* flow : flows) {
    for (const flow::Action& action : flow->document->actions) names.push_back(action.id);
  }
  return At(wanted, kWrongName,
            wanted.flow.empty()
                ? fmt::format("no flow has an action '{}'", wanted.action)
                : fmt::format("flow '{}' has no action '{}'", flows.front()->name, wanted.action),
            Hint(wanted.action, names));
}

// Of an action that its identifier names: the last one is told when none of them can do it.
std::optional<Finding> Check(const WantedOutcome& wanted, const World& world) {
  const auto flows = FlowsOf(world, wanted.flow);
  if (flows.empty()) return NoSuchFlow(wanted, world);
  if (wanted.action.empty()) return std::nullopt;
  std::optional<Finding> found = NoSuchAction(wanted, flows);
  for (const FlowResource* flow : flows) {
    const flow::Action* action = flow->document->FindAction(wanted.action);
    if (action == nullptr) continue;
    const flow::ActionKind* kind = flow::FindActionKind(action->type);
    if (kind == nullptr) return std::nullopt;  // nobody knows what it can do
    if (!wanted.type.empty() && wanted.type != action->type) {
      found = At(wanted, kWrongName,
                 fmt::format("action '{}' of flow '{}' is of type {}, not {}", action->id,
                             flow->name, action->type, wanted.type));
      continue;
    }
    const auto fault = FaultOf(*kind, wanted.outcome, &action->parameters);
    if (!fault) return std::nullopt;
    found = At(wanted, kUnknownWord,
               fmt::format("action '{}' of flow '{}': {}", action->id, flow->name, fault->message));
  }
  return found;
}

}  // namespace

Findings CheckOutcomes(const TestCase& test, const World& world) {
  Findings findings;
  for (const WantedOutcome& wanted : test.rehearsal.outcomes) {
    if (auto finding = Check(wanted, world)) findings.push_back(std::move(*finding));
  }
  return findings;
}

}  // namespace trunkline::sim
