#include "cloud/services/dynamodb/write.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/apply.h"
#include "cloud/services/dynamodb/expressions/evaluate.h"
#include "cloud/services/dynamodb/expressions/parse.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/legacy.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::array<std::string_view, 3> kOld = {"AttributeUpdates", "Expected",
                                                  "ConditionalOperator"};
constexpr std::array<std::string_view, 2> kNew = {"UpdateExpression", "ConditionExpression"};

// An object that an optional map of the input is, and has something.
const json::Object* FindMap(const json::Object& input, std::string_view name) {
  const json::Value* value = input.Find(name);
  return value && !value->AsObject().empty() ? &value->AsObject() : nullptr;
}

Answer<void> ReadExpressions(Write& write, const json::Object& input) {
  std::vector<std::string_view> parameters;
  if (write.kind == WriteKind::kUpdate) parameters.emplace_back("UpdateExpression");
  parameters.emplace_back("ConditionExpression");
  TL_DO(CheckNotMixed(input, kOld, kNew));
  TL_TRY(write.placeholders, Placeholders::Read(input, parameters));
  if (const json::Value* text = input.Find("UpdateExpression")) {
    TL_TRY(write.update, ParseUpdate(text->AsString(), write.placeholders));
  } else if (const json::Object* updates = FindMap(input, "AttributeUpdates")) {
    TL_TRY(write.update, ReadAttributeUpdates(*updates, write.placeholders));
  }
  if (const json::Value* text = input.Find("ConditionExpression")) {
    TL_TRY(write.condition,
           ParseCondition("ConditionExpression", text->AsString(), write.placeholders));
  } else if (FindMap(input, "Expected")) {
    TL_TRY(write.condition, ReadExpected(input, write.placeholders));
  }
  return write.placeholders.CheckAllUsed();
}

Answer<void> CheckUpdated(const Write& write) {
  for (const Action& action : write.update) {
    const std::string& name = action.path.front().name;
    if (!write.table.key.Has(name)) continue;
    return InvalidValues(
        fmt::format("Cannot update attribute {}. This attribute is part of the key", name));
  }
  return {};
}

// An item that is put must fit into the indexes, which is found out before any condition.
Answer<void> CheckPut(const Write& write) {
  for (const Index& index : write.table.indexes) {
    TL_DO(KeyInIndex(index, write.given));
  }
  if (SizeOf(write.given) <= kLargestItem) return {};
  return Invalid("Item size has exceeded the maximum allowed size");
}

ServiceError Unmet(const Write& write, const json::Object* before) {
  json::Object members;
  if (write.tells_item && before) members.Set("Item", *before);
  return ConditionFailed(std::move(members));
}

Consumed ConsumedBy(const Write& write, const Written& written,
                    const std::vector<std::string>& indexes) {
  const std::size_t size = std::max(written.before ? SizeOf(*written.before) : 0,
                                    written.after ? SizeOf(*written.after) : 0);
  Consumed consumed{
      .table = write.table.name, .units = WriteUnits(size), .local = {}, .global = {}};
  for (const std::string& name : indexes)
    consumed.AddIndex(*write.table.FindIndex(name), WriteUnits(size));
  return consumed;
}

Answer<std::optional<json::Object>> MakeAfter(const Write& write, const Written& written) {
  if (write.kind == WriteKind::kDelete) return std::optional<json::Object>();
  if (write.kind == WriteKind::kPut) return std::optional<json::Object>(write.given);
  json::Object item = written.before ? *written.before : write.given;
  TL_DO(Apply(write.update, item));
  if (SizeOf(item) > kLargestItem)
    return Invalid("Item size to update has exceeded the maximum allowed size");
  return std::optional<json::Object>(std::move(item));
}

}  // namespace

Answer<Write> PrepareWrite(Context& context, WriteKind kind, const json::Object& input) {
  const bool puts = kind == WriteKind::kPut;
  Write write{.kind = kind,
              .table = {},
              .key = {},
              .given = input.GetObject(puts ? "Item" : "Key"),
              .placeholders = {},
              .condition = {},
              .update = {}};
  TL_DO(ReadExpressions(write, input));
  TL_DO(NormalizeAll(write.given));
  TL_TRY(write.table, UseTable(context, input.GetString("TableName")));
  TL_TRY(write.key,
         puts ? KeyOfItem(write.table.key, write.given) : KeyOfKey(write.table.key, write.given));
  TL_DO(puts ? CheckPut(write) : CheckUpdated(write));
  write.tells_item = input.GetString("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
  return write;
}

Answer<Written> PerformWrite(Context& context, const Write& write) {
  Written written;
  if (const Record* record = FindItem(context, write.table, write.key))
    written.before = ItemView(*record).get();
  const json::Object* before = written.before ? &*written.before : nullptr;
  const json::Object nothing;
  if (write.condition && !Holds(*write.condition, before ? *before : nothing))
    return Unmet(write, before);
  std::vector<std::string> indexes;
  if (write.kind != WriteKind::kCheck) {
    TL_TRY(written.after, MakeAfter(write, written));
    TL_TRY(indexes, SaveItem(context, write.table, write.key, before,
                             written.after ? &*written.after : nullptr));
  }
  written.consumed = ConsumedBy(write, written, indexes);
  return written;
}

}  // namespace trunkline::cloud::dynamodb
