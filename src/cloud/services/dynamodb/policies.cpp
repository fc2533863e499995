// Resource policies of tables. They are kept and enforced for calls (cloud/access).
#include <fmt/format.h>

#include "cloud/policy_document.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/policy.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kLargestPolicy = 20U << 10U;  // documented

ServiceError NoPolicy(std::string_view arn) {
  return {"PolicyNotFoundException",
          fmt::format("Resource-based policy not found for the provided ResourceArn: {}", arn)};
}

// NO_POLICY, or the revision that is expected.
Answer<void> CheckRevision(const Record& record, const json::Object& input) {
  const json::Value* expected = input.Find("ExpectedRevisionId");
  if (!expected) return {};
  const std::string_view now = record.body.GetString("PolicyRevision", "NO_POLICY");
  if (expected->AsString() == now) return {};
  return ServiceError("PolicyNotFoundException",
                      "Resource-based policy not found for the provided ResourceArn: Requested "
                      "update for policy with revision id " +
                          expected->AsString() + ", but the policy is another one.");
}

Answer<> PutResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindTableByArn(context, input.GetString("ResourceArn")));
  TL_DO(CheckRevision(record, input));
  TL_DO(SetPolicy(context, record, input.GetString("Policy")));
  json::Object output{{"RevisionId", record.body.At("PolicyRevision")}};
  PutTable(context, std::move(record));
  return output;
}

Answer<> GetResourcePolicy(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("ResourceArn");
  TL_TRY(const Record record, FindTableByArn(context, arn));
  if (!record.body.Has("Policy")) return NoPolicy(arn);
  return json::Object{{"Policy", record.body.At("Policy")},
                      {"RevisionId", record.body.At("PolicyRevision")}};
}

Answer<> DeleteResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindTableByArn(context, input.GetString("ResourceArn")));
  TL_DO(CheckRevision(record, input));
  json::Object output;
  output.SetIfNotEmpty("RevisionId", record.body.GetString("PolicyRevision"));
  record.body.Remove("Policy");
  record.body.Remove("PolicyRevision");
  PutTable(context, std::move(record));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteResourcePolicy", .handle = DeleteResourcePolicy},
    {.name = "GetResourcePolicy", .handle = GetResourcePolicy},
    {.name = "PutResourcePolicy", .handle = PutResourcePolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> SetPolicy(Context& context, Record& table, std::string_view document) {
  if (PolicySize(document) > kLargestPolicy)
    return Invalid("Resource-based policy size must not be greater than 20 KB");
  if (const auto problem = FindPolicyProblem(document, PolicyUse::kResource))
    return Invalid(fmt::format("Invalid policy document: {}", *problem));
  if (table.body.GetString("Policy") == document) return {};
  table.body.Set("Policy", document);
  table.body.Set("PolicyRevision", std::to_string(context.Now().time_since_epoch().count()) +
                                       NewToken(context.random, 6, "0123456789"));
  return {};
}

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
