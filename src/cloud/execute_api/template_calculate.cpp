#include "cloud/execute_api/template_calculate.h"

#include <cmath>

#include "cloud/execute_api/template_methods.h"

namespace trunkline::cloud::execute_api {
namespace {

bool IsWhole(const json::Value& value) {
  return value.AsNumber().text.find_first_of(".eE") == std::string::npos;
}

}  // namespace

bool IsTrue(const json::Value& value) {
  return value.IsBool() ? value.AsBool() : !value.IsNull();
}

bool AreSame(const json::Value& left, const json::Value& right) {
  if (left.IsNumber() && right.IsNumber()) return left.AsDouble() == right.AsDouble();
  if (left.IsNull() || right.IsNull()) return left.IsNull() && right.IsNull();
  return left == right || ShownText(left) == ShownText(right);
}

json::Value Calculate(const std::string& op, const json::Value& left, const json::Value& right) {
  const double a = left.AsDouble();
  const double b = right.AsDouble();
  if (op == "<") return json::Value(a < b);
  if (op == ">") return json::Value(a > b);
  if (op == "<=") return json::Value(a <= b);
  if (op == ">=") return json::Value(a >= b);
  // As Java counts: whole numbers stay whole; what cannot be divided is nothing.
  if ((op == "/" || op == "%") && b == 0) return json::Value();
  double result = 0;
  if (op == "+") result = a + b;
  if (op == "-") result = a - b;
  if (op == "*") result = a * b;
  if (op == "/") result = a / b;
  if (op == "%") result = std::fmod(a, b);
  if (!IsWhole(left) || !IsWhole(right)) return json::Value(result);
  constexpr double kMost = 9e15;  // beyond it doubles skip numbers
  if (std::abs(result) > kMost) return json::Value(result);
  return json::Value(static_cast<std::int64_t>(result));
}

}  // namespace trunkline::cloud::execute_api
