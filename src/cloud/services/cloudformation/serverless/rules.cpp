#include "cloud/services/cloudformation/serverless/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/document.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

bool IsTextOrMap(const json::Value& value) {
  return value.IsString() || value.IsObject();
}

bool IsListOf(const json::Value& value, bool (*of)(const json::Value&)) {
  return value.IsArray() && std::all_of(value.AsArray().begin(), value.AsArray().end(), of);
}

bool IsMapOfMaps(const json::Value& value) {
  return value.IsObject() &&
         std::all_of(value.AsObject().begin(), value.AsObject().end(),
                     [](const json::Member& member) { return member.value.IsObject(); });
}

bool IsWhole(const json::Value& value) {
  return value.IsNumber() && value.AsNumber().text.find_first_of(".eE") == std::string::npos;
}

bool IsOfKind(const json::Value& value, char kind) {
  switch (kind) {
    case 's':
      return value.IsString();
    case 'd':
    case 'm':
      return value.IsObject();
    case 'l':
      return value.IsArray();
    case 'b':
      return value.IsBool();
    case 'i':
      return IsWhole(value);
    case 'x':
      return IsMapOfMaps(value);
    case 'a':
      return IsListOf(value, IsTextOrMap);
    case 't':
      return IsListOf(value, [](const json::Value& item) { return item.IsString(); });
    default:
      return kind == '*';
  }
}

bool Fits(const json::Value& value, std::string_view kinds) {
  const bool function = value.IsObject() && value.AsObject().size() == 1;
  if (function && kinds.find('F') == std::string_view::npos) return true;
  return std::any_of(kinds.begin(), kinds.end(), [&](char kind) { return IsOfKind(value, kind); });
}

// Only where a text or a map alone is expected does the service say so.
std::string WrongKind(const Rule& rule) {
  std::string_view kinds = rule.kinds;
  while (kinds.starts_with('R') || kinds.starts_with('F')) kinds.remove_prefix(1);
  if (kinds == "s") return fmt::format("Property '{}' should be a string.", rule.name);
  if (kinds == "m") return fmt::format("Property '{}' should be a map.", rule.name);
  return fmt::format("Type of property '{}' is invalid.", rule.name);
}

}  // namespace

Answer<void> CheckRules(std::span<const Rule> rules, const json::Object& properties,
                        std::string_view id, std::string_view type) {
  for (const json::Member& member : properties) {
    const bool known = std::any_of(rules.begin(), rules.end(),
                                   [&](const Rule& rule) { return rule.name == member.key; });
    if (!known) {
      return InvalidResource(
          id, fmt::format("property {} not defined for resource of type {}", member.key, type));
    }
  }
  for (const Rule& rule : rules) {
    const json::Value* value = Present(properties, rule.name);
    if (!value && rule.kinds.starts_with('R'))
      return InvalidResource(id, fmt::format("Missing required property '{}'.", rule.name));
    if (value && !Fits(*value, rule.kinds)) return InvalidResource(id, WrongKind(rule));
  }
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
