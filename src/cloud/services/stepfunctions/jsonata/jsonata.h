// JSONata 2.0.6, the query language of Step Functions: text -> expression -> value.
//
//   TL_TRY(const Expression expression, Parse("$sum(items.(price * count))"));
//   TL_TRY(const auto total, Evaluate(expression, input, {}, {.random = random, .now = now}));
//
// An Error has JSONata's own code ("T2001") as code() and its text, without the code, as message();
// its only step says where ("at position 7": the offset JSONata counts, after the offending token).
// Limits have a text and no code. The service writes "... threw an error during evaluation. T2001:
// the text" with a code and "... during evaluation: the text" without.
//
// Functions of Step Functions are there beside JSONata's own ($partition, $range, $hash, $random
// with a seed, $uuid, $parse); $eval is not, as there.
//
// A number that only passes through keeps the text it was written with; a computed one is written
// as JavaScript writes it. Bounded: steps, depth, memory; what goes on for too long is an Error.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "base/result.h"

namespace trunkline::cloud::jsonata {

struct Node;

// Parsed and immutable. A copy shares the tree with its original.
class Expression {
 public:
  explicit Expression(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  const Node& root() const { return *root_; }

 private:
  std::shared_ptr<const Node> root_;
};

Result<Expression> Parse(std::string_view text);

// What an expression may see of the world: $random and $uuid, $now and $millis.
struct World {
  Random& random;
  TimePoint now;
  bool* function = nullptr;  // set where the expression yields a function, which is no value
};

// Variables by name, without the "$".
struct Bindings {
  std::map<std::string, json::Value> variables;
};

// nullopt: the expression yields nothing ("undefined").
Result<std::optional<json::Value>> Evaluate(const Expression& expression, const json::Value& input,
                                            const Bindings& bindings, World world);

}  // namespace trunkline::cloud::jsonata
