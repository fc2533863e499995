// BatchGetItem and BatchWriteItem. Everything is done at once: nothing is ever left unprocessed but
// what would make an answer larger than 16 megabytes.
#include <set>

#include <fmt/format.h>

#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/get.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"
#include "cloud/services/dynamodb/write.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kMostGets = 100;
constexpr std::size_t kMostWrites = 25;
constexpr std::size_t kLargestAnswer = 16UL << 20U;

ServiceError TooMany(std::string_view operation) {
  return Invalid(fmt::format("Too many items requested for the {} call", operation));
}

ServiceError Twice() {
  return Invalid("Provided list of item keys contains duplicates");
}

void ReportAll(json::Object& output, const json::Object& input,
               const std::vector<Consumed>& consumed) {
  if (!WantsCapacity(input)) return;
  json::Array all;
  for (const Consumed& one : consumed)
    all.emplace_back(Shown(one, input.GetString("ReturnConsumedCapacity")));
  output.Set("ConsumedCapacity", std::move(all));
}

// What is asked of one table.
struct TableGets {
  std::string name;  // as the request has it
  const json::Object* request;
  Selection selection;
  std::vector<std::string> keys;
};

Answer<TableGets> ReadGets(Context& context, const json::Member& asked) {
  TableGets gets{
      .name = asked.key, .request = &asked.value.AsObject(), .selection = {}, .keys = {}};
  TL_TRY(gets.selection, ReadSelection(context, asked.key, *gets.request));
  std::set<std::string> seen;
  for (const json::Value& given : gets.request->GetArray("Keys")) {
    TL_TRY(std::string key, ReadKey(gets.selection.table, given.AsObject()));
    if (!seen.insert(key).second) return Twice();
    gets.keys.push_back(std::move(key));
  }
  return gets;
}

class BatchReader {
 public:
  explicit BatchReader(Context& context) : context_(context) {}

  void Read(const TableGets& gets) {
    json::Array items;
    json::Array left;
    Consumed consumed{.table = gets.selection.table.name, .units = 0, .local = {}, .global = {}};
    for (std::size_t i = 0; i < gets.keys.size(); ++i) {
      if (bytes_ > kLargestAnswer) {
        left.push_back(gets.request->GetArray("Keys")[i]);
        continue;
      }
      Got got = PerformGet(context_, gets.selection, gets.keys[i]);
      consumed.Add(got.consumed);
      if (!got.item) continue;
      bytes_ += SizeOf(*got.item);
      items.emplace_back(std::move(*got.item));
    }
    responses_.Set(gets.name, std::move(items));
    consumed_.push_back(std::move(consumed));
    if (left.empty()) return;
    json::Object again = *gets.request;
    again.Set("Keys", std::move(left));
    unprocessed_.Set(gets.name, std::move(again));
  }

  json::Object Finish(const json::Object& input) && {
    json::Object output{{"Responses", std::move(responses_)},
                        {"UnprocessedKeys", std::move(unprocessed_)}};
    ReportAll(output, input, consumed_);
    return output;
  }

 private:
  Context& context_;
  std::size_t bytes_ = 0;
  json::Object responses_;
  json::Object unprocessed_;
  std::vector<Consumed> consumed_;
};

Answer<> BatchGetItem(Context& context, const json::Object& input) {
  std::size_t count = 0;
  std::vector<TableGets> all;
  for (const json::Member& asked : input.GetObject("RequestItems"))
    count += asked.value.AsObject().GetArray("Keys").size();
  if (count > kMostGets) return TooMany("BatchGetItem");
  for (const json::Member& asked : input.GetObject("RequestItems")) {
    TL_TRY(TableGets gets, ReadGets(context, asked));
    all.push_back(std::move(gets));
  }
  BatchReader reader(context);
  for (const TableGets& gets : all) reader.Read(gets);
  return std::move(reader).Finish(input);
}

Answer<Write> ReadWrite(Context& context, const std::string& table, const json::Object& request) {
  const bool puts = request.Has("PutRequest");
  if (puts == request.Has("DeleteRequest")) {
    return Invalid(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
        "supported datatypes");
  }
  json::Object input = request.GetObject(puts ? "PutRequest" : "DeleteRequest");
  input.Set("TableName", table);
  auto write = PrepareWrite(context, puts ? WriteKind::kPut : WriteKind::kDelete, input);
  if (write || (write.error().message.find("Missing the key") == std::string::npos)) return write;
  // Seen: here it is not said which key is missing.
  return Invalid("The provided key element does not match the schema");
}

Answer<std::vector<Write>> ReadWrites(Context& context, const json::Object& input) {
  std::vector<Write> writes;
  std::set<std::string> seen;
  for (const json::Member& table : input.GetObject("RequestItems")) {
    for (const json::Value& request : table.value.AsArray()) {
      if (writes.size() == kMostWrites) return TooMany("BatchWriteItem");
      TL_TRY(Write write, ReadWrite(context, table.key, request.AsObject()));
      if (!seen.insert(write.table.id + write.key).second) return Twice();
      writes.push_back(std::move(write));
    }
  }
  return writes;
}

Answer<> BatchWriteItem(Context& context, const json::Object& input) {
  TL_TRY(const std::vector<Write> writes, ReadWrites(context, input));
  std::vector<Consumed> consumed;
  for (const Write& write : writes) {
    TL_TRY(const Written written, PerformWrite(context, write));
    if (consumed.empty() || consumed.back().table != write.table.name) consumed.emplace_back();
    consumed.back().Add(written.consumed);
  }
  json::Object output{{"UnprocessedItems", json::Object()}};
  ReportAll(output, input, consumed);
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "BatchGetItem", .handle = BatchGetItem},
    {.name = "BatchWriteItem", .handle = BatchWriteItem},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kBatchOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
