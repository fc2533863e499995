// Table: all records of one kind in one scope, in memory: by id, and in the order of listings.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "cloud/store.h"

namespace trunkline::cloud {

class Table {
 public:
  // A place in the order (parent, name, id).
  struct Place {
    std::string_view parent;
    std::string_view name;
    std::string_view id;
  };

  const Record* Find(std::string_view id) const;
  const Record* FindByName(std::string_view parent, std::string_view name) const;

  // Inserts or replaces; the answer is what stood there, or null. A replaced record keeps its
  // address.
  std::unique_ptr<Record> Put(Record record);
  // Takes the record out; null when there is none.
  std::unique_ptr<Record> Take(std::string_view id);
  // Undoes Put or Take: puts `before` back, or removes the record when it is null.
  void Restore(std::string_view id, std::unique_ptr<Record> before);

  // Records behind `after` (excluded) of one parent in (name, id) order, until `visit` answers
  // false.
  template <class Visit>
  void VisitParent(const Place& from, bool including, const Visit& visit) const {
    auto at = including ? order_.lower_bound(from) : order_.upper_bound(from);
    for (; at != order_.end() && (*at)->parent == from.parent; ++at) {
      if (!visit(**at)) return;
    }
  }
  // Everything, in (name, id) order.
  std::vector<const Record*> All() const;
  // Whether some record has a parent: then "all of the kind" is not one run of the order.
  bool has_parents() const { return with_parent_ > 0; }
  std::size_t size() const { return by_id_.size(); }

 private:
  struct InOrder {
    using is_transparent = void;
    static auto Key(const Record* record) {
      return std::tuple<std::string_view, std::string_view, std::string_view>(
          record->parent, record->name, record->id);
    }
    static auto Key(const Place& place) { return std::tie(place.parent, place.name, place.id); }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return Key(a) < Key(b);
    }
  };
  void Insert(std::unique_ptr<Record> record);

  std::unordered_map<std::string_view, std::unique_ptr<Record>>
      by_id_;  // keys are the records' own ids
  std::set<const Record*, InOrder> order_;
  std::size_t with_parent_ = 0;
};

}  // namespace trunkline::cloud
