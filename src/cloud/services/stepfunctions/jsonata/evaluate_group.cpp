// {key: value} behind a path or alone: items are grouped by their keys, then each group has its
// value.
#include <unordered_map>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"

namespace trunkline::cloud::jsonata {
namespace {

// One item as it is, several as an array of theirs.
Outcome<Value> Together(const std::vector<Value>& items) {
  if (items.size() == 1) return items.front();
  std::vector<Value> all;
  for (const Value& item : items) {
    if (!item.IsUndefined()) AppendFlat(all, item);
    if (all.size() > kMaxItems) return MemoryExceeded();
  }
  return Value::Array(std::move(all));
}

struct Entry {
  std::string key;
  std::size_t pair = 0;
  std::vector<Value> items;  // as they were, each an item or an array

  Outcome<Value> Data() const { return Together(items); }
};

class Entries {
 public:
  // False when another pair gave this key.
  bool Add(std::string_view key, std::size_t pair, const Value& item) {
    const auto [found, is_new] = places_.try_emplace(std::string(key), entries_.size());
    if (is_new) entries_.push_back({.key = std::string(key), .pair = pair, .items = {}});
    Entry& entry = entries_[found->second];
    if (entry.pair != pair) return false;
    entry.items.push_back(item);
    return true;
  }
  const std::vector<Entry>& all() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> places_;
};

// The tuples of a group as one: each variable has the values of all of them.
Outcome<Value> Reduce(const Value& tuples) {
  if (!tuples.IsArray()) return tuples;
  std::vector<Entry> variables;
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < tuples.size(); ++i) {
    const Value tuple = tuples.Item(i);
    for (std::size_t j = 0; tuple.IsObject() && j < tuple.size(); ++j) {
      const std::string key(tuple.KeyAt(j));
      const auto [place, is_new] = places.try_emplace(key, variables.size());
      if (is_new) variables.push_back({.key = key, .pair = 0, .items = {}});
      variables[place->second].items.push_back(tuple.MemberAt(j));
    }
  }
  auto* reduced = new ObjectNode();
  Value result = Value::Object(reduced);
  for (const Entry& variable : variables) {
    TL_TRY(Value values, variable.Data());
    reduced->Set(variable.key, std::move(values));
  }
  return result;
}

// Without an item the pairs stand for themselves: {"a": 1}.
std::vector<Value> ItemsOf(const Value& input) {
  if (!input.IsArray()) return {input};
  if (input.size() == 0) return {Value()};
  std::vector<Value> items;
  for (std::size_t i = 0; i < input.size(); ++i) items.push_back(input.Item(i));
  return items;
}

Value ContextOf(const Value& item, bool tuples) {
  return tuples && item.IsObject() ? item.Find("@") : item;
}

}  // namespace

Outcome<Value> Evaluator::EvaluateGroup(const Pairs& pairs, std::uint32_t position,
                                        const Value& input, const Ref<Frame>& frame) {
  const bool tuples = input.IsTuples();
  Entries entries;
  for (const Value& item : ItemsOf(input)) {
    const Ref<Frame> inner = tuples ? FrameOfTuple(frame, item) : frame;
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      TL_TRY(const Value key, Evaluate(*pairs[pair].first, ContextOf(item, tuples), inner));
      if (key.IsUndefined()) continue;
      if (!key.IsText()) return Failure("T1003").At(position).With("value", Show(key));
      if (!entries.Add(key.AsText(), pair, item)) {
        return Failure("D1009").At(position).With("value", Show(key));
      }
    }
  }
  auto* object = new ObjectNode();
  Value result = Value::Object(object);
  for (const Entry& entry : entries.all()) {
    if (!Spend(entry.items.size())) return TimeExceeded();
    TL_TRY(Value data, entry.Data());
    if (tuples) {
      TL_TRY(data, Reduce(data));
    }
    TL_TRY(Value value, Evaluate(*pairs[entry.pair].second, ContextOf(data, tuples),
                                 tuples ? FrameOfTuple(frame, data) : frame));
    if (!value.IsUndefined()) object->Set(entry.key, std::move(value));
  }
  return result;
}

}  // namespace trunkline::cloud::jsonata
