// Resource policies of bots and aliases: whole documents, or single statements.
#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/records.h"

namespace trunkline::cloud::lexv2_models {
namespace {

Answer<void> CheckRevision(const Record& policy, const json::Object& input) {
  const std::string_view expected = input.GetString("expectedRevisionId");
  if (expected.empty() || expected == policy.body.GetString("revisionId")) return {};
  return ServiceError("PreconditionFailedException",
                      fmt::format("the policy's revision is '{}', not '{}'",
                                  policy.body.GetString("revisionId"), expected));
}

// Revisions have five digits at most (the model's RevisionId).
std::string NextRevision(const Record* before) {
  constexpr std::int64_t kMost = 99999;
  if (before == nullptr) return "1";
  return std::to_string(ToInt(before->body.GetString("revisionId")).value_or(0) % kMost + 1);
}

// A document whose statements can be read: one of them may stand alone, as in all policies.
Answer<void> CheckPolicy(const std::string& policy) {
  const Result<json::Value> parsed = json::Parse(policy);
  if (!parsed || !parsed->IsObject()) {
    return ServiceError("ValidationException",
                        fmt::format("expected the policy to be a JSON document: {}",
                                    parsed ? "it is no object" : parsed.error().message()));
  }
  const json::Value* statement = parsed->AsObject().Find("Statement");
  const auto is_object = [](const json::Value& one) { return one.IsObject(); };
  if (statement != nullptr &&
      (statement->IsObject() ||
       (statement->IsArray() && std::ranges::all_of(statement->AsArray(), is_object)))) {
    return {};
  }
  return ServiceError("ValidationException",
                      "expected the policy to have a 'Statement': an object, or a list of them");
}

Answer<> Keep(Context& context, const std::string& arn, std::string policy) {
  TL_DO(CheckPolicy(policy));
  const std::string revision =
      NextRevision(context.store.Find(context.RegionScope(), kPolicy, arn));
  json::Object body{{"resourceArn", arn}, {"policy", std::move(policy)}, {"revisionId", revision}};
  context.store.Put(context.RegionScope(), kPolicy,
                    {.id = arn, .parent = {}, .name = {}, .body = std::move(body)});
  return json::Object{{"resourceArn", arn}, {"revisionId", revision}};
}

Answer<> Forget(Context& context, const Record& policy) {
  json::Object answer{{"resourceArn", policy.id},
                      {"revisionId", policy.body.GetString("revisionId")}};
  context.store.Delete(context.RegionScope(), kPolicy, std::string(policy.id));
  return answer;
}

Answer<const Record*> Existing(Context& context, const std::string& arn) {
  const Record* policy = context.store.Find(context.RegionScope(), kPolicy, arn);
  if (policy != nullptr) return policy;
  return ServiceError("ResourceNotFoundException", fmt::format("'{}' has no resource policy", arn));
}

Answer<> CreateResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceArn")));
  if (context.store.Find(context.RegionScope(), kPolicy, arn) != nullptr) {
    return ServiceError("PreconditionFailedException",
                        fmt::format("'{}' has a resource policy already; update it", arn));
  }
  return Keep(context, arn, std::string(input.GetString("policy")));
}

Answer<> UpdateResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceArn")));
  TL_TRY(const Record* policy, Existing(context, arn));
  TL_DO(CheckRevision(*policy, input));
  return Keep(context, arn, std::string(input.GetString("policy")));
}

Answer<> DescribeResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceArn")));
  TL_TRY(const Record* policy, Existing(context, arn));
  return policy->body;
}

Answer<> DeleteResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceArn")));
  TL_TRY(const Record* policy, Existing(context, arn));
  TL_DO(CheckRevision(*policy, input));
  return Forget(context, *policy);
}

// The policy's document, or a new one, with a list of statements.
json::Object DocumentOf(const Record* policy) {
  json::Object document{{"Version", "2012-10-17"}, {"Statement", json::Array()}};
  if (policy == nullptr) return document;
  const Result<json::Value> parsed = json::Parse(policy->body.GetString("policy"));
  if (!parsed) return document;
  document = parsed->AsObject();
  if (json::Value& statement = document["Statement"]; statement.IsObject())
    statement = json::Array{statement};
  return document;
}

Answer<> KeepStatements(Context& context, const std::string& arn, json::Object document,
                        json::Array statements) {
  document.Set("Statement", std::move(statements));
  return Keep(context, arn, json::Write(document));
}

json::Object Statement(const std::string& arn, const json::Object& input) {
  json::Object principals;
  for (const json::Value& principal : input.GetArray("principal")) {
    const json::Object& one = principal.AsObject();
    if (one.Has("service")) principals.Set("Service", one.At("service"));
    if (one.Has("arn")) principals.Set("AWS", one.At("arn"));
  }
  json::Object statement{{"Sid", input.GetString("statementId")},
                         {"Effect", input.GetString("effect")},
                         {"Principal", std::move(principals)},
                         {"Action", input.GetArray("action")},
                         {"Resource", arn}};
  const json::Object& condition = input.GetObject("condition");
  if (!condition.empty()) statement.Set("Condition", condition);
  return statement;
}

Answer<> CreateResourcePolicyStatement(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceArn")));
  const Record* policy = context.store.Find(context.RegionScope(), kPolicy, arn);
  if (policy != nullptr) TL_DO(CheckRevision(*policy, input));
  json::Object document = DocumentOf(policy);
  json::Array statements = document.GetArray("Statement");
  const std::string_view sid = input.GetString("statementId");
  if (std::any_of(statements.begin(), statements.end(),
                  [&](const json::Value& one) { return one.AsObject().GetString("Sid") == sid; })) {
    return ServiceError("ConflictException", fmt::format("there is a statement '{}' already", sid));
  }
  statements.emplace_back(Statement(arn, input));
  return KeepStatements(context, arn, std::move(document), std::move(statements));
}

// With its last statement the policy is gone (the API's text).
Answer<> DeleteResourcePolicyStatement(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceArn")));
  TL_TRY(const Record* policy, Existing(context, arn));
  TL_DO(CheckRevision(*policy, input));
  json::Object document = DocumentOf(policy);
  json::Array statements = document.GetArray("Statement");
  const std::string_view sid = input.GetString("statementId");
  const auto gone = std::remove_if(
      statements.begin(), statements.end(),
      [&](const json::Value& one) { return one.AsObject().GetString("Sid") == sid; });
  if (gone == statements.end())
    return ServiceError("ResourceNotFoundException",
                        fmt::format("there is no statement '{}'", sid));
  statements.erase(gone, statements.end());
  if (statements.empty()) return Forget(context, *policy);
  return KeepStatements(context, arn, std::move(document), std::move(statements));
}

constexpr Operation kOperations[] = {
    {.name = "CreateResourcePolicy", .handle = CreateResourcePolicy},
    {.name = "CreateResourcePolicyStatement", .handle = CreateResourcePolicyStatement},
    {.name = "DeleteResourcePolicy", .handle = DeleteResourcePolicy},
    {.name = "DeleteResourcePolicyStatement", .handle = DeleteResourcePolicyStatement},
    {.name = "DescribeResourcePolicy", .handle = DescribeResourcePolicy},
    {.name = "UpdateResourcePolicy", .handle = UpdateResourcePolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
