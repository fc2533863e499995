// Query and Scan.
#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/parse.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/legacy.h"
#include "cloud/services/dynamodb/read_page.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

Answer<void> CheckNoKeys(const Node& node, const KeySchema& schema) {
  if (node.kind == Node::Kind::kPath && schema.Has(node.path.front().name)) {
    return Invalid(
        fmt::format("Filter Expression can only contain non-primary key attributes: Primary key "
                    "attribute: {}",
                    node.path.front().name));
  }
  for (const Node& child : node.children) TL_DO(CheckNoKeys(child, schema));
  return {};
}

Answer<Node> ReadKeyConditions(const json::Object& input, Placeholders& placeholders) {
  if (const json::Value* text = input.Find("KeyConditionExpression"))
    return ParseCondition("KeyConditionExpression", text->AsString(), placeholders);
  return ReadConditions(input.GetObject("KeyConditions"), "AND", placeholders);
}

Answer<> Query(Context& context, const json::Object& input) {
  if (!input.Has("KeyConditionExpression") && input.GetObject("KeyConditions").empty()) {
    return Invalid(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
        "request.");
  }
  TL_TRY(Reading reading,
         ReadReading(context, input,
                     {"FilterExpression", "KeyConditionExpression", "ProjectionExpression"}));
  TL_TRY(const Node condition, ReadKeyConditions(input, reading.placeholders));
  TL_DO(reading.placeholders.CheckAllUsed());
  TL_TRY(reading.range, ReadKeyCondition(condition, reading.key()));
  if (reading.filter) TL_DO(CheckNoKeys(*reading.filter, reading.key()));
  reading.backward = !input.GetBool("ScanIndexForward", true);
  if (input.Has("ExclusiveStartKey"))
    TL_DO(StartBehind(reading, input.GetObject("ExclusiveStartKey")));
  return ReadPage(context, reading, input);
}

Answer<KeyRange> ReadSegment(const json::Object& input) {
  constexpr std::string_view kMissing =
      "The {} parameter is required but was not present in the request when {} parameter is "
      "present";
  const bool has_segment = input.Has("Segment");
  const bool has_total = input.Has("TotalSegments");
  if (has_total && !has_segment)
    return Invalid(fmt::format(fmt::runtime(kMissing), "Segment", "TotalSegments"));
  if (has_segment && !has_total)
    return Invalid(fmt::format(fmt::runtime(kMissing), "TotalSegments", "Segment"));
  const std::int64_t segment = input.GetInt("Segment", 0);
  const std::int64_t total = input.GetInt("TotalSegments", 1);
  if (segment < total) return SegmentRange(segment, total);
  return Invalid(
      fmt::format("The Segment parameter is zero-based and must be less than parameter "
                  "TotalSegments: Segment: {} is not less than TotalSegments: {}",
                  segment, total));
}

Answer<> Scan(Context& context, const json::Object& input) {
  TL_TRY(KeyRange range, ReadSegment(input));
  TL_TRY(Reading reading,
         ReadReading(context, input, {"FilterExpression", "ProjectionExpression"}));
  TL_DO(reading.placeholders.CheckAllUsed());
  reading.range = std::move(range);
  if (input.Has("ExclusiveStartKey"))
    TL_DO(StartBehind(reading, input.GetObject("ExclusiveStartKey")));
  return ReadPage(context, reading, input);
}

constexpr Operation kOperations[] = {
    {.name = "Query", .handle = Query},
    {.name = "Scan", .handle = Scan},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kReadOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
