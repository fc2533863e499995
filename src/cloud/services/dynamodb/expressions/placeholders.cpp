#include "cloud/services/dynamodb/expressions/placeholders.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::string_view kNames = "ExpressionAttributeNames";
constexpr std::string_view kValues = "ExpressionAttributeValues";

bool IsPlaceholder(std::string_view key, char mark) {
  return key.size() > 1 && key[0] == mark && std::all_of(key.begin() + 1, key.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

// "A, B and C are null", "A is null".
std::string AreNull(const std::vector<std::string_view>& expressions) {
  std::vector<std::string> names(expressions.begin(), expressions.end());
  if (names.size() == 1) return names[0] + " is null";
  const std::string last = names.back();
  names.pop_back();
  return fmt::format("{} and {} are null", Join(names, ", "), last);
}

std::string Unused(const json::Object& given, const std::set<std::string, std::less<>>& used) {
  std::vector<std::string> unused;
  for (const json::Member& member : given)
    if (!used.contains(member.key)) unused.push_back(member.key);
  return Join(unused, ", ");
}

Answer<void> CheckKey(std::string_view parameter, std::string_view key, char mark) {
  if (IsPlaceholder(key, mark)) return {};
  return Invalid(fmt::format("{} contains invalid key: Syntax error; key: \"{}\"", parameter, key));
}

}  // namespace

Answer<void> Placeholders::ReadNames(const json::Object& input) {
  names_ = input.GetObject(kNames);
  if (names_.empty()) return Invalid(fmt::format("{} must not be empty", kNames));
  for (const json::Member& name : names_) TL_DO(CheckKey(kNames, name.key, '#'));
  return {};
}

Answer<void> Placeholders::ReadValues(const json::Object& input) {
  values_ = input.GetObject(kValues);
  if (values_.empty()) return Invalid(fmt::format("{} must not be empty", kValues));
  for (json::Member& value : values_) {
    TL_DO(CheckKey(kValues, value.key, ':'));
    const auto normal = Normalize(value.value);
    if (normal) continue;
    return Invalid(fmt::format("{} contains invalid value: {} for key {}", kValues,
                               normal.error().message, value.key));
  }
  return {};
}

Answer<Placeholders> Placeholders::Read(const json::Object& input,
                                        const std::vector<std::string_view>& expressions) {
  Placeholders placeholders;
  const bool any = std::any_of(expressions.begin(), expressions.end(),
                               [&](std::string_view name) { return input.Has(name); });
  const bool values_any = std::any_of(expressions.begin(), expressions.end(), [&](auto name) {
    return name != "ProjectionExpression" && input.Has(name);
  });
  if (input.Has(kNames)) {
    if (!any)
      return Invalid(fmt::format("{} can only be specified when using expressions", kNames));
    TL_DO(placeholders.ReadNames(input));
  }
  if (!input.Has(kValues)) return placeholders;
  if (!values_any) {
    std::vector<std::string_view> asked;
    for (const std::string_view name : expressions)
      if (name != "ProjectionExpression") asked.push_back(name);
    return Invalid(fmt::format("{} can only be specified when using expressions: {}", kValues,
                               AreNull(asked)));
  }
  TL_DO(placeholders.ReadValues(input));
  return placeholders;
}

const std::string* Placeholders::Name(std::string_view placeholder) {
  const json::Value* name = names_.Find(placeholder);
  if (!name) return nullptr;
  used_.emplace(placeholder);
  return &name->AsString();
}

const json::Value* Placeholders::Value(std::string_view placeholder) {
  const json::Value* value = values_.Find(placeholder);
  if (value) used_.emplace(placeholder);
  return value;
}

const json::Value* Placeholders::Own(json::Value value) {
  owned_.push_back(std::make_unique<const json::Value>(std::move(value)));
  return owned_.back().get();
}

Answer<void> Placeholders::CheckAllUsed() const {
  constexpr std::string_view kText = "Value provided in {} unused in expressions: keys: {{{}}}";
  if (const std::string unused = Unused(names_, used_); !unused.empty())
    return Invalid(fmt::format(fmt::runtime(kText), kNames, unused));
  if (const std::string unused = Unused(values_, used_); !unused.empty())
    return Invalid(fmt::format(fmt::runtime(kText), kValues, unused));
  return {};
}

}  // namespace trunkline::cloud::dynamodb
