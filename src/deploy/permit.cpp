#include "deploy/permit.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::deploy {
namespace {

json::Object OnFunction(const InstanceRef& instance, const std::string& function,
                        const std::string& qualifier) {
  json::Object input{{"FunctionName", function}};
  input.SetIfNotEmpty("Qualifier", qualifier);
  input.Set("StatementId", instance.StatementId());
  return input;
}

struct LexPolicy {
  std::string text;  // empty: there is none
  std::string revision;
};

net::aw<Result<LexPolicy>> ReadPolicy(aws::Client client, std::string arn) {
  json::Object input{{"resourceArn", arn}};
  const Result<json::Object> there =
      co_await client.Call("lexv2-models", "DescribeResourcePolicy", std::move(input));
  if (!there && there.error().kind() == ErrorKind::kNotFound) co_return LexPolicy();
  if (!there) co_return there.error();
  LexPolicy policy{.text = std::string(there->GetString("policy")),
                   .revision = std::string(there->GetString("revisionId"))};
  co_return policy;
}

// With the revision that was read: what somebody else writes meanwhile is not lost.
net::aw<Result<void>> WritePolicy(aws::Client client, std::string arn, LexPolicy before,
                                  std::string policy) {
  json::Object input{{"resourceArn", arn}};
  std::string operation = "CreateResourcePolicy";
  if (!before.text.empty()) {
    operation = policy.empty() ? "DeleteResourcePolicy" : "UpdateResourcePolicy";
    input.SetIfNotEmpty("expectedRevisionId", before.revision);
  }
  input.SetIfNotEmpty("policy", policy);
  TL_CO_DO(co_await client.Call("lexv2-models", std::move(operation), std::move(input)));
  co_return Result<void>();
}

Result<json::Array> StatementsOf(std::string_view policy) {
  if (policy.empty()) return json::Array();
  TL_TRY(const json::Value parsed, json::Parse(policy));
  if (!parsed.IsObject())
    return Error(ErrorKind::kInvalid, "expected a policy to be an object but got {}",
                 parsed.TypeName());
  const json::Value* statements = parsed.AsObject().Find("Statement");
  if (statements == nullptr) return json::Array();
  if (statements->IsArray()) return statements->AsArray();
  return json::Array{*statements};  // a single one may stand without a list
}

std::string PolicyOf(json::Array statements) {
  return json::Write(json::Object{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}});
}

void Remove(json::Array& statements, std::string_view sid) {
  std::erase_if(statements, [&](const json::Value& statement) {
    return statement.IsObject() && statement.AsObject().GetString("Sid") == sid;
  });
}

}  // namespace

net::aw<Result<void>> PermitFunction(aws::Client client, InstanceRef instance, std::string function,
                                     std::string qualifier) {
  json::Object permission = OnFunction(instance, function, qualifier);
  permission.Set("Action", "lambda:InvokeFunction");
  permission.Set("Principal", "connect.amazonaws.com");
  permission.Set("SourceAccount", instance.account);
  permission.Set("SourceArn", instance.arn);
  Result<json::Object> permitted =
      co_await client.Call("lambda", "AddPermission", std::move(permission));
  if (!permitted && permitted.error().kind() != ErrorKind::kConflict)
    co_return std::move(permitted).error();
  co_return Result<void>();
}

net::aw<Result<void>> ForbidFunction(aws::Client client, InstanceRef instance, std::string function,
                                     std::string qualifier) {
  json::Object permission = OnFunction(instance, function, qualifier);
  Result<json::Object> forbidden =
      co_await client.Call("lambda", "RemovePermission", std::move(permission));
  if (!forbidden && forbidden.error().kind() != ErrorKind::kNotFound)
    co_return std::move(forbidden).error();
  co_return Result<void>();
}

json::Object BotStatement(const InstanceRef& instance, const std::string& alias_arn) {
  json::Object condition{{"StringEquals", json::Object{{"AWS:SourceAccount", instance.account}}},
                         {"ArnEquals", json::Object{{"AWS:SourceArn", instance.arn}}}};
  return {{"Sid", instance.StatementId()},
          {"Effect", "Allow"},
          {"Principal", json::Object{{"Service", "connect.amazonaws.com"}}},
          {"Action", json::Array{"lex:RecognizeText", "lex:StartConversation"}},
          {"Resource", alias_arn},
          {"Condition", std::move(condition)}};
}

Result<std::string> PolicyWith(std::string_view policy, json::Object statement) {
  TL_TRY(json::Array statements, StatementsOf(policy));
  Remove(statements, statement.GetString("Sid"));
  statements.emplace_back(std::move(statement));
  return PolicyOf(std::move(statements));
}

Result<std::string> PolicyWithout(std::string_view policy, std::string_view sid) {
  TL_TRY(json::Array statements, StatementsOf(policy));
  Remove(statements, sid);
  return statements.empty() ? std::string() : PolicyOf(std::move(statements));
}

net::aw<Result<void>> PermitBot(aws::Client client, InstanceRef instance, std::string alias_arn) {
  TL_CO_TRY(LexPolicy before, co_await ReadPolicy(client, alias_arn));
  TL_CO_TRY(std::string policy, PolicyWith(before.text, BotStatement(instance, alias_arn)));
  co_return co_await WritePolicy(client, std::move(alias_arn), std::move(before),
                                 std::move(policy));
}

net::aw<Result<bool>> IsBotPermitted(aws::Client client, InstanceRef instance,
                                     std::string alias_arn) {
  TL_CO_TRY(const LexPolicy policy, co_await ReadPolicy(client, std::move(alias_arn)));
  TL_CO_TRY(const json::Array statements, StatementsOf(policy.text));
  co_return std::any_of(statements.begin(), statements.end(), [&](const json::Value& statement) {
    return statement.IsObject() && statement.AsObject().GetString("Sid") == instance.StatementId();
  });
}

net::aw<Result<void>> ForbidBot(aws::Client client, InstanceRef instance, std::string alias_arn) {
  TL_CO_TRY(LexPolicy before, co_await ReadPolicy(client, alias_arn));
  if (before.text.empty()) co_return Result<void>();
  TL_CO_TRY(std::string policy, PolicyWithout(before.text, instance.StatementId()));
  co_return co_await WritePolicy(client, std::move(alias_arn), std::move(before),
                                 std::move(policy));
}

}  // namespace trunkline::deploy
