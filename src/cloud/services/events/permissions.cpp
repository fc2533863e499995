// Policies of event buses, by statements or as a whole.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/policy_document.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {
namespace {

constexpr std::size_t kLargestPolicy = 10240;  // bytes; EventBridge quotas

json::Object PolicyOf(const Bus& bus) {
  const auto policy = json::Parse(bus.record.body.GetString("Policy"));
  if (policy && policy->IsObject()) return policy->AsObject();
  return {{"Version", "2012-10-17"}};
}

json::Object Statement(const Bus& bus, const json::Object& input) {
  const std::string_view principal = input.GetString("Principal");
  json::Object statement{{"Sid", input.GetString("StatementId")}, {"Effect", "Allow"}};
  if (principal == "*") {
    statement.Set("Principal", "*");
  } else {
    statement.Set("Principal",
                  json::Object{{"AWS", fmt::format("arn:aws:iam::{}:root", principal)}});
  }
  statement.Set("Action", input.GetString("Action", "events:PutEvents"));
  statement.Set("Resource", bus.Arn());
  if (input.Has("Condition")) {
    const json::Object& condition = input.GetObject("Condition");
    json::Object test;
    test.Set(condition.GetString("Key"), condition.GetString("Value"));
    json::Object conditions;
    conditions.Set(condition.GetString("Type"), std::move(test));
    statement.Set("Condition", std::move(conditions));
  }
  return statement;
}

Answer<> KeepPolicy(Context& context, Bus bus, std::string policy) {
  if (policy.size() > kLargestPolicy) {
    return ServiceError("PolicyLengthExceededException", "The policy is larger than 10240 bytes.");
  }
  if (policy.empty()) {
    bus.record.body.Remove("Policy");
  } else {
    bus.record.body.Set("Policy", std::move(policy));
  }
  bus.record.body.Set("Arn", bus.Arn());
  context.store.Put(bus.scope, kBus, std::move(bus.record));
  return json::Object();
}

void RemoveStatement(json::Array& statements, std::string_view id) {
  std::erase_if(statements, [&](const json::Value& one) {
    return one.IsObject() && one.AsObject().GetString("Sid") == id;
  });
}

Answer<> PutPermission(Context& context, const json::Object& input) {
  TL_TRY(Bus bus, FindBus(context, input.GetString("EventBusName")));
  if (input.Has("Policy")) {
    const std::string policy(input.GetString("Policy"));
    if (const auto problem = FindPolicyProblem(policy, PolicyUse::kResource))
      return ServiceError("ValidationException", *problem);
    return KeepPolicy(context, std::move(bus), policy);
  }
  if (!input.Has("StatementId") || !input.Has("Principal")) {
    return ServiceError("ValidationException",
                        "Parameter(s) StatementId and Principal, or Policy must be specified.");
  }
  json::Object policy = PolicyOf(bus);
  json::Array statements = policy.GetArray("Statement");
  RemoveStatement(statements, input.GetString("StatementId"));
  statements.push_back(Statement(bus, input));
  policy.Set("Statement", std::move(statements));
  return KeepPolicy(context, std::move(bus), json::Write(policy));
}

Answer<> RemovePermission(Context& context, const json::Object& input) {
  TL_TRY(Bus bus, FindBus(context, input.GetString("EventBusName")));
  if (input.GetBool("RemoveAllPermissions")) return KeepPolicy(context, std::move(bus), {});
  json::Object policy = PolicyOf(bus);
  json::Array statements = policy.GetArray("Statement");
  const std::size_t before = statements.size();
  RemoveStatement(statements, input.GetString("StatementId"));
  if (statements.size() == before) {
    return ServiceError("ResourceNotFoundException",
                        "Statement with the provided id does not exist.");
  }
  if (statements.empty()) return KeepPolicy(context, std::move(bus), {});
  policy.Set("Statement", std::move(statements));
  return KeepPolicy(context, std::move(bus), json::Write(policy));
}

constexpr Operation kOperations[] = {
    {.name = "PutPermission", .handle = PutPermission},
    {.name = "RemovePermission", .handle = RemovePermission},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPermissionOperations = kOperations;

}  // namespace trunkline::cloud::events
