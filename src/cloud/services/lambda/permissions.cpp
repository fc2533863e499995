// Resource policies: who else may invoke a function, one policy for each qualifier.
#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/policy.h"
#include "cloud/services/lambda/records.h"
#include "cloud/services/lambda/revisions.h"

namespace trunkline::cloud::lambda {
namespace {

// The unqualified function's statements stand under "".
std::string PolicyKey(const Name& name) {
  return name.qualifier == kLatest ? std::string() : name.qualifier;
}

// In the order that the service writes them.
json::Object Condition(const json::Object& input) {
  json::Object equals;
  equals.SetIfNotEmpty("lambda:FunctionUrlAuthType", input.GetString("FunctionUrlAuthType"));
  equals.SetIfNotEmpty("lambda:EventSourceToken", input.GetString("EventSourceToken"));
  equals.SetIfNotEmpty("aws:PrincipalOrgID", input.GetString("PrincipalOrgID"));
  equals.SetIfNotEmpty("AWS:SourceAccount", input.GetString("SourceAccount"));
  json::Object condition;
  if (!equals.empty()) condition.Set("StringEquals", std::move(equals));
  if (input.Has("InvokedViaFunctionUrl")) {
    const std::string_view via = input.GetBool("InvokedViaFunctionUrl") ? "true" : "false";
    condition.Set("Bool", json::Object{{"lambda:InvokedViaFunctionUrl", via}});
  }
  if (input.Has("SourceArn"))
    condition.Set("ArnLike", json::Object{{"AWS:SourceArn", input.GetString("SourceArn")}});
  return condition;
}

json::Object Statement(const Context& context, const Name& name, const json::Object& input) {
  json::Object statement{{"Sid", input.GetString("StatementId")},
                         {"Effect", "Allow"},
                         {"Principal", PrincipalOf(input.GetString("Principal"))},
                         {"Action", input.GetString("Action")},
                         {"Resource", FunctionArn(context, name.function, PolicyKey(name))}};
  json::Object condition = Condition(input);
  if (!condition.empty()) statement.Set("Condition", std::move(condition));
  return statement;
}

void Save(Context& context, const Name& name, json::Array statements) {
  Record record = *context.store.Find(context.RegionScope(), kFunction, name.function);
  json::Object policies = record.body.GetObject("Policies");
  policies.Set(PolicyKey(name), std::move(statements));
  record.body.Set("Policies", std::move(policies));
  context.store.Put(context.RegionScope(), kFunction, std::move(record));
  Revise(context, name);
}

Answer<> AddPermission(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(FindQualified(context, name));
  TL_DO(CheckRevision(context, name, input.GetString("RevisionId")));
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name.function);
  json::Array statements = function->body.GetObject("Policies").GetArray(PolicyKey(name));
  const json::Object statement = Statement(context, name, input);
  TL_DO(AddStatement(statements, statement));
  Save(context, name, std::move(statements));
  return json::Object{{"Statement", json::Write(statement)}};
}

Answer<> RemovePermission(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name.function);
  if (!function) {
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("No policy found for: {}", FunctionArn(context, name.function)));
  }
  TL_DO(FindQualified(context, name));
  const json::Object& policies = function->body.GetObject("Policies");
  json::Array statements = policies.GetArray(PolicyKey(name));
  if (!policies.Has(PolicyKey(name))) {
    return ServiceError("ResourceNotFoundException",
                        "No policy is associated with the given resource.");
  }
  TL_DO(CheckRevision(context, name, input.GetString("RevisionId")));
  TL_DO(RemoveStatement(statements, input.GetString("StatementId")));
  Save(context, name, std::move(statements));
  return json::Object();
}

Answer<> GetPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name.function);
  const json::Array statements =
      function ? function->body.GetObject("Policies").GetArray(PolicyKey(name)) : json::Array();
  if (statements.empty()) {
    return ServiceError("ResourceNotFoundException", "The resource you requested does not exist.");
  }
  return json::Object{{"Policy", json::Write(PolicyOf(statements))},
                      {"RevisionId", RevisionOf(context, name)}};
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
