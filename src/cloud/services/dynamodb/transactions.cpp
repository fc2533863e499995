// TransactGetItems and TransactWriteItems: all of it, or the reasons why not, one for each part.
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/get.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/write.h"

namespace trunkline::cloud::dynamodb {
namespace {

// A client token: id = token, name = when it was used (to find the old ones), body: Hash.
constexpr Kind kToken{"dynamodb", "transaction-token"};
constexpr Milliseconds kTokenLife = std::chrono::minutes(10);  // documented

struct Part {
  std::string_view member;
  WriteKind kind;
};
constexpr Part kParts[] = {{"ConditionCheck", WriteKind::kCheck},
                           {"Delete", WriteKind::kDelete},
                           {"Put", WriteKind::kPut},
                           {"Update", WriteKind::kUpdate}};

Answer<Write> ReadPart(Context& context, const json::Object& item) {
  if (item.size() != 1)
    return Invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  for (const Part& part : kParts)
    if (item.Has(part.member)) return PrepareWrite(context, part.kind, item.GetObject(part.member));
  return Invalid(
      "Invalid Request: TransactWriteRequest should contain Delete or Put or Update "
      "request");
}

Answer<std::vector<Write>> ReadParts(Context& context, const json::Object& input) {
  std::vector<Write> writes;
  std::set<std::string> seen;
  for (const json::Value& item : input.GetArray("TransactItems")) {
    TL_TRY(Write write, ReadPart(context, item.AsObject()));
    if (!seen.insert(write.table.id + write.key).second)
      return Invalid("Transaction request cannot include multiple operations on one item");
    writes.push_back(std::move(write));
  }
  return writes;
}

std::string TimeName(TimePoint time) {
  return fmt::format("{:015}", time.time_since_epoch().count());
}

void ForgetOldTokens(Context& context) {
  std::vector<std::string> old;
  const std::string oldest = TimeName(context.Now() - kTokenLife);
  context.store.Scan(context.RegionScope(), kToken, {}, {}, [&](const Record& record) {
    if (record.name >= oldest) return false;
    old.push_back(record.id);
    return true;
  });
  for (const std::string& id : old) context.store.Delete(context.RegionScope(), kToken, id);
}

// True: it was done before, and is not done again.
Answer<bool> IsRepeated(Context& context, const json::Object& input) {
  const std::string token(input.GetString("ClientRequestToken"));
  if (token.empty()) return false;
  ForgetOldTokens(context);
  const std::string hash = ToHex(Sha256(json::WriteSorted(input.At("TransactItems"))));
  const Record* used = context.store.Find(context.RegionScope(), kToken, token);
  if (used && used->body.GetString("Hash") == hash) return true;
  if (used) {
    return ServiceError("IdempotentParameterMismatchException",
                        "The request uses the same client token as a previous, but non-identical "
                        "request. Do not reuse a client token with different requests, unless the "
                        "requests are identical");
  }
  context.store.Put(
      context.RegionScope(), kToken,
      {.id = token, .parent = {}, .name = TimeName(context.Now()), .body = {{"Hash", hash}}});
  return false;
}

json::Object Reason(const ServiceError& error) {
  const bool condition = error.code == "ConditionalCheckFailedException";
  json::Object reason{{"Code", condition ? "ConditionalCheckFailed" : "ValidationError"},
                      {"Message", error.message}};
  if (const json::Value* item = error.members.Find("Item")) reason.Set("Item", *item);
  return reason;
}

ServiceError Cancelled(json::Array reasons) {
  std::vector<std::string> codes;
  for (const json::Value& reason : reasons) codes.emplace_back(reason.AsObject().GetString("Code"));
  return {"TransactionCanceledException",
          fmt::format("Transaction cancelled, please refer cancellation reasons for specific "
                      "reasons [{}]",
                      Join(codes, ", ")),
          json::Object{{"CancellationReasons", std::move(reasons)}}};
}

// Per table, twice what the same would have used alone.
void ReportTables(json::Object& output, const json::Object& input,
                  const std::map<std::string, Consumed>& tables, std::string_view kind) {
  if (!WantsCapacity(input)) return;
  json::Array all;
  for (const auto& [name, consumed] : tables)
    all.emplace_back(Shown(consumed, input.GetString("ReturnConsumedCapacity"), kind));
  output.Set("ConsumedCapacity", std::move(all));
}

void AddTwice(std::map<std::string, Consumed>& tables, const Consumed& consumed) {
  tables[consumed.table].Add(consumed);
  tables[consumed.table].Add(consumed);
}

Answer<> TransactWriteItems(Context& context, const json::Object& input) {
  TL_TRY(const std::vector<Write> writes, ReadParts(context, input));
  TL_TRY(const bool repeated, IsRepeated(context, input));
  json::Object output;
  if (repeated) return output;
  json::Array reasons;
  bool cancelled = false;
  std::map<std::string, Consumed> tables;
  for (const Write& write : writes) {
    const auto written = PerformWrite(context, write);
    reasons.emplace_back(written ? json::Object{{"Code", "None"}} : Reason(written.error()));
    cancelled = cancelled || !written;
    if (written) AddTwice(tables, written->consumed);
  }
  if (cancelled) return Cancelled(std::move(reasons));
  ReportTables(output, input, tables, "WriteCapacityUnits");
  return output;
}

Answer<> TransactGetItems(Context& context, const json::Object& input) {
  std::vector<Get> gets;
  for (const json::Value& item : input.GetArray("TransactItems")) {
    TL_TRY(Get get, PrepareGet(context, item.AsObject().GetObject("Get")));
    get.selection.consistent = true;
    gets.push_back(std::move(get));
  }
  json::Array responses;
  std::map<std::string, Consumed> tables;
  for (const Get& get : gets) {
    Got got = PerformGet(context, get);
    json::Object response;
    if (got.item) response.Set("Item", std::move(*got.item));
    responses.emplace_back(std::move(response));
    AddTwice(tables, got.consumed);
  }
  json::Object output{{"Responses", std::move(responses)}};
  ReportTables(output, input, tables, "ReadCapacityUnits");
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "TransactGetItems", .handle = TransactGetItems},
    {.name = "TransactWriteItems", .handle = TransactWriteItems},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTransactionOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
