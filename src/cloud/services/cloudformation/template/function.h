// Calls of intrinsic functions inside of template values: {"Ref": "X"}, {"Fn::Sub": "..."}.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation {

struct FunctionCall {
  std::string_view name;  // "Ref", "Fn::Sub"
  const json::Value* argument = nullptr;
};

// Nothing for what is a plain value.
std::optional<FunctionCall> AsCall(const json::Value& value);

// A piece of Fn::Sub's text: literal text, or the name within ${...}.
struct SubPiece {
  std::string text;
  bool variable = false;
};
// "${!Literal}" is the literal "${Literal}".
std::vector<SubPiece> SplitSub(std::string_view text);

// The text and the map of Fn::Sub's argument; the error says what it must be.
struct SubArgument {
  std::string_view text;
  const json::Object* values = nullptr;  // may be null
};
Answer<SubArgument> ReadSubArgument(const json::Value& argument);

// The resource and attribute of Fn::GetAtt's argument; the attribute may be a Ref to a parameter.
struct GetAttArgument {
  std::string resource;
  json::Value attribute;
};
Answer<GetAttArgument> ReadGetAttArgument(const json::Value& argument);

// Numbers, booleans and texts as the text that Join, Sub and comparisons see; else nothing.
std::optional<std::string> ScalarText(const json::Value& value);

}  // namespace trunkline::cloud::cloudformation
