// Values of DynamoDB's items: {"S": "text"}, {"N": "5"}.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/text.h"

namespace trunkline::functions {

inline json::Value TextAttribute(std::string_view text) {
  return json::Object{{"S", text}};
}
inline json::Value NumberAttribute(std::int64_t number) {
  return json::Object{{"N", std::to_string(number)}};
}
inline std::string TextOf(const json::Object& item, std::string_view name) {
  return std::string(item.GetObject(name).GetString("S"));
}
// 0 when there is none.
inline std::int64_t NumberOf(const json::Object& item, std::string_view name) {
  return ToInt(item.GetObject(name).GetString("N")).value_or(0);
}

}  // namespace trunkline::functions
