#include "sim/conditions.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

std::optional<double> NumberOf(const std::string& text) {
  const std::string plain(Trim(text));
  if (plain.empty() || plain.find_first_not_of("+-.0123456789eE") != std::string::npos)
    return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(plain.c_str(), &end);
  return *end == '\0' ? std::optional(number) : std::nullopt;
}

template <class Compare>
bool Numbers(const std::string& value, const std::string& operand, Compare compare) {
  const auto left = NumberOf(value);
  const auto right = NumberOf(operand);
  return left && right && compare(*left, *right);
}

struct Operator {
  std::string_view name;
  bool (*holds)(const std::string& value, const std::string& operand);
};

using Text = const std::string&;

constexpr Operator kOperators[] = {
    {"Equals", [](Text value, Text operand) { return value == operand; }},
    {"NumberGreaterOrEqualTo",
     [](Text v, Text o) { return Numbers(v, o, std::greater_equal<>()); }},
    {"NumberGreaterThan", [](Text v, Text o) { return Numbers(v, o, std::greater<>()); }},
    {"NumberLessOrEqualTo", [](Text v, Text o) { return Numbers(v, o, std::less_equal<>()); }},
    {"NumberLessThan", [](Text v, Text o) { return Numbers(v, o, std::less<>()); }},
    {"TextContains", [](Text v, Text o) { return v.find(o) != std::string::npos; }},
    {"TextEndsWith", [](Text v, Text o) { return v.ends_with(o); }},
    {"TextStartsWith", [](Text v, Text o) { return v.starts_with(o); }},
};

const Operator* FindOperator(std::string_view name) {
  const auto* found = std::ranges::find(kOperators, name, &Operator::name);
  return found == std::end(kOperators) ? nullptr : found;
}

std::optional<std::string> Operand(const ContactState& contact,
                                   const flow::ConditionBranch& branch) {
  if (branch.operands.empty()) return std::nullopt;
  const std::string& written = branch.operands.front();
  if (!IsReference(written)) return written;
  const auto value = Lookup(contact, written);
  return value ? ScalarText(*value) : std::nullopt;
}

}  // namespace

bool Holds(ContactState& contact, const flow::ConditionBranch& branch, const std::string& value) {
  const Operator* found = FindOperator(branch.op);
  if (found == nullptr) {
    Warn(contact,
         fmt::format("condition operator '{}' is not simulated: it never holds", branch.op));
    return false;
  }
  const auto operand = Operand(contact, branch);
  return operand && found->holds(value, *operand);
}

bool Compares(std::string_view op, const std::string& value, const std::string& operand) {
  const Operator* found = FindOperator(op);
  return found != nullptr && found->holds(value, operand);
}

}  // namespace trunkline::sim
