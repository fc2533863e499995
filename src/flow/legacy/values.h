// Where legacy exports keep run-time values, and how they compare them.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::flow {

struct LegacyReference {
  std::string text;        // "$.CustomerEndpoint.Address"; empty when nobody knows the place
  bool is_certain = true;  // false: by the pattern, or seen only where nobody proved it
};

// ("System", "Customer Number") -> $.CustomerEndpoint.Address
LegacyReference ResolveLegacy(std::string_view space, std::string_view key);

// "LessThan" -> "NumberLessThan"; empty when nobody knows the comparison.
std::string_view LegacyOperator(std::string_view type);

}  // namespace trunkline::flow
