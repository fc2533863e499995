// Functions as values: built-in ones, lambdas and what is made of them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/frame.h"
#include "cloud/services/stepfunctions/jsonata/node.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

class Evaluator;
using Arguments = std::span<const Value>;
using Native = Outcome<Value> (*)(Evaluator&, Arguments);

// A row of builtins.h.
struct Builtin {
  std::string_view name;
  std::string_view signature;
  // How many arguments it can make use of: what functions that call functions look at. It always
  // gets at least so many, undefined where there are fewer.
  std::size_t arity = 0;
  Native call = nullptr;
};

struct FunctionNode final : Counted {
  enum class Type : std::uint8_t {
    kLambda,
    kNextMatch,  // of what a regular expression found: the match behind it
    kPartial,    // `inner` with some arguments filled in
    kPassed,     // `inner` as an argument: called without a context
    kRegex,
    kTransform,
  };

  Type type = Type::kLambda;
  const Node* node = nullptr;  // the lambda, regular expression or transformation
  Ref<Frame> frame;
  Value input;  // the context of a lambda's body
  Value inner;

  std::vector<std::string_view> parameters;  // of a lambda
  const Signature* signature = nullptr;      // of a lambda, or none
  bool thunk = false;

  std::vector<Value> filled;  // of a partial application
  std::vector<bool> open;     // which of them wait for an argument

  Value text;            // that a next match is sought in
  std::size_t from = 0;  // the byte it is sought from
};

// How many arguments a function takes.
std::size_t ArityOf(const Value& function);

}  // namespace trunkline::cloud::jsonata
