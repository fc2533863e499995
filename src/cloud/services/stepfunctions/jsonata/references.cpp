#include "cloud/services/stepfunctions/jsonata/references.h"

#include <algorithm>

#include "cloud/services/stepfunctions/jsonata/node.h"

namespace trunkline::cloud::jsonata {
namespace {

void AddOnce(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

class Walker {
 public:
  // `bare`: the context is still the document.
  void Visit(const Node& node, bool bare) {
    VisitName(node, bare);
    if (node.type == NodeType::kPath) {
      VisitPath(node, bare);
    } else if (node.type == NodeType::kTransform) {
      VisitParts(node, false);
    } else {
      VisitParts(node, bare);
    }
    VisitSelected(node);
  }

  References Take() { return std::move(found_); }

 private:
  void VisitName(const Node& node, bool bare) {
    const bool variable = node.type == NodeType::kVariable;
    if (variable && !node.text.empty()) AddOnce(found_.variables, node.text);
    if (node.type == NodeType::kBind) AddBound(node.text);
    AddBound(node.focus);
    AddBound(node.index);
    for (const Stage& stage : node.stages) AddBound(stage.index_name);
    if (!bare) return;
    if (variable && node.text.empty()) AddOnce(found_.top_level, "$");
    const bool named = node.type == NodeType::kName || node.type == NodeType::kWildcard ||
                       node.type == NodeType::kDescendants;
    if (named) AddOnce(found_.top_level, node.text);
  }

  void AddBound(const std::string& name) {
    if (!name.empty()) AddOnce(found_.bound, name);
  }

  // Only the first step sees the context of the path.
  void VisitPath(const Node& path, bool bare) {
    const Node& first = *path.items.front();
    const bool states = first.type == NodeType::kVariable && first.text == "states";
    if (states && path.items.size() > 1 && path.items[1]->type == NodeType::kName) {
      AddOnce(found_.states, path.items[1]->text);
    }
    for (std::size_t i = 0; i < path.items.size(); ++i) Visit(*path.items[i], bare && i == 0);
  }

  // The parameters of a lambda are no references.
  void VisitParts(const Node& node, bool bare) {
    for (const NodePtr* part : {&node.lhs, &node.rhs, &node.third}) {
      if (*part) Visit(**part, bare);
    }
    for (const NodePtr& item : node.items) {
      if (node.type == NodeType::kLambda) {
        AddBound(item->text);
      } else {
        Visit(*item, bare);
      }
    }
    VisitPairs(node.pairs, bare);
  }

  void VisitPairs(const Pairs& pairs, bool bare) {
    for (const auto& [key, value] : pairs) {
      Visit(*key, bare);
      Visit(*value, bare);
    }
  }

  // What is evaluated with the selected things as context.
  void VisitSelected(const Node& node) {
    for (const NodePtr& predicate : node.predicates) Visit(*predicate, false);
    for (const Stage& stage : node.stages) {
      if (stage.filter) Visit(*stage.filter, false);
    }
    for (const SortTerm& term : node.terms) Visit(*term.expression, false);
    if (node.group) VisitPairs(node.group->pairs, false);
  }

  References found_;
};

}  // namespace

References ReferencesOf(const Expression& expression) {
  Walker walker;
  walker.Visit(expression.root(), true);
  return walker.Take();
}

}  // namespace trunkline::cloud::jsonata
