#include "cloud/services/cloudformation/serverless/connector_policies.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

json::Value ResourceOf(const Connection& connection, std::string_view resource) {
  const bool to = resource.starts_with('D');
  if (resource == "D" || resource == "S") return to ? connection.to.arn : connection.from.arn;
  json::Object variables;
  if (resource.starts_with("D/") || resource.starts_with("S/")) {
    const std::string name = to ? "DestinationArn" : "SourceArn";
    variables.Set(name, to ? connection.to.arn : connection.from.arn);
    return Sub(fmt::format("${{{}}}{}", name, resource.substr(1)), std::move(variables));
  }
  const std::size_t colon = resource.find(':');
  std::string rest(resource.substr(colon + 1));
  if (rest.find(":N:") != std::string::npos) {
    rest = Replace(rest, ":N:", ":${DestinationName}:");
    variables.Set("DestinationName", connection.to.name);
  }
  const std::string arn = fmt::format(
      "arn:${{AWS::Partition}}:{}:${{AWS::Region}}:"
      "${{AWS::AccountId}}:{}",
      resource.substr(0, colon), rest);
  return variables.empty() ? Sub(arn) : Sub(arn, std::move(variables));
}

json::Array ActionsOf(std::string_view text) {
  const std::size_t colon = text.find(": ");
  json::Array actions;
  for (const std::string_view action : Split(text.substr(colon + 2), ' '))
    actions.emplace_back(fmt::format("{}:{}", text.substr(0, colon), action));
  return actions;
}

json::Value StatementOf(const Connection& connection, const Access& access) {
  json::Object statement{{"Effect", "Allow"}};
  json::Array actions = ActionsOf(access.actions);
  if (connection.profile.principal.empty()) {
    json::Array resources;
    for (const std::string_view resource : Split(access.resources, ' '))
      resources.push_back(ResourceOf(connection, resource));
    statement.Set("Action", std::move(actions));
    statement.Set("Resource", std::move(resources));
    return json::Value(std::move(statement));
  }
  json::Object arn;
  arn.Set("aws:SourceArn", connection.from.arn);
  json::Object condition;
  condition.Set("ArnEquals", std::move(arn));
  statement.Set("Principal", json::Object{{"Service", connection.profile.principal}});
  statement.Set("Resource", connection.to.arn);
  statement.Set("Action", std::move(actions.front()));
  statement.Set("Condition", std::move(condition));
  return json::Value(std::move(statement));
}

}  // namespace

json::Object PolicyOf(const Connection& connection) {
  json::Array statements;
  for (const Access& access : connection.profile.access) {
    if (connection.permissions.contains(std::string(access.category)))
      statements.push_back(StatementOf(connection, access));
  }
  return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

Answer<void> CheckKnown(const Connection& connection) {
  const bool permission = connection.profile.kind == ProfileKind::kPermission;
  const bool policy = !permission && !connection.profile.principal.empty();
  const bool api = connection.from.type.starts_with("AWS::ApiGateway");
  std::string words = policy ? "D S" : permission && !api ? "S" : "";
  for (const Access& access : connection.profile.access) words.append(" ").append(access.resources);
  const auto missing = [&](std::string_view what) {
    return InvalidResource(connection.source.id, fmt::format("{} is missing.", what));
  };
  for (const std::string_view word : Split(words, ' ')) {
    if (word.starts_with('D') && connection.to.arn.IsNull()) return missing("Destination.Arn");
    if (word.starts_with('S') && connection.from.arn.IsNull()) return missing("Source.Arn");
    if (word.find(":N:") != std::string_view::npos && connection.to.name.IsNull())
      return missing("Destination.Name");
  }
  if (!permission || !api) return {};
  if (connection.from.resource_id.IsNull()) return missing("Source.ResourceId");
  if (connection.from.qualifier.IsNull()) return missing("Source.Qualifier");
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
