#include "flow/lint/context.h"

namespace trunkline::flow {

Severity SeverityOf(LintLevel level) {
  return level == LintLevel::kError     ? Severity::kError
         : level == LintLevel::kWarning ? Severity::kWarning
                                        : Severity::kNote;
}

LintContext::LintContext(const Document& the_document, const LintOptions& the_options)
    : document(the_document),
      options(the_options),
      graph(the_document),
      reachable(graph.Reachable()),
      fillers(FindFillers(the_document, graph, "")),
      reachable_actions(FindActions()),
      texts(FindTexts()) {}

std::vector<LintText> LintContext::FindTexts() const {
  std::vector<LintText> found;
  std::vector<const Action*> by_entry(document.content.AsObject().GetArray("Actions").size(),
                                      nullptr);
  for (const Action* action : reachable_actions) by_entry[action->index] = action;
  for (Slot<const json::Value>& slot : FindActionSlots(document.content)) {
    if (by_entry[slot.action_index] == nullptr) continue;
    const std::string& text = slot.value->AsString();
    found.push_back({.action = by_entry[slot.action_index],
                     .kind = slot.kind,
                     .position = slot.position,
                     .path = std::move(slot.path),
                     .text = text,
                     .offset = slot.value->offset(),
                     .pieces = HasReference(text) ? Scan(text) : std::vector<Piece>()});
  }
  return found;
}

std::vector<const Action*> LintContext::FindActions() const {
  std::vector<const Action*> actions;
  for (std::size_t i = 0; i < document.actions.size(); ++i) {
    if (reachable[i]) actions.push_back(&document.actions[i]);
  }
  return actions;
}

void LintContext::Start(const LintRule& rule, LintLevel level) {
  rule_ = &rule;
  level_ = level;
}

void LintContext::Add(Severity severity, std::string message, std::uint32_t offset,
                      std::string hint) {
  findings_.push_back(
      FindingAt(document, severity, rule_->code, std::move(message), std::move(hint), offset));
}

void LintContext::Report(std::string message, std::uint32_t offset, std::string hint) {
  Add(SeverityOf(level_), std::move(message), offset, std::move(hint));
}

void LintContext::ReportNote(std::string message, std::uint32_t offset, std::string hint) {
  Add(Severity::kNote, std::move(message), offset, std::move(hint));
}

}  // namespace trunkline::flow
