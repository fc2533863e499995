#include "sim/explore/arms.h"

#include <algorithm>

#include "base/text.h"
#include "flow/reference.h"
#include "sim/conditions.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kKeys = "1234567890*#";
constexpr int kWholePercent = 100;

bool Fits(const std::string& value, ValueRange range) {
  const auto number = ToInt(value);
  switch (range) {
    case ValueRange::kAny:
      return !value.empty();
    case ValueRange::kKey:
      return value.size() == 1 && kKeys.find(value) != std::string_view::npos;
    case ValueRange::kCount:
      return number && *number >= 0;
    case ValueRange::kPercent:
      return number && *number >= 1 && *number <= kWholePercent;
  }
  return false;
}

bool HoldsFor(const flow::ConditionBranch& condition, const std::string& value) {
  if (condition.operands.empty() || flow::HasReference(condition.operands.front())) return false;
  return Compares(condition.op, value, condition.operands.front());
}

std::size_t FirstHolding(const std::vector<flow::ConditionBranch>& conditions,
                         const std::string& value) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (HoldsFor(conditions[i], value)) return i;
  }
  return kNoCondition;
}

// Values around the operands, then some that no operand names.
std::vector<std::string> Candidates(const std::vector<flow::ConditionBranch>& conditions,
                                    ValueRange range) {
  std::vector<std::string> values;
  for (const flow::ConditionBranch& condition : conditions) {
    if (condition.operands.empty()) continue;
    values.push_back(condition.operands.front());
    const auto number = ToInt(condition.operands.front());
    if (number && *number > -kWholePercent * 1'000'000LL) {
      values.push_back(std::to_string(*number - 1));
      values.push_back(std::to_string(*number + 1));
    }
  }
  if (range == ValueRange::kKey) {
    for (const char key : kKeys) values.emplace_back(1, key);
  } else if (range == ValueRange::kPercent) {
    for (int percent = 1; percent <= kWholePercent; ++percent)
      values.push_back(std::to_string(percent));
  } else if (range == ValueRange::kCount) {
    values.insert(values.end(), {"0", "1", "1000000"});
  } else {
    values.insert(values.end(), {"something else", "0"});
  }
  return values;
}

}  // namespace

std::vector<Arm> ArmsOf(const std::vector<flow::ConditionBranch>& conditions, ValueRange range) {
  std::vector<Arm> arms;
  for (std::string& value : Candidates(conditions, range)) {
    if (!Fits(value, range)) continue;
    const std::size_t condition = FirstHolding(conditions, value);
    if (std::ranges::find(arms, condition, &Arm::condition) == arms.end())
      arms.push_back({.condition = condition, .value = std::move(value)});
  }
  std::ranges::sort(arms, {}, &Arm::condition);
  return arms;
}

}  // namespace trunkline::sim
