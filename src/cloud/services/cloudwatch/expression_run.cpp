// Running metric math.
#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "cloud/services/cloudwatch/expression.h"
#include "cloud/services/cloudwatch/functions.h"

namespace trunkline::cloud::cloudwatch {
namespace {

using Binary = double (*)(double, double);

struct BinaryRow {
  std::string_view name;
  Binary run;
};
constexpr BinaryRow kBinaries[] = {
    {"+", [](double a, double b) { return a + b; }},
    {"-", [](double a, double b) { return a - b; }},
    {"*", [](double a, double b) { return a * b; }},
    {"/", [](double a, double b) { return a / b; }},
    {"^", [](double a, double b) { return std::pow(a, b); }},
    {"==", [](double a, double b) { return a == b ? 1.0 : 0.0; }},
    {"!=", [](double a, double b) { return a != b ? 1.0 : 0.0; }},
    {"<", [](double a, double b) { return a < b ? 1.0 : 0.0; }},
    {"<=", [](double a, double b) { return a <= b ? 1.0 : 0.0; }},
    {">", [](double a, double b) { return a > b ? 1.0 : 0.0; }},
    {">=", [](double a, double b) { return a >= b ? 1.0 : 0.0; }},
    {"||", [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; }},
    {"OR", [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; }},
    {"&&", [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; }},
    {"AND", [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; }},
};

Binary FindBinary(std::string_view name) {
  for (const BinaryRow& row : kBinaries) {
    if (row.name == name) return row.run;
  }
  return nullptr;
}

// What no number can say (x / 0) is left out, as AWS does.
void Put(Series& into, std::int64_t second, double value) {
  if (std::isfinite(value)) into[second] = value;
}

Series Combine(Binary run, const Series& left, const Series& right) {
  Series combined;
  for (const auto& [second, value] : left) {
    const auto other = right.find(second);
    if (other != right.end()) Put(combined, second, run(value, other->second));
  }
  return combined;
}

Series CombineOne(Binary run, const MathValue& left, const MathValue& right) {
  Series combined;
  if (const double* number = std::get_if<double>(&left)) {
    for (const auto& [second, value] : std::get<Series>(right))
      Put(combined, second, run(*number, value));
    return combined;
  }
  if (const double* number = std::get_if<double>(&right)) {
    for (const auto& [second, value] : std::get<Series>(left))
      Put(combined, second, run(value, *number));
    return combined;
  }
  return Combine(run, std::get<Series>(left), std::get<Series>(right));
}

Result<MathValue> RunBinary(Binary run, const MathValue& left, const MathValue& right) {
  if (std::holds_alternative<double>(left) && std::holds_alternative<double>(right))
    return MathValue(run(std::get<double>(left), std::get<double>(right)));
  const auto* lefts = std::get_if<SeriesList>(&left);
  const auto* rights = std::get_if<SeriesList>(&right);
  if (!lefts && !rights) return MathValue(CombineOne(run, left, right));
  if (lefts && rights && lefts->size() != rights->size())
    return Error(ErrorKind::kInvalid, "the two lists of metrics are of different lengths");
  SeriesList all;
  const std::size_t count = lefts ? lefts->size() : rights->size();
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(CombineOne(run, lefts ? MathValue((*lefts)[i]) : left,
                             rights ? MathValue((*rights)[i]) : right));
  }
  return MathValue(std::move(all));
}

Result<MathValue> EvaluateList(const MathNode& node, const MathScope& scope) {
  SeriesList list;
  for (const MathNode& argument : node.arguments) {
    TL_TRY(MathValue value, Evaluate(argument, scope));
    if (auto* series = std::get_if<Series>(&value))
      list.push_back(std::move(*series));
    else if (auto* more = std::get_if<SeriesList>(&value))
      list.insert(list.end(), more->begin(), more->end());
    else
      return Error(ErrorKind::kInvalid, "a list holds metrics, not numbers");
  }
  return MathValue(std::move(list));
}

Result<MathValue> EvaluateFill(const MathNode& node, const MathScope& scope) {
  if (node.arguments.size() != 2) return WrongArguments("FILL");
  TL_TRY(const MathValue value, Evaluate(node.arguments[0], scope));
  const MathNode& filling = node.arguments[1];
  std::optional<Filling> how;
  if (filling.kind == MathNode::Kind::kName && filling.text == "REPEAT")
    how = Filling{.kind = Filling::Kind::kRepeat};
  if (filling.kind == MathNode::Kind::kName && filling.text == "LINEAR")
    how = Filling{.kind = Filling::Kind::kLinear};
  if (how) return Fill(value, *how, nullptr, scope.grid);
  TL_TRY(const MathValue with, Evaluate(filling, scope));
  return Fill(value, Filling{}, &with, scope.grid);
}

Result<MathValue> EvaluateMetrics(const MathNode& node, const MathScope& scope) {
  const bool part = node.arguments.size() == 1;
  if (node.arguments.size() > 1 || (part && node.arguments[0].kind != MathNode::Kind::kText))
    return WrongArguments("METRICS");
  TL_TRY(SeriesList list, scope.metrics(part ? std::string_view(node.arguments[0].text) : ""));
  return MathValue(std::move(list));
}

Result<MathValue> EvaluatePeriod(const MathScope& scope) {
  return MathValue(static_cast<double>(scope.grid.period));
}

Result<MathValue> EvaluateCall(const MathNode& node, const MathScope& scope) {
  if (node.text == "FILL") return EvaluateFill(node, scope);
  if (node.text == "METRICS") return EvaluateMetrics(node, scope);
  if (node.text == "PERIOD") return EvaluatePeriod(scope);
  if (!FindBinary(node.text) && node.text != "neg" && !IsFunction(node.text))
    return UnknownFunction(node.text);
  std::vector<MathValue> arguments;
  for (const MathNode& argument : node.arguments) {
    TL_TRY(MathValue value, Evaluate(argument, scope));
    arguments.push_back(std::move(value));
  }
  if (const Binary run = FindBinary(node.text); run && arguments.size() == 2)
    return RunBinary(run, arguments[0], arguments[1]);
  if (node.text == "neg") return RunBinary(FindBinary("*"), MathValue(-1.0), arguments[0]);
  return RunFunction(node.text, arguments, scope.grid);
}

}  // namespace

Result<MathValue> Evaluate(const MathNode& node, const MathScope& scope) {
  switch (node.kind) {
    case MathNode::Kind::kNumber:
      return MathValue(node.number);
    case MathNode::Kind::kName:
      return scope.value(node.text);
    case MathNode::Kind::kList:
      return EvaluateList(node, scope);
    case MathNode::Kind::kCall:
      return EvaluateCall(node, scope);
    case MathNode::Kind::kText:
      break;
  }
  return Error(ErrorKind::kInvalid, "a text stands where a metric or a number is wanted");
}

}  // namespace trunkline::cloud::cloudwatch
