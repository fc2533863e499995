// Intrinsic functions: "States.Format('{} of {}', $.n, $.total)" in payload templates.
//
// Parsed to a tree first, so that a definition can be checked without input. Nesting is limited to
// 10 calls, arguments to 64 a call.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "cloud/services/stepfunctions/scope.h"

namespace trunkline::cloud::stepfunctions {

struct IntrinsicCall;

struct IntrinsicArgument {
  enum class Kind { kLiteral, kPath, kCall };
  Kind kind = Kind::kLiteral;
  json::Value literal = {};
  std::string path = {};            // as it was written
  std::vector<IntrinsicCall> call;  // one, of kCall
};

struct IntrinsicCall {
  std::string name;  // "Format", without "States."
  std::vector<IntrinsicArgument> arguments;
};

bool LooksIntrinsic(std::string_view text);
// The error says what is wrong: an unknown function, a wrong count of arguments, a quote without
// end.
Result<IntrinsicCall> ParseIntrinsic(std::string_view text);

Outcome<> EvaluateIntrinsic(std::string_view text, const PathScope& scope);

// One function applied to its values (intrinsic_functions.cpp).
Outcome<> ApplyIntrinsic(std::string_view name, std::span<const json::Value> arguments,
                         Random& random);
// How many arguments it takes: {1, 1}; {0, -1}: no such function.
struct Arity {
  int least = 0;
  int most = 0;
};
Arity ArityOf(std::string_view name);

}  // namespace trunkline::cloud::stepfunctions
