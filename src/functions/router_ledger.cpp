#include "functions/router_ledger.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "functions/attributes.h"
#include "functions/router_decision.h"

namespace trunkline::functions::router {
namespace {

constexpr std::string_view kTaken = "ConditionalCheckFailedException";

std::string RowId(const std::string& key) {
  return "push#" + key;
}

bool IsTaken(const Result<json::Object>& output) {
  return !output && output.error().code() == kTaken;
}

}  // namespace

net::aw<Result<json::Object>> Ledger::Ask(std::string operation, json::Object input) const {
  const std::string& table = session_.settings().ledger_table;
  input.Set("TableName", table);
  Result<json::Object> output =
      co_await session_.Call("dynamodb", std::move(operation), std::move(input));
  if (output || output.error().code() == kTaken) co_return output;
  const Error error = std::move(output).error();
  co_return Error(error.kind(), "the delivery ledger '{}' cannot be used: {}", table,
                  error.message())
      .WithCode(error.code());
}

net::aw<Result<json::Object>> Ledger::ReadItem(std::string id) const {
  json::Object key{{"id", TextAttribute(id)}};
  json::Object input{{"Key", std::move(key)}, {"ConsistentRead", true}};
  TL_CO_TRY(const json::Object output, co_await Ask("GetItem", std::move(input)));
  co_return output.GetObject("Item");
}

json::Object Ledger::Row(const std::string& key, const std::string& delivery,
                         std::string_view state) const {
  const auto expires =
      std::chrono::floor<std::chrono::seconds>(session_.clock().Now() + kLedgerTime)
          .time_since_epoch();
  return json::Object{{"id", TextAttribute(RowId(key))},
                      {"state", TextAttribute(state)},
                      {"delivery", TextAttribute(delivery)},
                      {"expires", NumberAttribute(expires.count())}};
}

net::aw<Result<Entry>> Ledger::Begin(std::string key, std::string delivery) const {
  json::Object input{{"Item", Row(key, delivery, "routing")},
                     {"ConditionExpression", "attribute_not_exists(id)"}};
  const Result<json::Object> begun = co_await Ask("PutItem", std::move(input));
  if (begun) co_return Entry();
  if (!IsTaken(begun)) co_return begun.error();
  TL_CO_TRY(const json::Object item, co_await ReadItem(RowId(key)));
  Entry entry;
  const Result<json::Value> answer = json::Parse(TextOf(item, "answer"));
  entry.done = TextOf(item, "state") == "done" && answer && answer->IsObject();
  if (entry.done) entry.answer = answer->AsObject();
  co_return entry;
}

net::aw<Result<void>> Ledger::Finish(std::string key, std::string delivery,
                                     json::Object answer) const {
  json::Object row = Row(key, delivery, "done");
  row.Set("answer", TextAttribute(json::Write(std::move(answer))));
  json::Object input{{"Item", std::move(row)}};
  TL_CO_DO(co_await Ask("PutItem", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<BranchRecord>> Ledger::ReadBranch(std::string branch) const {
  TL_CO_TRY(const json::Object item, co_await ReadItem(BranchId(branch)));
  co_return BranchOf(branch, item);
}

net::aw<Result<bool>> Ledger::WriteBranch(BranchRecord& record) const {
  const std::int64_t seen = record.version;
  BranchRecord next = record;
  next.version = seen + 1;
  json::Object input{{"Item", ToItem(next)}, {"ConditionExpression", "attribute_not_exists(id)"}};
  if (seen > 0) {
    input.Set("ConditionExpression", "version = :seen");
    input.Set("ExpressionAttributeValues", json::Object{{":seen", NumberAttribute(seen)}});
  }
  const Result<json::Object> written = co_await Ask("PutItem", std::move(input));
  if (IsTaken(written)) co_return false;
  if (!written) co_return written.error();
  record = std::move(next);
  co_return true;
}

}  // namespace trunkline::functions::router
