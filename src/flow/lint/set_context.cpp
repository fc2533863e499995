#include "flow/lint/set_context.h"

#include "flow/lint/context.h"

namespace trunkline::flow {

SetContext::SetContext(std::span<const FlowFacts> the_flows)
    : flows(the_flows), targets_(the_flows.size()) {
  Names_ names;
  Names_ ids;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    names.emplace(std::pair(flows[i].is_module, std::string_view(flows[i].name)), i);
    if (!flows[i].id.empty())
      ids.emplace(std::pair(flows[i].is_module, std::string_view(flows[i].id)), i);
  }
  for (std::size_t i = 0; i < flows.size(); ++i) {
    for (const FlowCall& call : flows[i].calls) {
      targets_[i].push_back(Resolve(call, names, ids));
      knows_all_ = knows_all_ && targets_[i].back() != kNoFlow;
    }
  }
}

std::size_t SetContext::Resolve(const FlowCall& call, const Names_& names,
                                const Names_& ids) const {
  const bool module = call.kind == CallKind::kModule;
  const bool by_name = !call.name.empty();
  const Names_& known = by_name ? names : ids;
  const auto found = known.find({module, by_name ? call.name : call.id});
  return found == known.end() ? kNoFlow : found->second;
}

std::vector<std::string> SetContext::Names(bool modules) const {
  std::vector<std::string> names;
  for (const FlowFacts& flow : flows) {
    if (flow.is_module == modules) names.push_back(flow.name);
  }
  return names;
}

void SetContext::Start(const LintRule& rule, LintLevel level) {
  rule_ = &rule;
  level_ = level;
}

void SetContext::Add(Severity severity, std::size_t flow, std::string message, std::uint32_t offset,
                     std::string hint) {
  findings_.push_back({.flow = flow,
                       .offset = offset,
                       .severity = severity,
                       .code = std::string(rule_->code),
                       .message = std::move(message),
                       .hint = std::move(hint)});
}

void SetContext::Report(std::size_t flow, std::string message, std::uint32_t offset,
                        std::string hint) {
  Add(SeverityOf(level_), flow, std::move(message), offset, std::move(hint));
}

void SetContext::ReportNote(std::size_t flow, std::string message, std::uint32_t offset,
                            std::string hint) {
  Add(Severity::kNote, flow, std::move(message), offset, std::move(hint));
}

}  // namespace trunkline::flow
