#include "cloud/services/dynamodb/settle.h"

#include "cloud/job_kinds.h"
#include "cloud/services/dynamodb/expiry.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/new_table.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud {
namespace dynamodb {
namespace {

constexpr Milliseconds kUsualTime = std::chrono::seconds(8);  // seen: some seconds

void SettleIndexes(Context& context, Record& record) {
  json::Value* indexes = record.body["Shown"].AsObject().Find("GlobalSecondaryIndexes");
  if (!indexes) return;
  for (json::Value& index : indexes->AsArray()) {
    json::Object& shown = index.AsObject();
    const std::string status(shown.GetString("IndexStatus"));
    const std::string name(shown.GetString("IndexName"));
    const Table table = ReadTable(record);
    if (status == "DELETING") EmptyIndex(context, table, name);
    if (shown.Remove("Backfilling")) FillIndex(context, table, *table.FindIndex(name));
    if (status != "DELETING") shown.Set("IndexStatus", "ACTIVE");
  }
  std::erase_if(indexes->AsArray(), [](const json::Value& index) {
    return index.AsObject().GetString("IndexStatus") == "DELETING";
  });
  json::Object& shown = record.body["Shown"].AsObject();
  if (indexes->AsArray().empty()) shown.Remove("GlobalSecondaryIndexes");
  TidyDefinitions(shown);
}

void SettleExpiry(Context& context, Record& record) {
  json::Value* expiry = record.body.Find("TimeToLive");
  const std::string status(record.body.GetObject("TimeToLive").GetString("TimeToLiveStatus"));
  if (status == "ENABLING") {
    expiry->AsObject().Set("TimeToLiveStatus", "ENABLED");
    FindExpiries(context, ReadTable(record));
  } else if (status == "DISABLING") {
    record.body.Remove("TimeToLive");
  }
}

Answer<void> SettleTable(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kTable, payload.GetString("TableName"));
  if (!found || found->body.GetObject("Shown").GetString("TableId") != payload.GetString("TableId"))
    return {};
  Record record = *found;
  if (record.body.GetObject("Shown").GetString("TableStatus") == "DELETING") {
    EmptyTable(context, ReadTable(record));
    context.store.Delete(context.RegionScope(), kTable, record.id);
    return {};
  }
  SettleIndexes(context, record);
  SettleExpiry(context, record);
  record.body["Shown"].AsObject().Set("TableStatus", "ACTIVE");
  PutTable(context, std::move(record));
  return {};
}

}  // namespace

void SettleLater(Context& context, const Record& table) {
  const json::Object& shown = table.body.GetObject("Shown");
  context.jobs.Schedule(context, kSettleTableJob,
                        {{"TableName", table.id}, {"TableId", shown.GetString("TableId")}},
                        kUsualTime);
}

}  // namespace dynamodb

constinit const JobKind kSettleTableJob{.name = "dynamodb.settle-table",
                                        .run = dynamodb::SettleTable};

}  // namespace trunkline::cloud
