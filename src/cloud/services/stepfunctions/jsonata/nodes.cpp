#include "cloud/services/stepfunctions/jsonata/nodes.h"

#include <algorithm>

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::size_t kLinear = 16;  // members searched one by one
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

}  // namespace

ArrayNode::ArrayNode(std::vector<Value> values) : items(std::move(values)) {
  for (const Value& item : items) depth = std::max(depth, item.Depth() + 1);
}

std::size_t ObjectNode::IndexOf(std::string_view key) const {
  if (!index_.empty()) {
    const auto found = index_.find(std::string(key));
    return found == index_.end() ? kNowhere : found->second;
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].first == key) return i;
  }
  return kNowhere;
}

Value* ObjectNode::Find(std::string_view key) {
  const std::size_t at = IndexOf(key);
  return at == kNowhere ? nullptr : &members[at].second;
}

void ObjectNode::Set(std::string_view key, Value value) {
  depth = std::max(depth, value.Depth() + 1);
  if (Value* found = Find(key)) {
    *found = std::move(value);
    return;
  }
  members.emplace_back(std::string(key), std::move(value));
  if (!index_.empty()) {
    index_.emplace(std::string(key), members.size() - 1);
  } else if (members.size() > kLinear) {
    for (std::size_t i = 0; i < members.size(); ++i) index_.emplace(members[i].first, i);
  }
}

void ObjectNode::Remove(std::string_view key) {
  const std::size_t at = IndexOf(key);
  if (at == kNowhere) return;
  members.erase(members.begin() + static_cast<std::ptrdiff_t>(at));
  index_.clear();
  if (members.size() <= kLinear) return;
  for (std::size_t i = 0; i < members.size(); ++i) index_.emplace(members[i].first, i);
}

}  // namespace trunkline::cloud::jsonata
