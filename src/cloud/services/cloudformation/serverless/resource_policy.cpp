// Resource policies of REST APIs: x-amazon-apigateway-policy.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"
#include "cloud/services/cloudformation/serverless/security.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kPolicy = "x-amazon-apigateway-policy";

// The path's methods as the policy names them.
Answer<json::Array> ResourcesOf(const std::string& path, const json::Value& stage,
                                json::Object& body) {
  TL_TRY(const std::vector<json::Object*> items, PathItems(body, path));
  json::Array resources;
  for (const json::Object* item : items) {
    for (const json::Member& member : *item) {
      const bool any = MethodKey(member.key) == kAnyMethod;
      json::Object variables;
      variables.Set("__Stage__", stage);
      resources.push_back(Sub(fmt::format("execute-api:/${{__Stage__}}/{}{}",
                                          any ? "*" : ToUpper(member.key), StarredPath(path, true)),
                              std::move(variables)));
    }
  }
  return resources;
}

json::Object Statement(std::string_view effect, const json::Array& resources,
                       json::Value principal) {
  json::Object statement;
  statement.Set("Resource", resources);  // first: where statements differ, they differ here
  statement.Set("Effect", effect);
  statement.Set("Action", "execute-api:Invoke");
  statement.Set("Principal", std::move(principal));
  return statement;
}

// A policy in the document, as statements are added to it. A single statement stands alone.
class Policy {
 public:
  explicit Policy(json::Object& body) : policy_(ObjectAt(body, kPolicy)) {}

  // For thousands of statements: looks them up by their text.
  void Index() {
    for (const json::Value& statement : policy_.GetArray("Statement"))
      known_.insert(json::WriteSorted(statement));
    indexed_ = true;
  }

  void Add(json::Value statement) {
    policy_.Set("Version", "2012-10-17");
    json::Value* before = policy_.Find("Statement");
    if (!before || before->IsNull()) {
      policy_.Set("Statement", std::move(statement));
      return;
    }
    if (!before->IsArray()) *before = json::Array{*before};
    json::Array& all = before->AsArray();
    if (IsNew(all, statement)) all.push_back(std::move(statement));
  }

  // Everybody, but for whom the condition holds.
  void AllowAllBut(const json::Array& resources, std::string_view test, json::Object values) {
    if (!policy_.Has("Statement")) policy_.Set("Statement", json::Array());
    Add(json::Value(Statement("Allow", resources, "*")));
    json::Object condition;
    condition.Set(test, std::move(values));
    json::Object deny = Statement("Deny", resources, "*");
    deny.Set("Condition", std::move(condition));
    Add(json::Value(std::move(deny)));
  }

 private:
  bool IsNew(const json::Array& all, const json::Value& statement) {
    if (indexed_) return known_.insert(json::WriteSorted(statement)).second;
    return std::find(all.begin(), all.end(), statement) == all.end();
  }

  json::Object& policy_;
  std::set<std::string> known_;
  bool indexed_ = false;
};

json::Array ListOf(const json::Value& value) {
  return value.IsArray() ? value.AsArray() : json::Array{value};
}

void Append(json::Object& condition, std::string_view key, const json::Array& values) {
  if (values.empty()) return;
  json::Array all = condition.GetArray(key);
  all.insert(all.end(), values.begin(), values.end());
  condition.Set(key, std::move(all));
}

// VPCs and their endpoints: as texts, or as functions by a property of their own.
Answer<json::Object> NetworksOf(const json::Object& policy, std::string_view list) {
  json::Object condition;
  const std::string texts = fmt::format("SourceVpc{}", list);
  for (const json::Value& one : policy.GetArray(texts)) {
    if (!one.IsString()) {
      return InvalidStructure(fmt::format(
          "{} must be a list of strings. Use IntrinsicVpc{} instead for values that use Intrinsic "
          "Functions",
          texts, list));
    }
    if (one.AsString().starts_with("vpc-")) Append(condition, "aws:SourceVpc", {one});
    if (one.AsString().starts_with("vpce-")) Append(condition, "aws:SourceVpce", {one});
  }
  Append(condition, "aws:SourceVpc", policy.GetArray(fmt::format("IntrinsicVpc{}", list)));
  Append(condition, "aws:SourceVpce", policy.GetArray(fmt::format("IntrinsicVpce{}", list)));
  return condition;
}

Answer<void> AddStatements(const json::Object& policy, const json::Array& resources, Policy& made) {
  for (const auto& [list, effect] :
       {std::pair("Whitelist", "Allow"), std::pair("Blacklist", "Deny")}) {
    const json::Value* accounts = Given(policy, fmt::format("AwsAccount{}", list));
    if (!accounts) continue;
    json::Object principal;
    principal.Set("AWS", ListOf(*accounts));
    made.Add(json::Value(Statement(effect, resources, json::Value(std::move(principal)))));
  }
  for (const auto& [list, test] :
       {std::pair("Whitelist", "NotIpAddress"), std::pair("Blacklist", "IpAddress")}) {
    const json::Value* ranges = Given(policy, fmt::format("IpRange{}", list));
    if (!ranges) continue;
    json::Object values;
    values.Set("aws:SourceIp", ListOf(*ranges));
    made.AllowAllBut(resources, test, std::move(values));
  }
  for (const auto& [list, test] :
       {std::pair("Blacklist", "StringEquals"), std::pair("Whitelist", "StringNotEquals")}) {
    TL_TRY(json::Object networks, NetworksOf(policy, list));
    if (!networks.empty()) made.AllowAllBut(resources, test, std::move(networks));
  }
  return {};
}

}  // namespace

Answer<void> AddResourcePolicy(const json::Object& policy, const std::vector<std::string>& paths,
                               const json::Value& stage, json::Object& body) {
  Policy made(body);
  if (paths.size() > 1) made.Index();
  for (const std::string& path : paths) {
    TL_TRY(const json::Array resources, ResourcesOf(path, stage, body));
    TL_DO(AddStatements(policy, resources, made));
  }
  return {};
}

void AddCustomStatements(const json::Object& policy, json::Object& body) {
  const json::Value* statements = Given(policy, "CustomStatements");
  if (!statements) return;
  json::Object& own = ObjectAt(body, kPolicy);
  if (statements->IsArray() && !own.Has("Statement")) own.Set("Statement", json::Array());
  Policy made(body);
  for (const json::Value& statement : ListOf(*statements)) made.Add(statement);
}

}  // namespace trunkline::cloud::cloudformation::serverless
