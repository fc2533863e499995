#include "cloud/access/policy.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/access/condition.h"

namespace trunkline::cloud::access {
namespace {

Principals ReadPrincipals(const json::Value& value, bool others) {
  Principals principals{.others = others, .everybody = false, .aws = {}, .services = {}};
  if (value.IsString()) principals.everybody = value.AsString() == "*";
  if (!value.IsObject()) return principals;
  principals.aws = PolicyTexts(value.AsObject().Find("AWS"));
  principals.services = PolicyTexts(value.AsObject().Find("Service"));
  return principals;
}

Statement ReadStatement(const json::Value& value, std::size_t position) {
  const json::Object& body = value.AsObject();
  const std::string_view sid = body.GetString("Sid");
  Statement statement;
  statement.name =
      sid.empty() ? fmt::format("statement {}", position + 1) : fmt::format("statement '{}'", sid);
  statement.denies = body.GetString("Effect") == "Deny";
  statement.other_actions = !body.Has("Action");
  for (const std::string& action :
       PolicyTexts(body.Find(statement.other_actions ? "NotAction" : "Action"))) {
    statement.actions.push_back(ToLower(action));
  }
  statement.other_resources = body.Has("NotResource");
  const json::Value* resources = body.Find(statement.other_resources ? "NotResource" : "Resource");
  statement.has_resources = resources != nullptr;
  statement.resources = PolicyTexts(resources);
  if (const json::Value* principal = body.Find("Principal")) {
    statement.principals = ReadPrincipals(*principal, false);
  } else if (const json::Value* others = body.Find("NotPrincipal")) {
    statement.principals = ReadPrincipals(*others, true);
  }
  statement.condition = body.GetObject("Condition");
  statement.offset = value.offset();
  return statement;
}

}  // namespace

std::shared_ptr<const Policy> ReadPolicy(std::string_view text) {
  auto policy = std::make_shared<Policy>();
  policy->text = text;
  const Result<json::Value> parsed = json::Parse(text);
  if (!parsed || !parsed->IsObject()) return policy;
  const json::Object& body = parsed->AsObject();
  policy->variables = body.GetString("Version") == "2012-10-17";
  const json::Value* statements = body.Find("Statement");
  if (statements && statements->IsObject()) {
    policy->statements.push_back(ReadStatement(*statements, 0));
  } else if (statements && statements->IsArray()) {
    const json::Array& all = statements->AsArray();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].IsObject()) policy->statements.push_back(ReadStatement(all[i], i));
    }
  }
  return policy;
}

std::shared_ptr<const Policy> PolicyCache::Read(std::string_view text) {
  if (const auto found = policies_.find(text); found != policies_.end()) return found->second;
  if (policies_.size() >= kMaxPolicies || size_ + text.size() > kMaxSize) {
    policies_.clear();
    size_ = 0;
  }
  auto policy = ReadPolicy(text);
  size_ += text.size();
  policies_.emplace(policy->text, policy);
  return policy;
}

}  // namespace trunkline::cloud::access
