#include "cloud/services/stepfunctions/jsonata/infixes.h"

#include <algorithm>

namespace trunkline::cloud::jsonata {
namespace {

constexpr Infix kInfixes[] = {
    {"!=", 40, Operation::kNotEqual},
    {"#", 80},
    {"%", 60, Operation::kRemainder},
    {"&", 50, Operation::kConcatenate},
    {"(", 80},
    {"*", 60, Operation::kMultiply},
    {"+", 50, Operation::kAdd},
    {"-", 50, Operation::kSubtract},
    {".", 75},
    {"/", 60, Operation::kDivide},
    {":=", 10},
    {"<", 40, Operation::kLess},
    {"<=", 40, Operation::kLessEqual},
    {"=", 40, Operation::kEqual},
    {">", 40, Operation::kGreater},
    {">=", 40, Operation::kGreaterEqual},
    {"?", 20},
    {"@", 80},
    {"[", 80},
    {"^", 40},
    {"and", 30, Operation::kAnd},
    {"in", 40, Operation::kIn},
    {"or", 25, Operation::kOr},
    {"{", 70},
    {"~>", 40},
};
static_assert(std::ranges::is_sorted(kInfixes, {}, &Infix::token));

}  // namespace

const Infix* FindInfix(const Token& token) {
  if (token.type != Token::Type::kOperator) return nullptr;
  const Infix* found = std::ranges::lower_bound(kInfixes, token.text, {}, &Infix::token);
  return found != std::end(kInfixes) && found->token == token.text ? found : nullptr;
}

}  // namespace trunkline::cloud::jsonata
