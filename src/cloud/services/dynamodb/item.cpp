#include "cloud/services/dynamodb/item.h"

#include <fmt/format.h>

#include "cloud/services/dynamodb/bytes.h"
#include "cloud/services/dynamodb/expiry.h"
#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/streams.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

std::string ItemId(const Table& table, std::string_view key) {
  return fmt::format("{}/{}", table.id, key);
}

std::string EntryId(std::string_view parent, std::string_view key) {
  return fmt::format("{}|{}", parent, key);
}

void PutEntry(Context& context, const std::string& parent, std::string_view index_key,
              std::string_view key) {
  context.store.Put(context.RegionScope(), kIndexEntry,
                    {.id = EntryId(parent, key),
                     .parent = parent,
                     .name = fmt::format("{}{}", index_key, key),
                     .body = {}});
}

// Whether the index was written to.
Answer<bool> SaveEntry(Context& context, const Table& table, const Index& index,
                       const std::string& key, const json::Object* before,
                       const json::Object* after) {
  std::string old_key;
  std::string new_key;
  if (before) {
    auto old = KeyInIndex(index, *before);
    // An index that was added later does not have items whose attributes are of other types.
    if (old) old_key = std::move(*old);
  }
  if (after) {
    TL_TRY(new_key, KeyInIndex(index, *after));
  }
  if (old_key == new_key) return !new_key.empty();
  const std::string parent = IndexParent(table, index.name);
  if (new_key.empty()) {
    context.store.Delete(context.RegionScope(), kIndexEntry, EntryId(parent, key));
  } else {
    PutEntry(context, parent, new_key, key);
  }
  return true;
}

void WriteItem(Context& context, const Table& table, const std::string& key,
               const json::Object& item, std::size_t size) {
  json::Object stored = item;
  const bool binary = EncodeBytes(stored);
  json::Object body;
  body.Set("Item", std::move(stored));
  body.Set("Size", size);
  if (binary) body.Set("Binary", true);
  context.store.Put(
      context.RegionScope(), kItem,
      {.id = ItemId(table, key), .parent = table.id, .name = key, .body = std::move(body)});
}

}  // namespace

ItemView::ItemView(const Record& record) : stored_(&record.body.GetObject("Item")) {
  if (!record.body.GetBool("Binary")) return;
  decoded_ = *stored_;
  DecodeBytes(decoded_);
}

std::size_t StoredSize(const Record& record) {
  return static_cast<std::size_t>(record.body.GetInt("Size"));
}

const Record* FindItem(Context& context, const Table& table, std::string_view key) {
  return context.store.Find(context.RegionScope(), kItem, ItemId(table, key));
}

Answer<std::vector<std::string>> SaveItem(Context& context, const Table& table,
                                          const std::string& key, const json::Object* before,
                                          const json::Object* after, ChangedBy who) {
  std::vector<std::string> written;
  for (const Index& index : table.indexes) {
    TL_TRY(const bool touched, SaveEntry(context, table, index, key, before, after));
    if (touched) written.push_back(index.name);
  }
  SaveExpiry(context, table, key, before, after);
  const bool same = before && after && *before == *after;
  if (!same && (before || after)) RecordChange(context, table, before, after, who);
  if (after) {
    if (!same) WriteItem(context, table, key, *after, SizeOf(*after));
  } else if (before) {
    context.store.Delete(context.RegionScope(), kItem, ItemId(table, key));
  }
  return written;
}

std::string IndexParent(const Table& table, std::string_view index) {
  return fmt::format("{}/{}", table.id, index);
}

void FillIndex(Context& context, const Table& table, const Index& index) {
  const std::string parent = IndexParent(table, index.name);
  for (const Record* record : context.store.List(context.RegionScope(), kItem, table.id)) {
    const ItemView item(*record);
    const auto key = KeyInIndex(index, item.get());
    if (key && !key->empty()) PutEntry(context, parent, *key, record->name);
  }
}

void EmptyIndex(Context& context, const Table& table, std::string_view index) {
  const std::string parent = IndexParent(table, index);
  for (const Record* record : context.store.List(context.RegionScope(), kIndexEntry, parent))
    context.store.Delete(context.RegionScope(), kIndexEntry, record->id);
}

void EmptyTable(Context& context, const Table& table) {
  for (const Index& index : table.indexes) EmptyIndex(context, table, index.name);
  ForgetExpiries(context, table);
  for (const Record* record : context.store.List(context.RegionScope(), kItem, table.id))
    context.store.Delete(context.RegionScope(), kItem, record->id);
}

}  // namespace trunkline::cloud::dynamodb
