// Tables: made, shown, listed, deleted.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/dynamodb/describe.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/new_table.h"
#include "cloud/services/dynamodb/policy.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/settle.h"
#include "cloud/services/dynamodb/streams.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {
namespace {

void AddIndexes(json::Object& shown, const json::Object& input) {
  const std::string_view arn = shown.GetString("TableArn");
  json::Array local;
  json::Array global;
  for (const json::Value& index : input.GetArray("LocalSecondaryIndexes"))
    local.emplace_back(ShownIndex(arn, index.AsObject(), ""));
  for (const json::Value& index : input.GetArray("GlobalSecondaryIndexes"))
    global.emplace_back(ShownIndex(arn, index.AsObject(), "CREATING"));
  if (!local.empty()) shown.Set("LocalSecondaryIndexes", std::move(local));
  if (!global.empty()) shown.Set("GlobalSecondaryIndexes", std::move(global));
}

void AddBilling(const Context& context, json::Object& shown, const json::Object& input) {
  shown.Set("ProvisionedThroughput", ShownThroughput(input.GetObject("ProvisionedThroughput")));
  if (input.GetString("BillingMode") == "PAY_PER_REQUEST") {
    shown.Set("BillingModeSummary",
              json::Object{{"BillingMode", "PAY_PER_REQUEST"},
                           {"LastUpdateToPayPerRequestDateTime", Seconds(context.Now())}});
  }
  for (const std::string_view limit : {"OnDemandThroughput", "WarmThroughput"})
    if (const json::Value* given = input.Find(limit)) shown.Set(limit, *given);
  if (const json::Value* table_class = input.Find("TableClass"))
    shown.Set("TableClassSummary", json::Object{{"TableClass", *table_class}});
}

Answer<json::Object> NewDescription(Context& context, const std::string& name,
                                    const json::Object& input) {
  json::Object shown{{"AttributeDefinitions", input.At("AttributeDefinitions")},
                     {"TableName", name},
                     {"KeySchema", input.At("KeySchema")},
                     {"CreationDateTime", Seconds(context.Now())},
                     {"TableArn", MakeArn(context, "dynamodb", "table/" + name)},
                     {"TableId", NewUuid(context.random)},
                     {"DeletionProtectionEnabled", input.GetBool("DeletionProtectionEnabled")}};
  AddBilling(context, shown, input);
  AddIndexes(shown, input);
  TidyDefinitions(shown);
  if (input.Has("StreamSpecification"))
    TL_DO(SetStream(context, shown, input.GetObject("StreamSpecification")));
  TL_TRY(json::Object encryption, ShownEncryption(context, input.GetObject("SSESpecification")));
  if (!encryption.empty()) shown.Set("SSEDescription", std::move(encryption));
  shown.Set("TableStatus", "CREATING");
  return shown;
}

Answer<void> CheckParts(const json::Object& input) {
  for (const std::string_view member : {"VectorIndexes", "GlobalTableSourceArn"}) {
    if (input.Has(member))
      return Invalid(fmt::format("{} is not implemented by this cloud", member));
  }
  return {};
}

Answer<> CreateTable(Context& context, const json::Object& input) {
  const std::string_view given = input.GetString("TableName");
  if (given.size() < 3 || given.size() > 255) {
    return Invalid("TableName must be at least 3 characters long and at most 255 characters long");
  }
  TL_TRY(const std::string name, NameOf(context, given));
  TL_DO(CheckParts(input));
  TL_DO(CheckNewTable(input));
  if (context.store.Find(context.RegionScope(), kTable, name))
    return InUse(fmt::format("Table already exists: {}", name));
  TL_TRY(json::Object shown, NewDescription(context, name, input));
  Record record{.id = name, .parent = {}, .name = name, .body = {{"Shown", std::move(shown)}}};
  if (input.Has("Tags")) record.body.Set("Tags", input.At("Tags"));
  if (input.Has("ResourcePolicy")) {
    TL_DO(SetPolicy(context, record, input.GetString("ResourcePolicy")));
  }
  SettleLater(context, record);
  json::Object output{{"TableDescription", Describe(context, record)}};
  PutTable(context, std::move(record));
  return output;
}

Answer<> DescribeTable(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindTable(context, input));
  return json::Object{{"Table", Describe(context, record)}};
}

Answer<> DeleteTable(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindTable(context, input));
  json::Object& shown = record.body["Shown"].AsObject();
  const std::string_view status = shown.GetString("TableStatus");
  if (shown.GetBool("DeletionProtectionEnabled")) {
    return Invalid(
        "Resource cannot be deleted as it is currently protected against deletion. Disable "
        "deletion protection first.");
  }
  if (status != "ACTIVE") {
    return InUse(
        fmt::format("Attempt to change a resource which is still in use: Table is being {}: {}",
                    status == "CREATING"   ? "created"
                    : status == "DELETING" ? "deleted"
                                           : "updated",
                    record.id));
  }
  if (shown.Has("StreamSpecification")) CloseStream(context, shown.GetString("LatestStreamArn"));
  shown.Set("TableStatus", "DELETING");
  json::Object description = Describe(context, record);
  for (const std::string_view member :
       {"AttributeDefinitions", "KeySchema", "CreationDateTime", "LocalSecondaryIndexes"})
    description.Remove(member);
  SettleLater(context, record);
  PutTable(context, std::move(record));
  return json::Object{{"TableDescription", std::move(description)}};
}

Answer<> ListTables(Context& context, const json::Object& input) {
  const auto most = static_cast<std::size_t>(input.GetInt("Limit", 100));
  const std::string start(input.GetString("ExclusiveStartTableName"));
  json::Array names;
  bool more = false;
  context.store.Scan(context.RegionScope(), kTable, {}, start, [&](const Record& record) {
    if (record.name == start) return true;
    more = names.size() == most;
    if (!more) names.emplace_back(record.name);
    return !more;
  });
  json::Object output;
  if (more) output.Set("LastEvaluatedTableName", names.back());
  output.Set("TableNames", std::move(names));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "CreateTable", .handle = CreateTable},
    {.name = "DeleteTable", .handle = DeleteTable},
    {.name = "DescribeTable", .handle = DescribeTable},
    {.name = "ListTables", .handle = ListTables},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTableOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
