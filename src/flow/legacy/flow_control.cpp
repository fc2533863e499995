// Modules that only decide where a flow goes on.
#include <fmt/format.h>

#include "base/text.h"
#include "flow/legacy/builder.h"
#include "flow/legacy/rules.h"

namespace trunkline::flow {
namespace {

using enum LegacyBranchTo;

constexpr LegacyBranchRule kCompared[] = {
    {.condition = "Evaluate", .to = kEvaluate},
    {.condition = "NoMatch", .to = kError, .name = "NoMatchingCondition"},
};
void ConvertCompare(LegacyBuilder& action) {
  const LegacyParameter* attribute = action.Take("Attribute");
  const LegacyParameter* space = action.Take("Namespace");
  if (attribute == nullptr || space == nullptr) {
    action.Say(Severity::kError, "TL-F506",
               fmt::format("{}: expected 'Attribute' and 'Namespace', which say what is compared",
                           action.Name()),
               "add them to the export", action.module().offset);
    return;
  }
  action.Set("ComparisonValue",
             action.ReferenceTo(space->value, attribute->value, attribute->offset));
}

constexpr LegacyParameterRule kLoop[] = {{.from = "LoopCount", .to = "LoopCount"}};
constexpr LegacyBranchRule kLooped[] = {
    {.condition = "Looping", .to = kCondition, .name = "ContinueLooping"},
    {.condition = "Complete", .to = kCondition, .name = "DoneLooping"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};

constexpr LegacyParameterRule kToFlow[] = {
    {.from = "ContactFlowId", .to = "ContactFlowId", .resource = ResourceKind::kFlow}};
// The oldest form names the flow in its layout only.
void ConvertToFlow(LegacyBuilder& action) {
  if (const LegacyParameter* flow = action.Take("ContactFlowId")) {
    action.SetResource("ContactFlowId", ResourceKind::kFlow, *flow);
  } else {
    action.SetResourceOfLayout("ContactFlowId", ResourceKind::kFlow, "ContactFlow");
  }
}

constexpr LegacyParameterRule kWait[] = {{.from = "TimeoutSeconds", .to = "TimeLimitSeconds"}};
constexpr LegacyBranchRule kWaited[] = {
    {.condition = "CustomerReturn", .to = kCondition, .name = "CustomerReturned"},
    {.condition = "Timeout", .to = kCondition, .name = "WaitCompleted"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};
void ConvertWait(LegacyBuilder& action) {
  const LegacyParameter* returns = action.Take("InterruptOnCustomerReturn");
  if (returns != nullptr && EqualsIgnoreCase(returns->value, "true"))
    action.Set("Events", json::Array{"CustomerReturned"});
}

constexpr LegacyModuleRule kModules[] = {
    {.type = "CheckAttribute",
     .action = "Compare",
     .branches = kCompared,
     .mirrors = "NoMatch",
     .convert = ConvertCompare},
    {.type = "Loop",
     .action = "Loop",
     .parameters = kLoop,
     .branches = kLooped,
     .mirrors = "Complete"},
    {.type = "Resume", .action = "EndFlowExecution"},
    {.type = "Transfer",
     .target = "Flow",
     .action = "TransferToFlow",
     .parameters = kToFlow,
     .branches = kLegacySuccessOrError},
    {.type = "TransferToFlow",
     .action = "TransferToFlow",
     .branches = kLegacySuccessOrError,
     .convert = ConvertToFlow},
    {.type = "Wait",
     .action = "Wait",
     .parameters = kWait,
     .branches = kWaited,
     .convert = ConvertWait},
};

}  // namespace

constinit const std::span<const LegacyModuleRule> kLegacyFlowModules = kModules;

}  // namespace trunkline::flow
