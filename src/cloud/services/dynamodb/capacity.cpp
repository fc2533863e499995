#include "cloud/services/dynamodb/capacity.h"

#include <algorithm>

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kReadUnit = 4096;
constexpr std::size_t kWriteUnit = 1024;

std::size_t UnitsOf(std::size_t bytes, std::size_t unit) {
  return std::max<std::size_t>(1, (bytes + unit - 1) / unit);
}

json::Object ShownIndexes(const std::map<std::string, double>& indexes) {
  json::Object shown;
  for (const auto& [name, units] : indexes) shown.Set(name, json::Object{{"CapacityUnits", units}});
  return shown;
}

double Total(const Consumed& consumed) {
  double total = consumed.units;
  for (const auto& indexes : {consumed.local, consumed.global})
    for (const auto& [name, units] : indexes) total += units;
  return total;
}

}  // namespace

double ReadUnits(std::size_t bytes, bool consistent) {
  return static_cast<double>(UnitsOf(bytes, kReadUnit)) * (consistent ? 1 : 0.5);
}

double WriteUnits(std::size_t bytes) {
  return static_cast<double>(UnitsOf(bytes, kWriteUnit));
}

void Consumed::AddIndex(const Index& index, double more) {
  (index.global ? global : local)[index.name] += more;
}

void Consumed::Add(const Consumed& other) {
  table = other.table;
  units += other.units;
  for (const auto& [name, more] : other.local) local[name] += more;
  for (const auto& [name, more] : other.global) global[name] += more;
}

json::Object Shown(const Consumed& consumed, std::string_view asked, std::string_view kind) {
  json::Object shown{{"TableName", consumed.table}, {"CapacityUnits", Total(consumed)}};
  if (!kind.empty()) shown.Set(kind, Total(consumed));
  if (asked != "INDEXES") return shown;
  shown.Set("Table", json::Object{{"CapacityUnits", consumed.units}});
  if (!consumed.local.empty()) shown.Set("LocalSecondaryIndexes", ShownIndexes(consumed.local));
  if (!consumed.global.empty()) shown.Set("GlobalSecondaryIndexes", ShownIndexes(consumed.global));
  return shown;
}

bool WantsCapacity(const json::Object& input) {
  const std::string_view asked = input.GetString("ReturnConsumedCapacity", "NONE");
  return asked != "NONE";
}

void Report(json::Object& output, const json::Object& input, const Consumed& consumed) {
  if (!WantsCapacity(input)) return;
  output.Set("ConsumedCapacity", Shown(consumed, input.GetString("ReturnConsumedCapacity")));
}

}  // namespace trunkline::cloud::dynamodb
