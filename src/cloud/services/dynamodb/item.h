// Items: records in the order of their keys, and entries of indexes that lead to them.
//
//   item         parent = table id          name = key      body: Item, Size, Binary (only true)
//   index-entry  parent = table id/index    name = index key and key   id = parent|key   no body
//
// The store's texts are UTF-8, so an item with binary values is kept with those in base64.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

inline constexpr Kind kItem{"dynamodb", "item"};
inline constexpr Kind kIndexEntry{"dynamodb", "index-entry"};

inline constexpr std::size_t kLargestItem = 400UL << 10U;  // documented

// A stored item to look at, without a copy where it has no binary values.
class ItemView {
 public:
  explicit ItemView(const Record& record);
  ItemView(const ItemView&) = delete;
  ItemView& operator=(const ItemView&) = delete;
  const json::Object& get() const { return decoded_.empty() ? *stored_ : decoded_; }

 private:
  const json::Object* stored_;
  json::Object decoded_;
};

std::size_t StoredSize(const Record& record);

// Null: there is none. `key` as of KeyOfItem and KeyOfKey.
const Record* FindItem(Context& context, const Table& table, std::string_view key);

// Who changed an item: streams tell what the time to live has removed.
enum class ChangedBy { kCaller, kTimeToLive };

// Writes `after` over what is there, or removes it where `after` is null, and keeps indexes, the
// time to live and the stream up to date. The answer names the indexes that were written to.
// `before` may be invalid afterwards.
Answer<std::vector<std::string>> SaveItem(Context& context, const Table& table,
                                          const std::string& key, const json::Object* before,
                                          const json::Object* after,
                                          ChangedBy who = ChangedBy::kCaller);

std::string IndexParent(const Table& table, std::string_view index);
// Enters all items of the table into an index that was added.
void FillIndex(Context& context, const Table& table, const Index& index);
void EmptyIndex(Context& context, const Table& table, std::string_view index);
// All items, and what leads to them.
void EmptyTable(Context& context, const Table& table);

}  // namespace trunkline::cloud::dynamodb
