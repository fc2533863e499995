// GetItem, PutItem, UpdateItem, DeleteItem.
#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/parse.h"
#include "cloud/services/dynamodb/expressions/project.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/get.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/write.h"

namespace trunkline::cloud::dynamodb {
namespace {

Answer<> GetItem(Context& context, const json::Object& input) {
  TL_TRY(const Get get, PrepareGet(context, input));
  const Got got = PerformGet(context, get);
  json::Object output;
  if (got.item) output.Set("Item", *got.item);
  Report(output, input, got.consumed);
  return output;
}

Answer<void> CheckOldOrNone(const json::Object& input) {
  const std::string_view asked = input.GetString("ReturnValues", "NONE");
  if (asked == "NONE" || asked == "ALL_OLD") return {};
  return Invalid("ReturnValues can only be ALL_OLD or NONE");
}

// Tables with local indexes tell how large the items of one partition key have become: never more
// than a gigabyte here.
void ReportCollection(json::Object& output, const json::Object& input, const Write& write) {
  if (input.GetString("ReturnItemCollectionMetrics") != "SIZE") return;
  bool local = false;
  for (const Index& index : write.table.indexes) local = local || !index.global;
  if (!local) return;
  const std::string& hash = write.table.key.hash.name;
  json::Object key;
  key.Set(hash, write.given.At(hash));
  output.Set("ItemCollectionMetrics", json::Object{{"ItemCollectionKey", std::move(key)},
                                                   {"SizeEstimateRangeGB", json::Array{0.0, 1.0}}});
}

Answer<> Finish(const json::Object& input, const Write& write, const Written& written,
                json::Object attributes) {
  json::Object output;
  if (!attributes.empty()) output.Set("Attributes", std::move(attributes));
  Report(output, input, written.consumed);
  ReportCollection(output, input, write);
  return output;
}

Answer<> ReplaceItem(Context& context, WriteKind kind, const json::Object& input) {
  TL_DO(CheckOldOrNone(input));
  TL_TRY(const Write write, PrepareWrite(context, kind, input));
  TL_TRY(Written written, PerformWrite(context, write));
  const bool old = input.GetString("ReturnValues") == "ALL_OLD" && written.before;
  return Finish(input, write, written, old ? *written.before : json::Object());
}

Answer<> PutItem(Context& context, const json::Object& input) {
  return ReplaceItem(context, WriteKind::kPut, input);
}

Answer<> DeleteItem(Context& context, const json::Object& input) {
  return ReplaceItem(context, WriteKind::kDelete, input);
}

json::Object UpdatedAttributes(std::string_view asked, const Write& write, const Written& written) {
  const std::optional<json::Object>& item =
      asked.ends_with("_OLD") ? written.before : written.after;
  if (!item || asked == "NONE") return {};
  if (asked.starts_with("ALL_")) return *item;
  std::vector<Path> paths;
  for (const Action& action : write.update) paths.push_back(action.path);
  return paths.empty() ? json::Object() : Project(*item, paths);
}

Answer<> UpdateItem(Context& context, const json::Object& input) {
  TL_TRY(const Write write, PrepareWrite(context, WriteKind::kUpdate, input));
  TL_TRY(const Written written, PerformWrite(context, write));
  const std::string_view asked = input.GetString("ReturnValues", "NONE");
  return Finish(input, write, written, UpdatedAttributes(asked, write, written));
}

constexpr Operation kOperations[] = {
    {.name = "DeleteItem", .handle = DeleteItem},
    {.name = "GetItem", .handle = GetItem},
    {.name = "PutItem", .handle = PutItem},
    {.name = "UpdateItem", .handle = UpdateItem},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kItemOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
