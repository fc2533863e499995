#include "cloud/store_table.h"

#include <algorithm>
#include <utility>

namespace trunkline::cloud {

const Record* Table::Find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second.get();
}

const Record* Table::FindByName(std::string_view parent, std::string_view name) const {
  const auto found = order_.lower_bound(Place{.parent = parent, .name = name, .id = {}});
  if (found == order_.end() || (*found)->parent != parent || (*found)->name != name) return nullptr;
  return *found;
}

void Table::Insert(std::unique_ptr<Record> record) {
  if (!record->parent.empty()) ++with_parent_;
  order_.insert(record.get());
  const std::string_view id = record->id;
  by_id_.emplace(id, std::move(record));
}

std::unique_ptr<Record> Table::Put(Record record) {
  const auto found = by_id_.find(record.id);
  if (found == by_id_.end()) {
    Insert(std::make_unique<Record>(std::move(record)));
    return nullptr;
  }
  // In place, and without touching the id: pointers handed out and the map's key look at it.
  Record& old = *found->second;
  auto before = std::make_unique<Record>();
  before->id = old.id;
  before->body = std::exchange(old.body, std::move(record.body));
  if (old.parent == record.parent && old.name == record.name) {
    before->parent = old.parent;
    before->name = old.name;
    return before;
  }
  order_.erase(&old);
  with_parent_ -= old.parent.empty() ? 0 : 1;
  before->parent = std::exchange(old.parent, std::move(record.parent));
  before->name = std::exchange(old.name, std::move(record.name));
  with_parent_ += old.parent.empty() ? 0 : 1;
  order_.insert(&old);
  return before;
}

std::unique_ptr<Record> Table::Take(std::string_view id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  std::unique_ptr<Record> record = std::move(found->second);
  by_id_.erase(found);
  order_.erase(record.get());
  with_parent_ -= record->parent.empty() ? 0 : 1;
  return record;
}

void Table::Restore(std::string_view id, std::unique_ptr<Record> before) {
  if (!before) {
    Take(id);
  } else if (Find(id)) {
    Put(std::move(*before));
  } else {
    Insert(std::move(before));
  }
}

std::vector<const Record*> Table::All() const {
  std::vector<const Record*> all(order_.begin(), order_.end());
  if (has_parents()) {
    std::sort(all.begin(), all.end(), [](const Record* a, const Record* b) {
      return std::tie(a->name, a->id) < std::tie(b->name, b->id);
    });
  }
  return all;
}

}  // namespace trunkline::cloud
