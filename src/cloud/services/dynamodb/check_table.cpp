// What can be wrong with the tables of CreateTable and the indexes of UpdateTable.
#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/dynamodb/new_table.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kMostLocal = 5;
constexpr std::size_t kMostGlobal = 20;
constexpr std::size_t kMostProjected = 100;

std::vector<std::string> NamesOf(const json::Array& elements) {
  std::vector<std::string> names;
  for (const json::Value& element : elements)
    names.emplace_back(element.AsObject().GetString("AttributeName"));
  return names;
}

Answer<void> CheckProjection(const json::Object& projection) {
  const std::string_view type = projection.GetString("ProjectionType");
  if (type.empty()) return InvalidValues("Unknown ProjectionType: null");
  const bool names = projection.Has("NonKeyAttributes");
  if (names && type != "INCLUDE") {
    return InvalidValues(
        fmt::format("ProjectionType is {}, but NonKeyAttributes is specified", type));
  }
  if (!names && type == "INCLUDE")
    return InvalidValues("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  return {};
}

Answer<void> CheckLocalIndex(const json::Object& index, const json::Array& definitions,
                             const std::string& table_hash) {
  const json::Array& schema = index.GetArray("KeySchema");
  const std::string_view name = index.GetString("IndexName");
  TL_DO(CheckKeySchema(schema, definitions));
  if (schema.size() != 2) {
    return InvalidValues(
        fmt::format("Index KeySchema does not have a range key for index: {}", name));
  }
  const std::string hash = NamesOf(schema).front();
  if (hash != table_hash) {
    return InvalidValues(
        fmt::format("Index KeySchema does not have the same leading hash key as table KeySchema "
                    "for index: {}. index hash key: {}, table hash key: {}",
                    name, hash, table_hash));
  }
  return CheckProjection(index.GetObject("Projection"));
}

Answer<void> CheckNames(const json::Object& input) {
  std::set<std::string_view> names;
  std::size_t projected = 0;
  for (const std::string_view kind : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    for (const json::Value& index : input.GetArray(kind)) {
      const std::string_view name = index.AsObject().GetString("IndexName");
      if (!names.insert(name).second)
        return InvalidValues(fmt::format("Duplicate index name: {}", name));
      projected += index.AsObject().GetObject("Projection").GetArray("NonKeyAttributes").size();
    }
  }
  if (projected <= kMostProjected) return {};
  return InvalidValues(
      "Number of projected attributes across all indexes exceeds the limit of 100");
}

Answer<void> CheckIndexes(const json::Object& input, bool on_demand) {
  const json::Array& definitions = input.GetArray("AttributeDefinitions");
  const json::Array& local = input.GetArray("LocalSecondaryIndexes");
  const json::Array& global = input.GetArray("GlobalSecondaryIndexes");
  for (const std::string_view kind : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"})
    if (input.Has(kind) && input.GetArray(kind).empty())
      return InvalidValues(fmt::format("List of {} is empty", kind));
  if (!local.empty() && input.GetArray("KeySchema").size() != 2) {
    return InvalidValues(
        "Table KeySchema does not have a range key, which is required when specifying a "
        "LocalSecondaryIndex");
  }
  const std::string hash = NamesOf(input.GetArray("KeySchema")).front();
  for (const json::Value& index : local)
    TL_DO(CheckLocalIndex(index.AsObject(), definitions, hash));
  for (const json::Value& index : global)
    TL_DO(CheckGlobalIndex(index.AsObject(), definitions, on_demand));
  if (local.size() > kMostLocal)
    return InvalidValues("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
  if (global.size() > kMostGlobal)
    return InvalidValues("GlobalSecondaryIndex count exceeds the per-table limit of 20");
  return CheckNames(input);
}

// Every attribute that is defined is part of a key.
Answer<void> CheckAllUsed(const json::Object& input) {
  std::vector<std::string> keys = NamesOf(input.GetArray("KeySchema"));
  bool indexes = false;
  for (const std::string_view kind : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    for (const json::Value& index : input.GetArray(kind)) {
      indexes = true;
      for (std::string& name : NamesOf(index.AsObject().GetArray("KeySchema")))
        keys.push_back(std::move(name));
    }
  }
  const std::vector<std::string> defined = NamesOf(input.GetArray("AttributeDefinitions"));
  const bool all = std::ranges::all_of(defined, [&](const std::string& name) {
    return std::ranges::find(keys, name) != keys.end();
  });
  if (all) return {};
  if (!indexes) {
    return InvalidValues(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
        "AttributeDefinitions");
  }
  return InvalidValues(
      fmt::format("Some AttributeDefinitions are not used. AttributeDefinitions: [{}], keys used: "
                  "[{}]",
                  Join(defined, ", "), Join(keys, ", ")));
}

Answer<void> CheckBilling(const json::Object& input) {
  const json::Object& throughput = input.GetObject("ProvisionedThroughput");
  if (input.GetString("BillingMode") == "PAY_PER_REQUEST") {
    const bool zero =
        throughput.GetInt("ReadCapacityUnits") == 0 && throughput.GetInt("WriteCapacityUnits") == 0;
    if (!input.Has("ProvisionedThroughput") || zero) return {};
    return InvalidValues(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
        "PAY_PER_REQUEST");
  }
  if (input.Has("ProvisionedThroughput")) return {};
  return InvalidValues(
      "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
      "PROVISIONED");
}

}  // namespace

Answer<void> CheckKeySchema(const json::Array& schema, const json::Array& definitions) {
  const std::vector<std::string> names = NamesOf(schema);
  const std::vector<std::string> defined = NamesOf(definitions);
  const bool known = std::ranges::all_of(names, [&](const std::string& name) {
    return std::ranges::find(defined, name) != defined.end();
  });
  if (!known) {
    return InvalidValues(
        fmt::format("Some index key attributes are not defined in AttributeDefinitions. Keys: "
                    "[{}], AttributeDefinitions: [{}]",
                    Join(names, ", "), Join(defined, ", ")));
  }
  if (names.size() > 2) {
    return Invalid(
        "1 validation error detected: Value at 'keySchema' failed to satisfy constraint: Member "
        "must have length less than or equal to 2");
  }
  if (names.size() == 2 && names[0] == names[1]) {
    return Invalid(
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  if (schema[0].AsObject().GetString("KeyType") != "HASH")
    return Invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (names.size() == 2 && schema[1].AsObject().GetString("KeyType") != "RANGE")
    return Invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  return {};
}

Answer<void> CheckGlobalIndex(const json::Object& index, const json::Array& definitions,
                              bool on_demand) {
  TL_DO(CheckKeySchema(index.GetArray("KeySchema"), definitions));
  TL_DO(CheckProjection(index.GetObject("Projection")));
  const bool throughput = index.Has("ProvisionedThroughput");
  if (on_demand && throughput) {
    return InvalidValues(
        fmt::format("ProvisionedThroughput should not be specified for index: {} when BillingMode "
                    "is PAY_PER_REQUEST",
                    index.GetString("IndexName")));
  }
  if (on_demand || throughput) return {};
  return InvalidValues(fmt::format("ProvisionedThroughput must be specified for index: {}",
                                   index.GetString("IndexName")));
}

Answer<void> CheckNewTable(const json::Object& input) {
  TL_DO(CheckBilling(input));
  TL_DO(CheckKeySchema(input.GetArray("KeySchema"), input.GetArray("AttributeDefinitions")));
  TL_DO(CheckIndexes(input, input.GetString("BillingMode") == "PAY_PER_REQUEST"));
  return CheckAllUsed(input);
}

}  // namespace trunkline::cloud::dynamodb
