#include "flow/validate.h"

#include <fmt/format.h>

#include "flow/catalogue.h"
#include "flow/validate/report.h"

namespace trunkline::flow {
namespace {

void ReportUnknownType(const Action& action, Report& report) {
  if (action.type.empty()) return;  // Parse has said so
  const std::string suggestion = SuggestActionType(action.type);
  report.Error({.code = "TL-F105",
                .message = fmt::format("action '{}' has the type '{}', which does not exist",
                                       action.id, action.type),
                .hint = suggestion.empty() ? std::string() : fmt::format("use {}", suggestion),
                .problem = fmt::format("Invalid Action type. Type: {}", action.type),
                .offset = action.offset});
}

// Modules may hold every action: what is not allowed in the caller's flow type takes its error
// branch at run time.
void CheckFlowType(const Action& action, const ActionKind& kind, FlowTypes type, Report& report) {
  if (type == 0 || (type == kModuleType && (kind.refused_flow_types & kModuleType) == 0)) return;
  const auto entry = [&](std::string_view what) {
    return Report::Entry{.code = "TL-F120",
                         .message = fmt::format("action '{}' ({}) {} a flow of type {}", action.id,
                                                kind.name, what, FlowTypeNames(type)),
                         .hint = fmt::format("it belongs into {}", FlowTypeNames(kind.flow_types)),
                         .problem = {},
                         .offset = action.offset};
  };
  const bool documented = (kind.flow_types & type) != 0;
  const bool elsewhere = (kind.more_flow_types & type) != 0;
  if ((kind.refused_flow_types & type) != 0) {
    report.Error(entry("is refused in"));
  } else if (!documented && (!elsewhere || report.strict())) {
    report.StrictError(entry("is not documented for"));
  }
}

}  // namespace

Validation Validate(const Document& document, ValidateMode mode) {
  Report report(document, mode);
  if (!document.content.IsObject()) return report.Take();
  ValidateEnvelope(report);
  const FlowTypes type = FlowTypeBit(document.type);
  for (const Action& action : document.actions) {
    const ActionKind* kind = FindActionKind(action.type);
    if (kind == nullptr) {
      ReportUnknownType(action, report);
      continue;
    }
    CheckFlowType(action, *kind, type, report);
    ValidateParameters(action, *kind, report);
    ValidateTransitions(action, *kind, report);
  }
  return report.Take();
}

}  // namespace trunkline::flow
