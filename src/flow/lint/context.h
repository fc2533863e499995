// What lint rules look at: the document, its graph, its texts, computed once for all rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/catalogue.h"
#include "flow/external_state.h"
#include "flow/graph.h"
#include "flow/lint.h"
#include "flow/reference.h"
#include "flow/slots.h"

namespace trunkline::flow {

// A text of a reachable action's parameters or condition operands.
struct LintText {
  const Action* action;
  const ActionKind* kind;     // nullptr when unknown
  const Parameter* position;  // when the catalogue says that a resource is named here
  std::string path;           // "Parameters.Text"
  std::string_view text;      // of the document
  std::uint32_t offset;
  std::vector<Piece> pieces;  // empty when the text has no reference
};

Severity SeverityOf(LintLevel level);  // of a level that is not off

class LintContext {
 public:
  LintContext(const Document& document, const LintOptions& options);

  const Document& document;
  const LintOptions& options;
  const Graph graph;
  const std::vector<bool> reachable;   // by index in document.actions
  const std::vector<Fillers> fillers;  // of $.External
  const std::vector<const Action*> reachable_actions;
  const std::vector<LintText> texts;

  // Actions that a path from the start reaches.
  const std::vector<const Action*>& Actions() const { return reachable_actions; }
  std::size_t IndexOf(const Action& action) const {
    return static_cast<std::size_t>(&action - document.actions.data());
  }

  // Called by the runner: what the next reports are about.
  void Start(const LintRule& rule, LintLevel level);
  void Report(std::string message, std::uint32_t offset, std::string hint = {});
  // For a rule whose certainty differs by case: never above its level.
  void ReportNote(std::string message, std::uint32_t offset, std::string hint = {});
  Findings Take() { return std::move(findings_); }

 private:
  std::vector<const Action*> FindActions() const;
  std::vector<LintText> FindTexts() const;
  void Add(Severity severity, std::string message, std::uint32_t offset, std::string hint);

  const LintRule* rule_ = nullptr;
  LintLevel level_ = LintLevel::kOff;
  Findings findings_;
};

}  // namespace trunkline::flow
