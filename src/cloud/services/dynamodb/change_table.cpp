// UpdateTable.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/dynamodb/describe.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/new_table.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/settle.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::string_view kChanges[] = {"BillingMode",
                                         "DeletionProtectionEnabled",
                                         "GlobalSecondaryIndexUpdates",
                                         "OnDemandThroughput",
                                         "ProvisionedThroughput",
                                         "SSESpecification",
                                         "StreamSpecification",
                                         "TableClass",
                                         "WarmThroughput"};
// Parts that this cloud does not have.
constexpr std::string_view kRefused[] = {"GlobalTableSettingsReplicationMode",
                                         "GlobalTableWitnessUpdates", "MultiRegionConsistency",
                                         "ReplicaUpdates", "VectorIndexUpdates"};

Answer<void> CheckChanges(const json::Object& input, const json::Object& shown) {
  for (const std::string_view member : kRefused) {
    if (input.Has(member))
      return Invalid(fmt::format("{} is not implemented by this cloud", member));
  }
  const bool any =
      std::ranges::any_of(kChanges, [&](std::string_view member) { return input.Has(member); });
  if (!any) {
    return Invalid(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
        "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
  }
  const std::string_view status = shown.GetString("TableStatus");
  if (status == "ACTIVE") return {};
  return InUse(
      fmt::format("Attempt to change a resource which is still in use: Table is being {}: "
                  "{}",
                  status == "CREATING"   ? "created"
                  : status == "DELETING" ? "deleted"
                                         : "updated",
                  shown.GetString("TableName")));
}

bool IsOnDemand(const json::Object& shown) {
  return shown.GetObject("BillingModeSummary").GetString("BillingMode") == "PAY_PER_REQUEST";
}

Answer<void> ChangeBilling(const Context& context, json::Object& shown, const json::Object& input) {
  const std::string_view mode = input.GetString("BillingMode");
  const bool provisioned = input.Has("ProvisionedThroughput");
  if (mode == "PAY_PER_REQUEST") {
    if (provisioned) {
      return InvalidValues(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
          "PAY_PER_REQUEST");
    }
    shown.Set("BillingModeSummary",
              json::Object{{"BillingMode", mode},
                           {"LastUpdateToPayPerRequestDateTime", Seconds(context.Now())}});
    shown.Set("ProvisionedThroughput", ShownThroughput({}));
    return {};
  }
  if (mode == "PROVISIONED") {
    if (!provisioned) {
      return InvalidValues(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    shown.Set("BillingModeSummary", json::Object{{"BillingMode", mode}});
  } else if (provisioned && IsOnDemand(shown)) {
    return InvalidValues(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
        "PAY_PER_REQUEST");
  }
  if (!provisioned) return {};
  shown.Set("ProvisionedThroughput", ShownThroughput(input.GetObject("ProvisionedThroughput")));
  return {};
}

// A limit that is not named stays.
void Merge(json::Object& keeper, const json::Object& change, std::string_view setting) {
  const json::Value* wanted = change.Find(setting);
  if (!wanted) return;
  json::Object merged = keeper.GetObject(setting);
  for (const json::Member& member : wanted->AsObject()) merged.Set(member.key, member.value);
  keeper.Set(setting, std::move(merged));
}

// What is kept warm can grow only.
Answer<void> Warm(json::Object& keeper, const json::Object& change) {
  const json::Value* wanted = change.Find("WarmThroughput");
  if (!wanted) return {};
  const json::Object is = keeper.GetObject("WarmThroughput");
  for (const std::string_view unit : {"ReadUnitsPerSecond", "WriteUnitsPerSecond"}) {
    if (wanted->AsObject().Has(unit) && wanted->AsObject().GetInt(unit) < is.GetInt(unit))
      return Invalid(
          fmt::format("WarmThroughput cannot be decreased: {} is {}", unit, is.GetInt(unit)));
  }
  Merge(keeper, change, "WarmThroughput");
  return {};
}

void ChangeSettings(json::Object& shown, const json::Object& input) {
  if (const json::Value* on = input.Find("DeletionProtectionEnabled"))
    shown.Set("DeletionProtectionEnabled", *on);
  Merge(shown, input, "OnDemandThroughput");
  if (const json::Value* table_class = input.Find("TableClass"))
    shown.Set("TableClassSummary", json::Object{{"TableClass", *table_class}});
}

json::Object* FindIndexIn(json::Array& indexes, std::string_view name) {
  for (json::Value& index : indexes)
    if (index.AsObject().GetString("IndexName") == name) return &index.AsObject();
  return nullptr;
}

// What is defined for keys that are gone may go; what is new is added.
void MergeDefinitions(json::Object& shown, const json::Array& given) {
  json::Array& definitions = shown["AttributeDefinitions"].AsArray();
  for (const json::Value& definition : given) {
    const auto same = [&](const json::Value& other) {
      return other.AsObject().GetString("AttributeName") ==
             definition.AsObject().GetString("AttributeName");
    };
    if (std::ranges::none_of(definitions, same)) definitions.push_back(definition);
  }
}

Answer<void> CreateIndex(json::Object& shown, json::Array& indexes, const json::Object& create) {
  const std::string_view name = create.GetString("IndexName");
  TL_DO(CheckGlobalIndex(create, shown.GetArray("AttributeDefinitions"), IsOnDemand(shown)));
  json::Array local = shown.GetArray("LocalSecondaryIndexes");
  if (FindIndexIn(indexes, name) || FindIndexIn(local, name)) {
    return Invalid("Attempting to create an index which already exists");
  }
  json::Object index = ShownIndex(shown.GetString("TableArn"), create, "CREATING");
  index.Set("Backfilling", true);
  indexes.emplace_back(std::move(index));
  return {};
}

Answer<void> ChangeIndex(json::Object& shown, json::Array& indexes, const json::Object& update) {
  if (update.Has("Create")) return CreateIndex(shown, indexes, update.GetObject("Create"));
  const bool deletes = update.Has("Delete");
  if (!deletes && !update.Has("Update")) {
    return InvalidValues(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
        "GlobalSecondaryIndexUpdate.Delete must not be null");
  }
  const json::Object& change = update.GetObject(deletes ? "Delete" : "Update");
  const std::string_view name = change.GetString("IndexName");
  json::Object* index = FindIndexIn(indexes, name);
  if (!index) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("Requested resource not found: No Global Secondary Index "
                                    "found with name {}",
                                    name));
  }
  index->Set("IndexStatus", deletes ? "DELETING" : "UPDATING");
  if (const json::Value* throughput = change.Find("ProvisionedThroughput"))
    index->Set("ProvisionedThroughput", ShownThroughput(throughput->AsObject()));
  Merge(*index, change, "OnDemandThroughput");
  return Warm(*index, change);
}

Answer<void> ChangeIndexes(json::Object& shown, const json::Object& input) {
  MergeDefinitions(shown, input.GetArray("AttributeDefinitions"));
  json::Array indexes = shown.GetArray("GlobalSecondaryIndexes");
  std::int64_t comings = 0;
  for (const json::Value& update : input.GetArray("GlobalSecondaryIndexUpdates")) {
    comings += update.AsObject().Has("Update") ? 0 : 1;
    TL_DO(ChangeIndex(shown, indexes, update.AsObject()));
  }
  if (comings > 1) {
    return ServiceError("LimitExceededException",
                        "Subscriber limit exceeded: Only 1 online index can be created or deleted "
                        "simultaneously per table");
  }
  if (!indexes.empty()) shown.Set("GlobalSecondaryIndexes", std::move(indexes));
  TidyDefinitions(shown);
  return {};
}

Answer<> UpdateTable(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindTable(context, input));
  json::Object& shown = record.body["Shown"].AsObject();
  TL_DO(CheckChanges(input, shown));
  TL_DO(ChangeBilling(context, shown, input));
  TL_DO(ChangeIndexes(shown, input));
  TL_DO(Warm(shown, input));
  ChangeSettings(shown, input);
  if (const json::Value* stream = input.Find("StreamSpecification"))
    TL_DO(SetStream(context, shown, stream->AsObject()));
  if (const json::Value* encryption = input.Find("SSESpecification")) {
    TL_TRY(json::Object described, ShownEncryption(context, encryption->AsObject()));
    shown.Remove("SSEDescription");
    if (!described.empty()) shown.Set("SSEDescription", std::move(described));
  }
  shown.Set("TableStatus", "UPDATING");
  SettleLater(context, record);
  json::Object output{{"TableDescription", Describe(context, record)}};
  PutTable(context, std::move(record));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "UpdateTable", .handle = UpdateTable},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kChangeTableOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
