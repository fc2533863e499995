#include "cloud/services/dynamodb/table.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::string_view kTablePrefix = "table/";

bool IsName(std::string_view name) {
  return name.size() >= 3 && name.size() <= 255 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '-' || c == '.';
         });
}

Index ReadIndex(const json::Object& shown, const json::Array& definitions, bool global) {
  const json::Object& projection = shown.GetObject("Projection");
  Index index{.name = std::string(shown.GetString("IndexName")),
              .key = ReadKeySchema(shown.GetArray("KeySchema"), definitions),
              .projection = std::string(projection.GetString("ProjectionType")),
              .attributes = {},
              .global = global};
  for (const json::Value& name : projection.GetArray("NonKeyAttributes"))
    index.attributes.push_back(name.AsString());
  const std::string_view status = shown.GetString("IndexStatus", "ACTIVE");
  index.ready = status == "ACTIVE" || status == "UPDATING";
  return index;
}

}  // namespace

const Index* Table::FindIndex(std::string_view index) const {
  const auto found = std::ranges::find(indexes, index, &Index::name);
  return found == indexes.end() ? nullptr : &*found;
}

KeySchema ReadKeySchema(const json::Array& schema, const json::Array& definitions) {
  KeySchema key;
  for (const json::Value& element : schema) {
    KeyPart part{.name = std::string(element.AsObject().GetString("AttributeName")), .type = {}};
    for (const json::Value& definition : definitions) {
      if (definition.AsObject().GetString("AttributeName") == part.name)
        part.type = definition.AsObject().GetString("AttributeType");
    }
    if (element.AsObject().GetString("KeyType") == "HASH") {
      key.hash = std::move(part);
    } else {
      key.range = std::move(part);
    }
  }
  return key;
}

Table ReadTable(const Record& record) {
  const json::Object& shown = record.body.GetObject("Shown");
  const json::Array& definitions = shown.GetArray("AttributeDefinitions");
  Table table{.id = std::string(shown.GetString("TableId")),
              .name = record.id,
              .arn = std::string(shown.GetString("TableArn")),
              .key = ReadKeySchema(shown.GetArray("KeySchema"), definitions),
              .indexes = {},
              .expiry = {},
              .stream = {},
              .stream_view = {}};
  for (const json::Value& index : shown.GetArray("LocalSecondaryIndexes"))
    table.indexes.push_back(ReadIndex(index.AsObject(), definitions, false));
  for (const json::Value& index : shown.GetArray("GlobalSecondaryIndexes"))
    table.indexes.push_back(ReadIndex(index.AsObject(), definitions, true));
  const json::Object& expiry = record.body.GetObject("TimeToLive");
  if (expiry.GetString("TimeToLiveStatus").starts_with("ENABL"))
    table.expiry = expiry.GetString("AttributeName");
  const json::Object& stream = shown.GetObject("StreamSpecification");
  if (!stream.GetBool("StreamEnabled")) return table;
  table.stream = shown.GetString("LatestStreamArn");
  table.stream_view = stream.GetString("StreamViewType");
  return table;
}

Answer<std::string> NameOf(const Context& context, std::string_view name_or_arn) {
  std::string_view name = name_or_arn;
  const auto arn = ParseArn(name_or_arn);
  if (arn) {
    if (!arn->resource.starts_with(kTablePrefix))
      return Invalid(fmt::format("Invalid table ARN: {}", name_or_arn));
    if (arn->account != context.caller.account || arn->region != context.region)
      return NoResource();
    name = std::string_view(arn->resource).substr(kTablePrefix.size());
  }
  if (IsName(name)) return std::string(name);
  return Invalid(
      "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and "
      "may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'");
}

Answer<Record> FindTable(Context& context, const json::Object& input) {
  TL_TRY(const std::string name, NameOf(context, input.GetString("TableName")));
  const Record* record = context.store.Find(context.RegionScope(), kTable, name);
  if (!record) return NoTable(name);
  return *record;
}

Answer<Table> UseTable(Context& context, std::string_view name_or_arn) {
  TL_TRY(const std::string name, NameOf(context, name_or_arn));
  const Record* record = context.store.Find(context.RegionScope(), kTable, name);
  if (!record) return NoResource();
  const std::string_view status = record->body.GetObject("Shown").GetString("TableStatus");
  if (status == "CREATING" || status == "DELETING") return NoResource();
  return ReadTable(*record);
}

Answer<Record> FindTableByArn(Context& context, std::string_view arn) {
  const auto parsed = ParseArn(arn);
  if (!parsed || parsed->service != "dynamodb" || !parsed->resource.starts_with(kTablePrefix))
    return Invalid(fmt::format("Invalid TableArn: Invalid ResourceArn provided as input {}", arn));
  TL_TRY(const std::string name, NameOf(context, arn));
  const Record* record = context.store.Find(context.RegionScope(), kTable, name);
  if (record) return *record;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Requested resource not found: ResourcArn: {} not found", arn));
}

void PutTable(Context& context, Record record) {
  context.store.Put(context.RegionScope(), kTable, std::move(record));
}

}  // namespace trunkline::cloud::dynamodb
