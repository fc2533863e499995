#include "stacks/template.h"

#include <stdexcept>

#include <fmt/format.h>

#include "base/json_write.h"

namespace trunkline::stacks {
namespace {

bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}

bool IsAlphanumeric(char c) {
  return IsLower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

json::Array Texts(const std::vector<std::string>& texts) {
  json::Array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

void AddOnce(json::Object& section, std::string_view name, json::Object value) {
  if (section.Has(name)) throw std::logic_error(fmt::format("'{}' is added twice", name));
  section.Set(name, std::move(value));
}

}  // namespace

json::Object Ref(std::string_view name) {
  return {{"Ref", name}};
}

json::Object GetAtt(std::string_view resource, std::string_view attribute) {
  return {{"Fn::GetAtt", json::Array{resource, attribute}}};
}

json::Object Sub(std::string_view text) {
  return {{"Fn::Sub", text}};
}

json::Object Arn(std::string_view rest) {
  return Sub(fmt::format("arn:${{AWS::Partition}}:{}", rest));
}

json::Object If(std::string_view condition, json::Value then, json::Value otherwise) {
  json::Array branches;
  branches.emplace_back(condition);
  branches.push_back(std::move(then));
  branches.push_back(std::move(otherwise));
  return {{"Fn::If", std::move(branches)}};
}

std::string LogicalId(const std::vector<std::string_view>& parts) {
  std::string id;
  for (const std::string_view part : parts) {
    bool capital = true;
    for (const char c : part) {
      if (!IsAlphanumeric(c)) {
        capital = true;
        continue;
      }
      id += capital && IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
      capital = false;
    }
  }
  return id;
}

Template::Template(std::string description) : description_(std::move(description)) {}

void Template::Add(const Parameter& parameter) {
  json::Object row{{"Type", parameter.type}, {"Description", parameter.description}};
  if (parameter.fallback != nullptr) row.Set("Default", parameter.fallback);
  row.SetIfNotEmpty("AllowedPattern", parameter.pattern);
  if (!parameter.allowed.empty()) row.Set("AllowedValues", Texts(parameter.allowed));
  AddOnce(parameters_, parameter.name, std::move(row));
}

void Template::AddParameter(std::string_view name, std::string_view description,
                            std::string fallback, std::string_view pattern) {
  Add({.name = std::string(name),
       .description = std::string(description),
       .pattern = std::string(pattern),
       .fallback = fallback.c_str()});
}

void Template::AddCondition(std::string_view name, json::Value condition) {
  AddOnce(conditions_, name, std::move(condition.AsObject()));
}

void Template::Add(std::string_view logical_id, Resource resource) {
  json::Object row{{"Type", resource.type}};
  row.SetIfNotEmpty("Condition", resource.condition);
  if (!resource.depends_on.empty()) row.Set("DependsOn", Texts(resource.depends_on));
  if (resource.retain) {
    row.Set("DeletionPolicy", "RetainExceptOnCreate");
    row.Set("UpdateReplacePolicy", "Retain");
  }
  if (!resource.properties.empty()) row.Set("Properties", std::move(resource.properties));
  AddOnce(resources_, logical_id, std::move(row));
}

void Template::AddOutput(std::string_view name, std::string_view description, json::Value value,
                         std::string_view condition) {
  json::Object row{{"Description", description}};
  row.SetIfNotEmpty("Condition", condition);
  row.Set("Value", std::move(value));
  AddOnce(outputs_, name, std::move(row));
}

json::Value Template::ToJson() const {
  json::Object document{{"AWSTemplateFormatVersion", "2010-09-09"}, {"Description", description_}};
  if (!parameters_.empty()) document.Set("Parameters", parameters_);
  if (!conditions_.empty()) document.Set("Conditions", conditions_);
  document.Set("Resources", resources_);
  if (!outputs_.empty()) document.Set("Outputs", outputs_);
  return document;
}

std::string TemplateText(const Template& made) {
  return json::WritePretty(made.ToJson(), 1);
}

}  // namespace trunkline::stacks
