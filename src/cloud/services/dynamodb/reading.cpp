// What a Query or a Scan asks for.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/parse.h"
#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/legacy.h"
#include "cloud/services/dynamodb/read_page.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::array<std::string_view, 5> kOld = {"AttributesToGet", "QueryFilter", "ScanFilter",
                                                  "KeyConditions", "ConditionalOperator"};
constexpr std::array<std::string_view, 3> kNew = {"ProjectionExpression", "FilterExpression",
                                                  "KeyConditionExpression"};

Answer<void> ReadIndexOf(Reading& reading, const json::Object& input) {
  const json::Value* name = input.Find("IndexName");
  if (!name) return {};
  reading.index = reading.table.FindIndex(name->AsString());
  if (!reading.index) {
    return Invalid(
        fmt::format("The table does not have the specified index: {}", name->AsString()));
  }
  if (!reading.index->ready) {
    return Invalid(
        fmt::format("Cannot read from backfilling global secondary index: {}", name->AsString()));
  }
  if (reading.index->global && reading.consistent)
    return Invalid("Consistent reads are not supported on global secondary indexes");
  return {};
}

// Which parameter names attributes; empty: none.
std::string_view SelectingParameter(const json::Object& input) {
  for (const std::string_view name : {"ProjectionExpression", "AttributesToGet"})
    if (input.Has(name)) return name;
  return {};
}

Answer<void> CheckSelect(const Reading& reading, const json::Object& input) {
  const std::string_view select = input.GetString("Select");
  const std::string_view selecting = SelectingParameter(input);
  if (select == "SPECIFIC_ATTRIBUTES" && selecting.empty()) {
    return Invalid(
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
        "SPECIFIC_ATTRIBUTES");
  }
  if (!selecting.empty() && !select.empty() && select != "SPECIFIC_ATTRIBUTES") {
    return Invalid(fmt::format("Cannot specify the {} when choosing to get {}", selecting, select));
  }
  if (select == "ALL_PROJECTED_ATTRIBUTES" && !reading.index)
    return InvalidValues(
        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an "
        "IndexName");
  const bool partial = reading.index && reading.index->global && reading.index->projection != "ALL";
  if (select != "ALL_ATTRIBUTES" || !partial) return {};
  return InvalidValues(
      fmt::format("Select type ALL_ATTRIBUTES is not supported for global secondary index {} "
                  "because its projection type is not ALL",
                  reading.index->name));
}

bool IsProjected(const Reading& reading, const std::string& attribute) {
  const Index& index = *reading.index;
  return index.projection == "ALL" || index.key.Has(attribute) ||
         reading.table.key.Has(attribute) ||
         std::ranges::find(index.attributes, attribute) != index.attributes.end();
}

// A local index gets what it does not have from the table; a global one cannot.
Answer<void> CheckProjected(Reading& reading) {
  if (!reading.index) return {};
  for (const Path& path : reading.paths) {
    const std::string& attribute = path.front().name;
    if (IsProjected(reading, attribute)) continue;
    if (!reading.index->global) {
      reading.whole_items = true;
      continue;
    }
    return InvalidValues(fmt::format("Global secondary index {} does not project [{}]",
                                     reading.index->name, attribute));
  }
  return {};
}

Answer<void> ReadExpressions(Reading& reading, const json::Object& input) {
  if (const json::Value* text = input.Find("FilterExpression")) {
    TL_TRY(reading.filter,
           ParseCondition("FilterExpression", text->AsString(), reading.placeholders));
  }
  for (const std::string_view name : {"QueryFilter", "ScanFilter"}) {
    const json::Object& conditions = input.GetObject(name);
    if (conditions.empty()) continue;
    TL_TRY(reading.filter, ReadConditions(conditions, input.GetString("ConditionalOperator"),
                                          reading.placeholders));
  }
  if (const json::Value* text = input.Find("ProjectionExpression")) {
    TL_TRY(reading.paths, ParseProjection(text->AsString(), reading.placeholders));
  } else {
    reading.paths = ReadAttributesToGet(input.GetArray("AttributesToGet"));
  }
  return {};
}

// What an index's order needs of a key: its own attributes and the table's.
bool HasAll(const KeySchema& schema, const json::Object& key) {
  const auto has = [&](const KeyPart& part) {
    const json::Value* value = key.Find(part.name);
    return value && TypeOf(*value) == part.type;
  };
  return has(schema.hash) && (!schema.range || has(*schema.range));
}

Answer<std::string> PlaceOf(const Reading& reading, const json::Object& key) {
  const KeySchema& schema = reading.table.key;
  const bool fits = HasAll(schema, key) && (!reading.index || HasAll(reading.index->key, key));
  if (!fits) return Invalid("The provided starting key is invalid");
  TL_TRY(const std::string place, KeyOfKey(schema, KeyAttributes(schema, key)));
  if (!reading.index) return place;
  TL_TRY(const std::string in_index, KeyInIndex(*reading.index, key));
  return in_index + place;
}

}  // namespace

Answer<Reading> ReadReading(Context& context, const json::Object& input,
                            const std::vector<std::string_view>& expressions) {
  Reading reading;
  TL_DO(CheckNotMixed(input, kOld, kNew));
  TL_TRY(reading.placeholders, Placeholders::Read(input, expressions));
  TL_DO(ReadExpressions(reading, input));
  TL_TRY(reading.table, UseTable(context, input.GetString("TableName")));
  reading.consistent = input.GetBool("ConsistentRead");
  TL_DO(ReadIndexOf(reading, input));
  TL_DO(CheckSelect(reading, input));
  TL_DO(CheckProjected(reading));
  reading.counts = input.GetString("Select") == "COUNT";
  reading.whole_items = reading.whole_items || input.GetString("Select") == "ALL_ATTRIBUTES";
  if (input.Has("Limit")) reading.limit = input.GetInt("Limit");
  return reading;
}

Answer<void> StartBehind(Reading& reading, json::Object start_key) {
  const auto normal = NormalizeAll(start_key);
  if (!normal) {
    return Invalid(fmt::format("The provided starting key is invalid: {}", normal.error().message));
  }
  TL_TRY(std::string place, PlaceOf(reading, start_key));
  if (place < reading.range.from || place >= reading.range.to) {
    return Invalid(
        "The provided starting key is outside query boundaries based on provided conditions");
  }
  if (reading.backward) {
    reading.range.to = std::move(place);
  } else {
    reading.range.from = std::move(place.append(1, '\0'));
  }
  return {};
}

}  // namespace trunkline::cloud::dynamodb
