#include "cloud/services/stepfunctions/jsonata/ancestry.h"

namespace trunkline::cloud::jsonata {
namespace {

void TakeAncestor(Node& node, const std::shared_ptr<Slot>& slot) {
  if (--slot->level > 0) return;
  if (node.ancestor) slot->label = node.ancestor->label;
  node.ancestor = slot;
  node.tuple = true;
}

Outcome<void> SeekInPath(Node& path, const std::shared_ptr<Slot>& slot) {
  path.tuple = true;
  std::size_t index = path.items.size() - 1;
  TL_DO(SeekParent(*path.items[index], slot));
  while (slot->level > 0 && index > 0) TL_DO(SeekParent(*path.items[--index], slot));
  return {};
}

// Steps that bind a variable to the same context in a row are one level.
Outcome<void> WalkBack(Node& path, const std::shared_ptr<Slot>& slot) {
  std::size_t left = path.items.size() - 1;  // steps before the last
  while (slot->level > 0) {
    if (left == 0) {
      path.seeking.push_back(slot);
      return {};
    }
    Node* step = path.items[--left].get();
    while (left > 0 && !step->focus.empty() && !path.items[left - 1]->focus.empty()) {
      step = path.items[--left].get();
    }
    TL_DO(SeekParent(*step, slot));
  }
  return {};
}

}  // namespace

void PassOnSeeking(Node& whole, const Node& part) {
  whole.seeking.insert(whole.seeking.end(), part.seeking.begin(), part.seeking.end());
  if (part.type == NodeType::kParent) whole.seeking.push_back(part.slot);
}

Outcome<void> ResolveAncestry(Node& path) {
  const Node& last = *path.items.back();
  std::vector<std::shared_ptr<Slot>> slots = last.seeking;
  if (last.type == NodeType::kParent) slots.push_back(last.slot);
  for (const std::shared_ptr<Slot>& slot : slots) TL_DO(WalkBack(path, slot));
  return {};
}

Outcome<void> SeekParent(Node& node, const std::shared_ptr<Slot>& slot) {
  switch (node.type) {
    case NodeType::kName:
    case NodeType::kWildcard:
      TakeAncestor(node, slot);
      return {};
    case NodeType::kParent:
      ++slot->level;
      return {};
    case NodeType::kBlock:
      if (node.items.empty()) return {};
      node.tuple = true;
      return SeekParent(*node.items.back(), slot);
    case NodeType::kPath:
      return SeekInPath(node, slot);
    default:
      return Failure("S0217").At(node.position);
  }
}

}  // namespace trunkline::cloud::jsonata
