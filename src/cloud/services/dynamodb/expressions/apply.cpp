#include "cloud/services/dynamodb/expressions/apply.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "cloud/services/dynamodb/number.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

ServiceError WrongType() {
  return Invalid("An operand in the update expression has an incorrect data type");
}

ServiceError NotThere() {
  return Invalid("The provided expression refers to an attribute that does not exist in the item");
}

ServiceError NoSuchPath() {
  return Invalid("The document path provided in the update expression is invalid for update");
}

json::Value& MutableContent(json::Value& value) {
  return value.AsObject().begin()->value;
}

Answer<json::Value> Evaluate(const Node& node, const json::Object& item);

Answer<json::Value> Sum(const Node& node, const json::Object& item) {
  TL_TRY(const json::Value a, Evaluate(node.children[0], item));
  TL_TRY(const json::Value b, Evaluate(node.children[1], item));
  if (TypeOf(a) != "N" || TypeOf(b) != "N") return WrongType();
  TL_TRY(const Number x, Number::Parse(ContentOf(a).AsString()));
  TL_TRY(const Number y, Number::Parse(ContentOf(b).AsString()));
  TL_TRY(const Number sum, node.name == "+" ? Number::Add(x, y) : Number::Subtract(x, y));
  return MakeNumber(sum.Text());
}

Answer<json::Value> Appended(const Node& node, const json::Object& item) {
  TL_TRY(json::Value a, Evaluate(node.children[0], item));
  TL_TRY(const json::Value b, Evaluate(node.children[1], item));
  if (TypeOf(a) != "L" || TypeOf(b) != "L") return WrongType();
  json::Array& items = MutableContent(a).AsArray();
  const json::Array& more = ContentOf(b).AsArray();
  items.insert(items.end(), more.begin(), more.end());
  return a;
}

Answer<json::Value> Evaluate(const Node& node, const json::Object& item) {
  if (node.kind == Node::Kind::kValue) return *node.value;
  if (node.kind == Node::Kind::kSum) return Sum(node, item);
  if (node.kind == Node::Kind::kFunction && node.name == "list_append") return Appended(node, item);
  const bool fallback = node.kind == Node::Kind::kFunction;
  const json::Value* there = Look(item, fallback ? node.children[0].path : node.path);
  if (there) return *there;
  if (fallback) return Evaluate(node.children[1], item);
  return NotThere();
}

// The map or list that a path's last step is in; null: there is none.
json::Value* ParentOf(json::Object& item, const Path& path) {
  Path parent(path.begin(), path.end() - 1);
  // Nothing of an item is const by itself.
  return const_cast<json::Value*>(Look(std::as_const(item), parent));
}

Answer<void> SetAt(json::Object& item, const Path& path, json::Value value) {
  if (path.size() == 1) {
    item.Set(path.front().name, std::move(value));
    return {};
  }
  json::Value* parent = ParentOf(item, path);
  const Step& step = path.back();
  if (!parent || TypeOf(*parent) != (step.IsIndex() ? "L" : "M")) return NoSuchPath();
  json::Value& content = MutableContent(*parent);
  if (!step.IsIndex()) {
    content.AsObject().Set(step.name, std::move(value));
    return {};
  }
  json::Array& items = content.AsArray();
  const auto at = static_cast<std::size_t>(step.index);
  if (at < items.size()) {
    items[at] = std::move(value);
  } else {
    items.push_back(std::move(value));
  }
  return {};
}

Answer<void> RemoveAt(json::Object& item, const Path& path) {
  if (path.size() == 1) {
    item.Remove(path.front().name);
    return {};
  }
  json::Value* parent = ParentOf(item, path);
  const Step& step = path.back();
  if (!parent || TypeOf(*parent) != (step.IsIndex() ? "L" : "M")) return NoSuchPath();
  json::Value& content = MutableContent(*parent);
  if (!step.IsIndex()) {
    content.AsObject().Remove(step.name);
  } else if (static_cast<std::size_t>(step.index) < content.AsArray().size()) {
    content.AsArray().erase(content.AsArray().begin() + step.index);
  }
  return {};
}

Answer<json::Value> Added(const json::Value& to, const json::Value& value) {
  if (TypeOf(to) != TypeOf(value)) return WrongType();
  json::Value sum = to;
  if (TypeOf(value) == "N") {
    TL_TRY(const Number x, Number::Parse(ContentOf(to).AsString()));
    TL_TRY(const Number y, Number::Parse(ContentOf(value).AsString()));
    TL_TRY(const Number z, Number::Add(x, y));
    return MakeNumber(z.Text());
  }
  json::Array& items = MutableContent(sum).AsArray();
  for (const json::Value& item : ContentOf(value).AsArray())
    if (!HasElement(items, item)) items.push_back(item);
  return sum;
}

Answer<void> AddTo(json::Object& item, const Action& action) {
  const json::Value* there = Look(item, action.path);
  if (!there) return SetAt(item, action.path, *action.operand.value);
  TL_TRY(json::Value sum, Added(*there, *action.operand.value));
  return SetAt(item, action.path, std::move(sum));
}

Answer<void> DeleteFrom(json::Object& item, const Action& action) {
  const json::Value* there = Look(item, action.path);
  if (!there) return {};
  const json::Value& value = *action.operand.value;
  if (TypeOf(*there) != TypeOf(value)) return WrongType();
  json::Value rest = *there;
  json::Array& items = MutableContent(rest).AsArray();
  std::erase_if(
      items, [&](const json::Value& one) { return HasElement(ContentOf(value).AsArray(), one); });
  // An empty set is no value.
  if (items.empty()) return RemoveAt(item, action.path);
  return SetAt(item, action.path, std::move(rest));
}

// Elements of lists from the last on, so that indexes are those of the list as it was.
bool LaterFirst(const Action* a, const Action* b) {
  const std::size_t common = std::min(a->path.size(), b->path.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (a->path[i].index != b->path[i].index) return a->path[i].index > b->path[i].index;
    if (a->path[i].name != b->path[i].name) return a->path[i].name < b->path[i].name;
  }
  return a->path.size() > b->path.size();
}

std::vector<const Action*> ActionsOf(const Update& update, Action::Kind kind) {
  std::vector<const Action*> actions;
  for (const Action& action : update)
    if (action.kind == kind) actions.push_back(&action);
  return actions;
}

// Elements behind a list's end are appended in the order of their indexes.
bool EarlierFirst(const Action* a, const Action* b) {
  return a->path.back().index < b->path.back().index;
}

Answer<void> ApplySets(const Update& update, json::Object& item) {
  auto sets = ActionsOf(update, Action::Kind::kSet);
  std::vector<std::pair<const Action*, json::Value>> values;
  std::stable_sort(sets.begin(), sets.end(), EarlierFirst);
  for (const Action* action : sets) {
    TL_TRY(json::Value value, Evaluate(action->operand, item));
    values.emplace_back(action, std::move(value));
  }
  for (auto& [action, value] : values) TL_DO(SetAt(item, action->path, std::move(value)));
  return {};
}

}  // namespace

Answer<void> Apply(const Update& update, json::Object& item) {
  TL_DO(ApplySets(update, item));
  for (const Action* action : ActionsOf(update, Action::Kind::kAdd)) TL_DO(AddTo(item, *action));
  for (const Action* action : ActionsOf(update, Action::Kind::kDelete))
    TL_DO(DeleteFrom(item, *action));
  auto removals = ActionsOf(update, Action::Kind::kRemove);
  std::sort(removals.begin(), removals.end(), LaterFirst);
  for (const Action* action : removals) TL_DO(RemoveAt(item, action->path));
  return {};
}

}  // namespace trunkline::cloud::dynamodb
