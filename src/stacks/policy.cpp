#include "stacks/policy.h"

#include <fmt/format.h>

namespace trunkline::stacks {
namespace {

json::Object Statement(std::string_view effect, std::string_view sid, const Actions& actions,
                       json::Value resource, json::Object conditions) {
  json::Array names;
  for (const std::string_view action : actions) names.emplace_back(action);
  json::Object statement{{"Sid", sid}, {"Effect", effect}, {"Action", std::move(names)}};
  statement.Set("Resource", std::move(resource));
  if (!conditions.empty()) statement.Set("Condition", std::move(conditions));
  return statement;
}

}  // namespace

json::Object OwnArn(std::string_view service, std::string_view rest) {
  return Arn(fmt::format("{}:*:${{AWS::AccountId}}:{}", service, rest));
}

json::Array List(std::initializer_list<json::Object> items) {
  json::Array array;
  for (const json::Object& item : items) array.emplace_back(item);
  return array;
}

void Append(json::Array& statements, json::Array more) {
  for (json::Value& statement : more) statements.push_back(std::move(statement));
}

json::Object Allow(std::string_view sid, const Actions& actions, json::Value resource,
                   json::Object conditions) {
  return Statement("Allow", sid, actions, std::move(resource), std::move(conditions));
}

json::Object Deny(std::string_view sid, const Actions& actions, json::Value resource,
                  json::Object conditions) {
  return Statement("Deny", sid, actions, std::move(resource), std::move(conditions));
}

json::Object Condition(std::string_view operation, std::string_view key, json::Value value) {
  json::Object inner;
  inner.Set(key, std::move(value));
  return {{std::string(operation), std::move(inner)}};
}

json::Object Document(json::Array statements) {
  return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

json::Object TrustService(std::string_view service, json::Value source_arn) {
  json::Object conditions = Condition("StringEquals", "aws:SourceAccount", Ref("AWS::AccountId"));
  if (!source_arn.IsNull()) {
    json::Object from;
    from.Set("aws:SourceArn", std::move(source_arn));
    conditions.Set("ArnLike", std::move(from));
  }
  json::Object statement{
      {"Sid", "Trust"},
      {"Effect", "Allow"},
      {"Principal", json::Object{{"Service", fmt::format("{}.amazonaws.com", service)}}},
      {"Action", "sts:AssumeRole"},
      {"Condition", std::move(conditions)}};
  json::Array statements;
  statements.emplace_back(std::move(statement));
  return Document(std::move(statements));
}

Resource Role(RoleSpec spec) {
  json::Object policy{{"PolicyName", "trunkline"}};
  policy.Set("PolicyDocument", Document(std::move(spec.statements)));
  json::Array policies;
  policies.emplace_back(std::move(policy));
  json::Object properties;
  if (!spec.name.IsNull()) properties.Set("RoleName", std::move(spec.name));
  properties.Set("Path", "/trunkline/");
  properties.Set("Description", spec.description);
  properties.Set("AssumeRolePolicyDocument", std::move(spec.trust));
  if (!spec.boundary.IsNull()) properties.Set("PermissionsBoundary", std::move(spec.boundary));
  properties.Set("Policies", std::move(policies));
  return {.type = "AWS::IAM::Role", .properties = std::move(properties)};
}

json::Object AllowLogs(std::string_view log_group) {
  return Allow(
      "WriteItsLog", {"logs:CreateLogStream", "logs:PutLogEvents"},
      Arn(fmt::format("logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{}:*", log_group)));
}

}  // namespace trunkline::stacks
