#include "cloud/services/stepfunctions/jsonata/resolve.h"

#include <algorithm>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/ancestry.h"
#include "cloud/services/stepfunctions/jsonata/leaf.h"

namespace trunkline::cloud::jsonata {
namespace {

NodePtr PathOf(NodePtr step) {
  auto path = std::make_unique<Node>();
  path->type = NodeType::kPath;
  path->position = step->position;
  path->items.push_back(std::move(step));
  return path;
}

// Outside of a path a filter is a predicate, on a step it is a stage.
void MakeStages(Node& step) {
  for (NodePtr& predicate : step.predicates) {
    step.stages.push_back({.filter = std::move(predicate), .index_name = {}});
  }
  step.predicates.clear();
}

// A call that is the last thing a function does is given back to the loop that applies functions:
// recursion in tail position does not nest.
NodePtr MakeTailCalls(NodePtr node) {
  if (node->type == NodeType::kFunction && node->predicates.empty()) {
    auto thunk = std::make_unique<Node>();
    thunk->type = NodeType::kLambda;
    thunk->thunk = true;
    thunk->position = node->position;
    thunk->rhs = std::move(node);
    return thunk;
  }
  if (node->type == NodeType::kCondition) {
    node->rhs = MakeTailCalls(std::move(node->rhs));
    if (node->third) node->third = MakeTailCalls(std::move(node->third));
  } else if (node->type == NodeType::kBlock && !node->items.empty()) {
    node->items.back() = MakeTailCalls(std::move(node->items.back()));
  }
  return node;
}

class Resolver {
 public:
  Outcome<NodePtr> Visit(NodePtr node) {
    const bool keep_array = node->keep_array;
    TL_TRY(NodePtr result, VisitByType(std::move(node)));
    if (keep_array) result->keep_array = true;
    return result;
  }

 private:
  Outcome<NodePtr> VisitByType(NodePtr node) {
    switch (node->type) {
      case NodeType::kMap:
        return VisitMap(*node);
      case NodeType::kFilterBy:
        return VisitFilter(*node);
      case NodeType::kGroupBy:
        return VisitGroup(*node);
      case NodeType::kOrderBy:
        return VisitOrder(*node);
      case NodeType::kFocus:
        return VisitFocus(*node);
      case NodeType::kIndexBy:
        return VisitIndex(*node);
      case NodeType::kName:
        return VisitName(std::move(node));
      case NodeType::kParent:
        return VisitParent(std::move(node));
      case NodeType::kNegate:
        return VisitNegate(std::move(node));
      case NodeType::kLambda:
        return VisitLambda(std::move(node));
      case NodeType::kEnd:
        return Failure("S0207").At(node->position);
      default:
        return VisitChildren(std::move(node));
    }
  }

  Outcome<void> VisitInPlace(Node& whole, NodePtr& child, bool seeks) {
    if (!child) return {};
    TL_TRY(child, Visit(std::move(child)));
    if (seeks) PassOnSeeking(whole, *child);
    return {};
  }

  // A call's function and a transformation's parts do not seek, nor does "~>".
  Outcome<NodePtr> VisitChildren(NodePtr node) {
    const bool sides = node->type == NodeType::kBinary || node->type == NodeType::kBind ||
                       node->type == NodeType::kCondition;
    TL_DO(VisitInPlace(*node, node->lhs, sides));
    TL_DO(VisitInPlace(*node, node->rhs, sides));
    TL_DO(VisitInPlace(*node, node->third, sides));
    for (NodePtr& item : node->items) {
      TL_DO(VisitInPlace(*node, item, true));
      const bool cons = item->cons || (item->type == NodeType::kPath && item->items.front()->cons);
      if (node->type == NodeType::kBlock && cons) node->cons = true;
    }
    for (auto& [key, value] : node->pairs) {
      TL_DO(VisitInPlace(*node, key, true));
      TL_DO(VisitInPlace(*node, value, true));
    }
    if (node->type == NodeType::kApply) {
      node->keep_array = node->lhs->keep_array || node->rhs->keep_array;
    }
    return node;
  }

  Outcome<NodePtr> VisitMap(Node& map) {
    TL_TRY(NodePtr left, Visit(std::move(map.lhs)));
    const std::shared_ptr<Slot> slot = left->type == NodeType::kParent ? left->slot : nullptr;
    NodePtr path = left->type == NodeType::kPath ? std::move(left) : PathOf(std::move(left));
    if (slot) path->seeking = {slot};
    TL_TRY(NodePtr rest, Visit(std::move(map.rhs)));
    if (rest->type == NodeType::kPath) {
      for (NodePtr& step : rest->items) path->items.push_back(std::move(step));
    } else {
      MakeStages(*rest);
      path->items.push_back(std::move(rest));
    }
    for (NodePtr& step : path->items) TL_DO(CheckStep(*step));
    for (NodePtr* end : {&path->items.front(), &path->items.back()}) {
      if ((*end)->type == NodeType::kArray) (*end)->cons = true;
    }
    if (std::ranges::any_of(path->items, [](const NodePtr& step) { return step->keep_array; })) {
      path->keep_singleton = true;
    }
    TL_DO(ResolveAncestry(*path));
    return path;
  }

  static Outcome<void> CheckStep(Node& step) {
    if (step.type == NodeType::kNumber || step.type == NodeType::kLiteral) {
      return Failure("S0213").At(step.position).With("value", ShowToken(step));
    }
    if (step.type == NodeType::kString) step.type = NodeType::kName;
    return {};
  }

  Outcome<NodePtr> VisitFilter(Node& filter) {
    TL_TRY(NodePtr result, Visit(std::move(filter.lhs)));
    const bool in_path = result->type == NodeType::kPath;
    Node& step = in_path ? *result->items.back() : *result;
    if (step.group) return Failure("S0209").At(filter.position);
    TL_TRY(NodePtr predicate, Visit(std::move(filter.rhs)));
    if (!predicate->seeking.empty()) {
      for (const std::shared_ptr<Slot>& slot : predicate->seeking) {
        if (slot->level != 1) {
          --slot->level;
          continue;
        }
        TL_DO(SeekParent(step, slot));
      }
      PassOnSeeking(step, *predicate);
    }
    if (in_path) {
      step.stages.push_back({.filter = std::move(predicate), .index_name = {}});
    } else {
      step.predicates.push_back(std::move(predicate));
    }
    return result;
  }

  Outcome<NodePtr> VisitGroup(Node& group) {
    TL_TRY(NodePtr result, Visit(std::move(group.lhs)));
    if (result->group) return Failure("S0210").At(group.position);
    for (auto& [key, value] : group.pairs) {
      TL_TRY(key, Visit(std::move(key)));
      TL_TRY(value, Visit(std::move(value)));
    }
    result->group = Group{.pairs = std::move(group.pairs), .position = group.position};
    return result;
  }

  Outcome<NodePtr> VisitOrder(Node& order) {
    TL_TRY(NodePtr result, Visit(std::move(order.lhs)));
    if (result->type != NodeType::kPath) result = PathOf(std::move(result));
    auto sort = std::make_unique<Node>();
    sort->type = NodeType::kSort;
    sort->position = order.position;
    for (SortTerm& term : order.terms) {
      TL_TRY(term.expression, Visit(std::move(term.expression)));
      PassOnSeeking(*sort, *term.expression);
      sort->terms.push_back(std::move(term));
    }
    result->items.push_back(std::move(sort));
    TL_DO(ResolveAncestry(*result));
    return result;
  }

  Outcome<NodePtr> VisitFocus(Node& focus) {
    TL_TRY(NodePtr result, Visit(std::move(focus.lhs)));
    Node& step = result->type == NodeType::kPath ? *result->items.back() : *result;
    if (!step.stages.empty() || !step.predicates.empty()) {
      return Failure("S0215").At(focus.position);
    }
    if (step.type == NodeType::kSort) return Failure("S0216").At(focus.position);
    if (focus.keep_array) step.keep_array = true;
    step.focus = focus.text;
    step.tuple = true;
    return result;
  }

  Outcome<NodePtr> VisitIndex(Node& index) {
    TL_TRY(NodePtr result, Visit(std::move(index.lhs)));
    if (result->type != NodeType::kPath) {
      MakeStages(*result);
      result = PathOf(std::move(result));
    }
    Node& step = *result->items.back();
    if (step.stages.empty()) {
      step.index = index.text;
    } else {
      step.stages.push_back({.filter = nullptr, .index_name = index.text});
    }
    step.tuple = true;
    return result;
  }

  static Outcome<NodePtr> VisitName(NodePtr name) {
    const bool keep = name->keep_array;
    NodePtr path = PathOf(std::move(name));
    path->keep_singleton = keep;
    return path;
  }

  Outcome<NodePtr> VisitParent(NodePtr parent) {
    parent->slot = std::make_shared<Slot>();
    parent->slot->label = "!" + std::to_string(slots_++);
    return parent;
  }

  Outcome<NodePtr> VisitNegate(NodePtr negate) {
    TL_TRY(negate->rhs, Visit(std::move(negate->rhs)));
    if (negate->rhs->type == NodeType::kNumber) {
      negate->rhs->number = -negate->rhs->number;
      return std::move(negate->rhs);
    }
    PassOnSeeking(*negate, *negate->rhs);
    return negate;
  }

  Outcome<NodePtr> VisitLambda(NodePtr lambda) {
    TL_TRY(NodePtr body, Visit(std::move(lambda->rhs)));
    lambda->rhs = MakeTailCalls(std::move(body));
    return lambda;
  }

  std::size_t slots_ = 0;
};

}  // namespace

Outcome<NodePtr> Resolve(NodePtr parsed) {
  TL_TRY(NodePtr root, Resolver().Visit(std::move(parsed)));
  if (root->type == NodeType::kParent || !root->seeking.empty()) {
    return Failure("S0217").At(root->position);
  }
  return root;
}

}  // namespace trunkline::cloud::jsonata
