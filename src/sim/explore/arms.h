// Arms: which way the conditions of an action can send a contact, and a value that does it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "flow/document.h"

namespace trunkline::sim {

// What a value may be.
enum class ValueRange {
  kAny,
  kKey,      // one key of a phone
  kCount,    // a whole number from 0 on
  kPercent,  // 1 to 100
};

inline constexpr std::size_t kNoCondition = static_cast<std::size_t>(-1);

struct Arm {
  std::size_t condition = kNoCondition;  // the first that holds; kNoCondition: none does
  std::string value;
};

// One value for each condition that can be the first to hold, in their order, then one for which
// none holds. Operands that are references are not known here: their conditions have no arm.
std::vector<Arm> ArmsOf(const std::vector<flow::ConditionBranch>& conditions, ValueRange range);

}  // namespace trunkline::sim
