#include "cloud/services/dynamodb/describe.h"

#include <algorithm>

#include "cloud/services/dynamodb/item.h"

namespace trunkline::cloud::dynamodb {
namespace {

void CountIndexes(Context& context, const Table& table, json::Object& shown,
                  std::string_view member) {
  json::Value* indexes = shown.Find(member);
  if (!indexes) return;
  for (json::Value& index : indexes->AsArray()) {
    const std::string parent = IndexParent(table, index.AsObject().GetString("IndexName"));
    std::int64_t count = 0;
    std::size_t size = 0;
    context.store.Scan(context.RegionScope(), kIndexEntry, parent, {}, [&](const Record& entry) {
      const Record* item =
          FindItem(context, table, std::string_view(entry.id).substr(parent.size() + 1));
      size += item ? StoredSize(*item) : 0;
      ++count;
      return true;
    });
    index.AsObject().Set("ItemCount", count);
    index.AsObject().Set("IndexSizeBytes", size);
  }
}

// What the capacity is at least: as provisioned, or what tables on demand begin with (seen), and as
// it was asked for.
void AddWarmThroughput(json::Object& shown, bool on_demand) {
  constexpr int kReads = 12000;
  constexpr int kWrites = 4000;
  const json::Object& provisioned = shown.GetObject("ProvisionedThroughput");
  json::Object warm{{"ReadUnitsPerSecond", kReads}, {"WriteUnitsPerSecond", kWrites}};
  if (!on_demand) {
    warm.Set("ReadUnitsPerSecond", provisioned.GetInt("ReadCapacityUnits"));
    warm.Set("WriteUnitsPerSecond", provisioned.GetInt("WriteCapacityUnits"));
  }
  const json::Object asked = shown.GetObject("WarmThroughput");
  for (const std::string_view unit : {"ReadUnitsPerSecond", "WriteUnitsPerSecond"})
    warm.Set(unit, std::max(warm.GetInt(unit), asked.GetInt(unit)));
  warm.Set("Status", "ACTIVE");
  shown.Set("WarmThroughput", std::move(warm));
}

void AddAllWarmThroughput(json::Object& shown) {
  if (shown.GetString("TableStatus") == "CREATING") return;
  const bool on_demand =
      shown.GetObject("BillingModeSummary").GetString("BillingMode") == "PAY_PER_REQUEST";
  AddWarmThroughput(shown, on_demand);
  json::Value* indexes = shown.Find("GlobalSecondaryIndexes");
  if (!indexes) return;
  for (json::Value& index : indexes->AsArray()) AddWarmThroughput(index.AsObject(), on_demand);
}

}  // namespace

json::Object Describe(Context& context, const Record& record) {
  const Table table = ReadTable(record);
  json::Object shown = record.body.GetObject("Shown");
  std::int64_t count = 0;
  std::size_t size = 0;
  context.store.Scan(context.RegionScope(), kItem, table.id, {}, [&](const Record& item) {
    ++count;
    size += StoredSize(item);
    return true;
  });
  shown.Set("ItemCount", count);
  shown.Set("TableSizeBytes", size);
  CountIndexes(context, table, shown, "LocalSecondaryIndexes");
  CountIndexes(context, table, shown, "GlobalSecondaryIndexes");
  AddAllWarmThroughput(shown);
  return shown;
}

}  // namespace trunkline::cloud::dynamodb
