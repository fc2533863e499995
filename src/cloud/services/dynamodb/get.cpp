#include "cloud/services/dynamodb/get.h"

#include <array>

#include "cloud/services/dynamodb/expressions/parse.h"
#include "cloud/services/dynamodb/expressions/project.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/legacy.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {

Answer<Selection> ReadSelection(Context& context, std::string_view table,
                                const json::Object& input) {
  constexpr std::array<std::string_view, 1> kOld = {"AttributesToGet"};
  constexpr std::array<std::string_view, 1> kNew = {"ProjectionExpression"};
  TL_DO(CheckNotMixed(input, kOld, kNew));
  TL_TRY(Placeholders placeholders, Placeholders::Read(input, {"ProjectionExpression"}));
  Selection selection{
      .table = {}, .paths = {}, .consistent = input.GetBool("ConsistentRead", false)};
  if (const json::Value* text = input.Find("ProjectionExpression")) {
    TL_TRY(selection.paths, ParseProjection(text->AsString(), placeholders));
  } else {
    selection.paths = ReadAttributesToGet(input.GetArray("AttributesToGet"));
  }
  TL_DO(placeholders.CheckAllUsed());
  TL_TRY(selection.table, UseTable(context, table));
  return selection;
}

Answer<std::string> ReadKey(const Table& table, json::Object key) {
  TL_DO(NormalizeAll(key));
  return KeyOfKey(table.key, key);
}

Answer<Get> PrepareGet(Context& context, const json::Object& input) {
  Get get;
  TL_TRY(get.selection, ReadSelection(context, input.GetString("TableName"), input));
  TL_TRY(get.key, ReadKey(get.selection.table, input.GetObject("Key")));
  return get;
}

Got PerformGet(Context& context, const Selection& selection, const std::string& key) {
  Got got{.item = {},
          .consumed = {.table = selection.table.name, .units = 0, .local = {}, .global = {}}};
  const Record* record = FindItem(context, selection.table, key);
  got.consumed.units = ReadUnits(record ? StoredSize(*record) : 0, selection.consistent);
  if (!record) return got;
  const ItemView item(*record);
  got.item = selection.paths.empty() ? item.get() : Project(item.get(), selection.paths);
  return got;
}

Got PerformGet(Context& context, const Get& get) {
  return PerformGet(context, get.selection, get.key);
}

}  // namespace trunkline::cloud::dynamodb
