#include "cloud/services/cloudformation/serverless/policy_templates.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/document.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

std::vector<const PolicyTemplate*> StatementsOf(std::string_view name) {
  std::vector<const PolicyTemplate*> rows;
  for (const auto& part : {kPolicyTemplatesAToE, kPolicyTemplatesFToZ}) {
    for (const PolicyTemplate& row : part) {
      if (row.name == name) rows.push_back(&row);
    }
  }
  return rows;
}

std::vector<std::string_view> WordsOf(std::string_view text) {
  if (text.empty()) return {};
  return Split(text, ' ');
}

std::string LongArn(std::string_view resource) {
  if (resource == "*" || resource.starts_with("${")) return std::string(resource);
  if (resource.starts_with('='))
    return fmt::format("arn:${{AWS::Partition}}:{}", resource.substr(1));
  const std::size_t colon = resource.find(':');
  return fmt::format("arn:${{AWS::Partition}}:{}:${{AWS::Region}}:${{AWS::AccountId}}:{}",
                     resource.substr(0, colon), resource.substr(colon + 1));
}

// Variables are named like the parameters, but for the case of letters.
json::Value ResourceOf(std::string_view resource, std::string_view parameters,
                       const json::Object& values) {
  const std::string arn = LongArn(resource);
  if (arn.find("${") == std::string::npos) return json::Value(arn);
  json::Object variables;
  for (std::size_t at = arn.find("${"); at != std::string::npos; at = arn.find("${", at + 2)) {
    const std::string name = arn.substr(at + 2, arn.find('}', at) - at - 2);
    for (const std::string_view parameter : WordsOf(parameters)) {
      if (EqualsIgnoreCase(parameter, name)) variables.Set(name, values.At(parameter));
    }
  }
  return variables.empty() ? Sub(arn) : Sub(arn, std::move(variables));
}

json::Value ActionsOf(std::string_view text) {
  const bool single = text.starts_with('!');
  if (single) text.remove_prefix(1);
  const std::size_t colon = text.find(": ");
  const std::string_view service = text.substr(0, colon);
  json::Array actions;
  for (const std::string_view action : Split(text.substr(colon + 2), ' '))
    actions.emplace_back(fmt::format("{}:{}", service, action));
  return single ? std::move(actions.front()) : json::Value(std::move(actions));
}

json::Value ResourcesOf(const PolicyTemplate& row, const json::Object& values) {
  std::string_view text = row.resources;
  const bool list = text.starts_with('[');
  if (list) text.remove_prefix(1);
  json::Array resources;
  for (const std::string_view resource : Split(text, ' '))
    resources.push_back(ResourceOf(resource, row.parameters, values));
  if (resources.size() == 1 && !list) return std::move(resources.front());
  return json::Value(std::move(resources));
}

json::Value StatementOf(const PolicyTemplate& row, const json::Object& values) {
  json::Object statement;
  statement.Set("Effect", "Allow");
  statement.Set("Action", ActionsOf(row.actions));
  statement.Set("Resource", ResourcesOf(row, values));
  if (!row.equals.empty()) {
    const std::size_t blank = row.equals.find(' ');
    json::Object equals;
    equals.Set(row.equals.substr(0, blank),
               ResourceOf(row.equals.substr(blank + 1), row.parameters, values));
    json::Object condition;
    condition.Set("StringEquals", std::move(equals));
    statement.Set("Condition", std::move(condition));
  }
  return json::Value(std::move(statement));
}

// ['A', 'B']: the parameters without a value.
std::string Missing(std::string_view parameters, const json::Object& values) {
  std::string list;
  for (const std::string_view parameter : WordsOf(parameters)) {
    if (!values.Has(parameter)) list += fmt::format("{}'{}'", list.empty() ? "" : ", ", parameter);
  }
  return list;
}

}  // namespace

bool IsPolicyTemplate(std::string_view name) {
  return !StatementsOf(name).empty();
}

Answer<json::Value> FromPolicyTemplate(std::string_view id, std::string_view name,
                                       const json::Value& values) {
  if (!values.IsObject()) {
    return InvalidResource(
        id, fmt::format("Must specify valid parameter values for policy template '{}'", name));
  }
  const std::vector<const PolicyTemplate*> rows = StatementsOf(name);
  const std::string missing = Missing(rows.front()->parameters, values.AsObject());
  if (!missing.empty()) {
    return InvalidResource(
        id, fmt::format("Following required parameters of template '{}' don't have values: [{}]",
                        name, missing));
  }
  json::Array statements;
  for (const PolicyTemplate* row : rows) statements.push_back(StatementOf(*row, values.AsObject()));
  json::Object policy;
  policy.Set("Statement", std::move(statements));
  return json::Value(std::move(policy));
}

}  // namespace trunkline::cloud::cloudformation::serverless
