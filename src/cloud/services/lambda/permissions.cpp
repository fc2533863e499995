// Resource policies: who else may invoke a function, one policy for each qualifier.
#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kPolicyLimit = 20480;  // bytes of one policy (Lambda quotas)

// The unqualified function's statements stand under "".
std::string PolicyKey(const Name& name) {
  return name.qualifier == kLatest ? std::string() : name.qualifier;
}

json::Value Principal(std::string_view principal) {
  if (principal == "*") return "*";
  if (principal.find('.') != std::string_view::npos &&
      principal.find(':') == std::string_view::npos) {
    return json::Object{{"Service", principal}};
  }
  if (ToInt(principal))
    return json::Object{{"AWS", fmt::format("arn:aws:iam::{}:root", principal)}};
  return json::Object{{"AWS", principal}};
}

json::Object Statement(const Context& context, const Name& name, const json::Object& input) {
  json::Object statement{{"Sid", input.GetString("StatementId")},
                         {"Effect", "Allow"},
                         {"Principal", Principal(input.GetString("Principal"))},
                         {"Action", input.GetString("Action")},
                         {"Resource", FunctionArn(context, name.function, PolicyKey(name))}};
  json::Object condition;
  if (input.Has("SourceAccount")) {
    condition.Set("StringEquals",
                  json::Object{{"AWS:SourceAccount", input.GetString("SourceAccount")}});
  }
  if (input.Has("SourceArn"))
    condition.Set("ArnLike", json::Object{{"AWS:SourceArn", input.GetString("SourceArn")}});
  if (input.Has("PrincipalOrgID")) {
    condition["StringEquals"];
    json::Object equals = condition.GetObject("StringEquals");
    equals.Set("aws:PrincipalOrgID", input.GetString("PrincipalOrgID"));
    condition.Set("StringEquals", std::move(equals));
  }
  if (!condition.empty()) statement.Set("Condition", std::move(condition));
  return statement;
}

json::Object Policy(const json::Array& statements) {
  return {{"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", statements}};
}

Answer<> AddPermission(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(Resolve(context, name));
  Record record = *context.store.Find(context.RegionScope(), kFunction, name.function);
  json::Object policies = record.body.GetObject("Policies");
  json::Array statements = policies.GetArray(PolicyKey(name));
  const std::string_view sid = input.GetString("StatementId");
  if (std::any_of(statements.begin(), statements.end(),
                  [&](const json::Value& one) { return one.AsObject().GetString("Sid") == sid; })) {
    return ServiceError("ResourceConflictException",
                        fmt::format("The statement id ({}) provided already exists. Please provide "
                                    "a new statement id, or remove the existing statement.",
                                    sid));
  }
  const json::Object statement = Statement(context, name, input);
  statements.emplace_back(statement);
  if (json::Write(Policy(statements)).size() > kPolicyLimit) {
    return ServiceError(
        "PolicyLengthExceededException",
        fmt::format("The final policy size is bigger than the limit ({}).", kPolicyLimit));
  }
  policies.Set(PolicyKey(name), std::move(statements));
  record.body.Set("Policies", std::move(policies));
  context.store.Put(context.RegionScope(), kFunction, std::move(record));
  return json::Object{{"Statement", json::Write(statement)}};
}

ServiceError NoPolicy() {
  return {"ResourceNotFoundException", "The resource you requested does not exist."};
}

Answer<> RemovePermission(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  Record record = *function;
  json::Object policies = record.body.GetObject("Policies");
  json::Array statements = policies.GetArray(PolicyKey(name));
  const std::string_view sid = input.GetString("StatementId");
  const auto gone = std::remove_if(
      statements.begin(), statements.end(),
      [&](const json::Value& one) { return one.AsObject().GetString("Sid") == sid; });
  if (gone == statements.end()) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("Statement {} is not found in resource policy.", sid));
  }
  statements.erase(gone, statements.end());
  policies.Set(PolicyKey(name), std::move(statements));
  record.body.Set("Policies", std::move(policies));
  context.store.Put(context.RegionScope(), kFunction, std::move(record));
  return json::Object();
}

Answer<> GetPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  const json::Array& statements = function->body.GetObject("Policies").GetArray(PolicyKey(name));
  if (statements.empty()) return NoPolicy();
  return json::Object{
      {"Policy", json::Write(Policy(statements))},
      {"RevisionId", function->body.GetObject("Configuration").GetString("RevisionId")}};
}

constexpr Operation kOperations[] = {
    {.name = "AddPermission", .handle = AddPermission},
    {.name = "GetPolicy", .handle = GetPolicy},
    {.name = "RemovePermission", .handle = RemovePermission},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPermissionOperations = kOperations;

}  // namespace trunkline::cloud::lambda
