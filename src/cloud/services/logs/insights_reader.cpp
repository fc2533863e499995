#include "cloud/services/logs/insights_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include <fmt/format.h>

#include "aws/pattern.h"
#include "base/text.h"

namespace trunkline::cloud::logs {
namespace {

using Expression = InsightsExpression;

constexpr int kDeepest = 30;

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '@' || c == '.' ||
         c == '#';
}

Expression Call(std::string name, std::vector<Expression> parts) {
  Expression call;
  call.kind = Expression::Kind::kCall;
  call.text = std::move(name);
  call.parts = std::move(parts);
  return call;
}

Expression Maybe(bool negated, Expression inner) {
  return negated ? Call("not", {std::move(inner)}) : std::move(inner);
}

bool IsNumber(const std::string& text) {
  char* stop = nullptr;
  std::strtod(text.c_str(), &stop);
  return std::isdigit(static_cast<unsigned char>(text.front())) != 0 && *stop == '\0';
}

}  // namespace

Error InsightsReader::Expected(std::string_view what) const {
  return Error(ErrorKind::kInvalid, "expected {} before '{}'", what, Trim(rest_).substr(0, 40));
}

bool InsightsReader::Take(std::string_view symbol) {
  rest_ = Trim(rest_);
  if (!rest_.starts_with(symbol)) return false;
  rest_.remove_prefix(symbol.size());
  return true;
}

bool InsightsReader::TakeWord(std::string_view word) {
  rest_ = Trim(rest_);
  if (!EqualsIgnoreCase(rest_.substr(0, word.size()), word)) return false;
  if (rest_.size() > word.size() && IsNameCharacter(rest_[word.size()])) return false;
  rest_.remove_prefix(word.size());
  return true;
}

std::string InsightsReader::TakeName() {
  rest_ = Trim(rest_);
  if (rest_.starts_with('`')) {
    const std::size_t end = std::min(rest_.find('`', 1), rest_.size() - 1);
    std::string name(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return name;
  }
  const auto end = std::ranges::find_if_not(rest_, IsNameCharacter);
  std::string name(rest_.begin(), end);
  rest_.remove_prefix(name.size());
  return name;
}

Result<std::string> InsightsReader::TakeText() {
  const char quote = rest_.front();
  std::string text;
  for (std::size_t at = 1; at < rest_.size(); ++at) {
    if (rest_[at] == quote) {
      rest_.remove_prefix(at + 1);
      return text;
    }
    if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
    text += rest_[at];
  }
  return Expected("a closing quote");
}

bool InsightsReader::AtText() {
  rest_ = Trim(rest_);
  return rest_.starts_with('"') || rest_.starts_with('\'');
}

Result<Expression> InsightsReader::ReadExpression(int depth) {
  if (depth > kDeepest) return Error(ErrorKind::kInvalid, "too many brackets");
  TL_TRY(Expression left, ReadAnd(depth));
  while (TakeWord("or") || Take("||")) {
    TL_TRY(Expression right, ReadAnd(depth));
    left = Call("or", {std::move(left), std::move(right)});
  }
  return left;
}

Result<Expression> InsightsReader::ReadAnd(int depth) {
  TL_TRY(Expression left, ReadNot(depth));
  while (TakeWord("and") || Take("&&")) {
    TL_TRY(Expression right, ReadNot(depth));
    left = Call("and", {std::move(left), std::move(right)});
  }
  return left;
}

Result<Expression> InsightsReader::ReadNot(int depth) {
  if (!TakeWord("not")) return ReadComparison(depth);
  TL_TRY(Expression inner, ReadNot(depth));
  return Call("not", {std::move(inner)});
}

Result<Expression> InsightsReader::ReadComparison(int depth) {
  TL_TRY(Expression left, ReadSum(depth));
  for (const std::string_view sign : {"!=", "<=", ">=", "==", "=~", "=", "<", ">"}) {
    if (!Take(sign)) continue;
    TL_TRY(Expression right, sign == "=~" ? ReadPatternOrText() : ReadSum(depth));
    return Call(sign == "=="   ? "="
                : sign == "=~" ? "like"
                               : std::string(sign),
                {std::move(left), std::move(right)});
  }
  const bool negated = TakeWord("not");
  if (TakeWord("like")) {
    TL_TRY(Expression right, ReadPatternOrText());
    return Maybe(negated, Call("like", {std::move(left), std::move(right)}));
  }
  if (TakeWord("in")) {
    std::vector<Expression> parts{std::move(left)};
    if (!Take("[")) return Expected("'['");
    do {
      TL_TRY(Expression item, ReadSum(depth));
      parts.push_back(std::move(item));
    } while (Take(","));
    if (!Take("]")) return Expected("']'");
    return Maybe(negated, Call("in", std::move(parts)));
  }
  if (negated) return Expected("like or in");
  return left;
}

Result<Expression> InsightsReader::ReadPatternOrText() {
  rest_ = Trim(rest_);
  Expression read;
  if (!rest_.starts_with('/')) {
    if (!AtText()) return Expected("a text or a regular expression");
    read.kind = Expression::Kind::kText;
    TL_TRY(read.text, TakeText());
    return read;
  }
  std::size_t end = rest_.find('/', 1);
  while (end != std::string_view::npos && rest_[end - 1] == '\\') end = rest_.find('/', end + 1);
  if (end == std::string_view::npos) return Expected("a closing '/'");
  std::string_view inside = rest_.substr(1, end - 1);
  if (inside.starts_with("(?i)"))
    return Error(ErrorKind::kInvalid, "the flag (?i) is not implemented by the embedded cloud");
  auto compiled = aws::Pattern::Compile(fmt::format("[\\s\\S]*(?:{})[\\s\\S]*", inside));
  if (!compiled) return compiled.error();
  rest_.remove_prefix(end + 1);
  read.kind = Expression::Kind::kPattern;
  read.text = inside;
  read.pattern = std::make_shared<const aws::Pattern>(*std::move(compiled));
  return read;
}

Result<Expression> InsightsReader::ReadSum(int depth) {
  TL_TRY(Expression left, ReadProduct(depth));
  for (;;) {
    const std::string sign = Take("+") ? "+" : Take("-") ? "-" : "";
    if (sign.empty()) return left;
    TL_TRY(Expression right, ReadProduct(depth));
    left = Call(sign, {std::move(left), std::move(right)});
  }
}

Result<Expression> InsightsReader::ReadProduct(int depth) {
  TL_TRY(Expression left, ReadOne(depth));
  for (;;) {
    const std::string sign = Take("*") ? "*" : Take("/") ? "/" : Take("%") ? "%" : "";
    if (sign.empty()) return left;
    TL_TRY(Expression right, ReadOne(depth));
    left = Call(sign, {std::move(left), std::move(right)});
  }
}

Result<Expression> InsightsReader::ReadOne(int depth) {
  rest_ = Trim(rest_);
  Expression read;
  if (AtText()) {
    read.kind = Expression::Kind::kText;
    TL_TRY(read.text, TakeText());
    return read;
  }
  if (Take("(")) {
    TL_TRY(read, ReadExpression(depth + 1));
    if (!Take(")")) return Expected("')'");
    return read;
  }
  const bool negative = Take("-");
  read.text = TakeName();
  if (read.text.empty()) return Expected("a field, a function, a text or a number");
  if (IsNumber(read.text)) {
    read.kind = Expression::Kind::kNumber;
    if (negative) read.text.insert(0, "-");
    return read;
  }
  if (negative) return Expected("a number");
  return rest_.starts_with('(') ? ReadCall(read.text, depth) : Result<Expression>(read);
}

Result<Expression> InsightsReader::ReadCall(const std::string& name, int depth) {
  constexpr std::array<std::string_view, 27> kFunctions = {
      "abs",         "avg",     "bin",     "ceil",
      "coalesce",    "concat",  "count",   "count_distinct",
      "earliest",    "floor",   "isblank", "isempty",
      "ispresent",   "latest",  "max",     "min",
      "pct",         "replace", "round",   "stddev",
      "strcontains", "strlen",  "substr",  "sum",
      "tolower",     "toupper", "trim"};
  const std::string known = ToLower(name);
  if (std::ranges::find(kFunctions, known) == kFunctions.end())
    return Error(ErrorKind::kInvalid, "the function '{}' is not implemented by the embedded cloud",
                 name);
  Take("(");
  Expression call = Call(known, {});
  if (Take("*")) {
    if (!Take(")")) return Expected("')'");
    return call;
  }
  while (!Take(")")) {
    // "bin(5m)" has a period, which is no expression.
    if (known == "bin") {
      Expression period;
      period.kind = Expression::Kind::kText;
      period.text = TakeName();
      call.parts.push_back(std::move(period));
    } else {
      TL_TRY(Expression part, ReadExpression(depth + 1));
      call.parts.push_back(std::move(part));
    }
    if (!Take(",") && !Trim(rest_).starts_with(')')) return Expected("',' or ')'");
  }
  return call;
}

}  // namespace trunkline::cloud::logs
