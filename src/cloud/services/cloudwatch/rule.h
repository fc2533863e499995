// Rules of composite alarms: ALARM("errors") AND NOT (OK(load) OR INSUFFICIENT_DATA(load)).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace trunkline::cloud::cloudwatch {

struct RuleNode {
  enum class Kind { kTrue, kFalse, kState, kNot, kAnd, kOr };
  Kind kind = Kind::kTrue;
  std::string state;  // OK, ALARM, INSUFFICIENT_DATA
  std::string alarm;  // its name, also when the rule has an ARN
  std::vector<RuleNode> parts;
};

Result<RuleNode> ReadRule(std::string_view text);

void CollectAlarms(const RuleNode& rule, std::vector<std::string>& names);

bool Holds(const RuleNode& rule,
           const std::function<std::string_view(const std::string& alarm)>& state_of);

}  // namespace trunkline::cloud::cloudwatch
