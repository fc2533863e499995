// Functions of numbers.
#include <algorithm>
#include <cmath>
#include <optional>

#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/format_number.h"
#include "cloud/services/stepfunctions/jsonata/integer_picture.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::string_view kDigits = "0123456789";

// -?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?
bool IsDecimal(std::string_view text) {
  const auto digits = [&] {
    const std::size_t count = std::min(text.find_first_not_of(kDigits), text.size());
    text.remove_prefix(count);
    return count > 0;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (!digits()) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!digits()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (!digits()) return false;
  }
  return text.empty();
}

// 0x1f, 0o17, 0b101.
std::optional<double> ReadPrefixed(std::string_view text) {
  if (text.size() < 3 || text[0] != '0') return std::nullopt;
  const char mark = static_cast<char>(text[1] | 0x20);
  const double base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
  double number = 0;
  for (const char c : text.substr(2)) {
    const char lower = static_cast<char>(c | 0x20);
    const double digit = c >= '0' && c <= '9'           ? c - '0'
                         : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                        : 16;
    if (digit >= base) return std::nullopt;
    number = number * base + digit;
  }
  return number;
}

Outcome<Value> Number(Evaluator&, Arguments arguments) {
  const Value& value = arguments[0];
  if (value.IsUndefined() || value.IsNumber()) return value;
  if (value.IsBool()) return Value::Number(value.AsBool() ? 1 : 0);
  const std::string_view text = value.IsText() ? value.AsText() : std::string_view();
  if (IsDecimal(text) && std::isfinite(ReadNumber(text))) return Value::Number(ReadNumber(text));
  if (const std::optional<double> number = ReadPrefixed(text)) return Value::Number(*number);
  return Failure("D3030").With("value", Show(value));
}

Outcome<Value> Abs(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return Value::Number(std::abs(arguments[0].AsNumber()));
}

Outcome<Value> Ceil(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return Value::Number(std::ceil(arguments[0].AsNumber()));
}

Outcome<Value> Floor(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return Value::Number(std::floor(arguments[0].AsNumber()));
}

Outcome<Value> Round(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  constexpr double kMost = 400;  // digits a double has before or behind its point
  const double decimals = arguments[1].IsNumber() ? std::trunc(arguments[1].AsNumber()) : 0;
  const int places = static_cast<int>(std::clamp(decimals, -kMost, kMost));
  return Value::Number(RoundHalfEven(arguments[0].AsNumber(), places));
}

Outcome<Value> Sqrt(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  if (arguments[0].AsNumber() < 0) return Failure("D3060").With("value", Show(arguments[0]));
  return Value::Number(std::sqrt(arguments[0].AsNumber()));
}

Outcome<Value> Power(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const double exponent = arguments[1].IsNumber() ? arguments[1].AsNumber() : std::nan("");
  const double base = arguments[0].AsNumber();
  // C's pow(1, NaN) is 1, JavaScript's is not.
  const double result = std::isnan(exponent) ? exponent : std::pow(base, exponent);
  if (std::isfinite(result)) return Value::Number(result);
  return Failure("D3061").With("value", Show(arguments[0])).With("exp", Show(arguments[1]));
}

Outcome<Value> FormatBase(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const double radix = arguments[1].IsNumber() ? RoundHalfEven(arguments[1].AsNumber(), 0) : 10;
  if (!(radix >= 2 && radix <= 36)) {
    return Failure("D3100").With("value", Show(Value::Number(radix)));
  }
  const double number = RoundHalfEven(arguments[0].AsNumber(), 0);
  return Value::Text(TextInBase(number, static_cast<int>(radix)));
}

Outcome<Value> FormatNumber(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view picture = arguments[1].IsText() ? arguments[1].AsText() : "";
  TL_TRY(std::string text, jsonata::FormatNumber(arguments[0].AsNumber(), picture, arguments[2]));
  return evaluator.MakeText(std::move(text));
}

Outcome<Value> FormatInteger(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view picture = arguments[1].IsText() ? arguments[1].AsText() : "";
  TL_TRY(const IntegerPicture format, IntegerPicture::Parse(picture));
  TL_TRY(std::string text, format.Format(std::floor(arguments[0].AsNumber())));
  return evaluator.MakeText(std::move(text));
}

Outcome<Value> ParseInteger(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view picture = arguments[1].IsText() ? arguments[1].AsText() : "";
  TL_TRY(const IntegerPicture format, IntegerPicture::Parse(picture));
  TL_TRY(const double number, format.Read(arguments[0].AsText()));
  return Value::Number(number);
}

constexpr Builtin kRows[] = {
    {.name = "abs", .signature = "<n-:n>", .arity = 1, .call = Abs},
    {.name = "ceil", .signature = "<n-:n>", .arity = 1, .call = Ceil},
    {.name = "floor", .signature = "<n-:n>", .arity = 1, .call = Floor},
    {.name = "formatBase", .signature = "<n-n?:s>", .arity = 2, .call = FormatBase},
    {.name = "formatInteger", .signature = "<n-s:s>", .arity = 2, .call = FormatInteger},
    {.name = "formatNumber", .signature = "<n-so?:s>", .arity = 3, .call = FormatNumber},
    {.name = "number", .signature = "<(nsb)-:n>", .arity = 1, .call = Number},
    {.name = "parseInteger", .signature = "<s-s:n>", .arity = 2, .call = ParseInteger},
    {.name = "power", .signature = "<n-n:n>", .arity = 2, .call = Power},
    {.name = "round", .signature = "<n-n?:n>", .arity = 2, .call = Round},
    {.name = "sqrt", .signature = "<n-:n>", .arity = 1, .call = Sqrt},
};

}  // namespace

constinit const std::span<const Builtin> kNumberBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
