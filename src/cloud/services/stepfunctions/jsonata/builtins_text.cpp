// Functions of texts.
#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/letter_case.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

Outcome<Value> String(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined() || arguments[0].IsText()) return arguments[0];
  const bool pretty = arguments[1].IsBool() && arguments[1].AsBool();
  TL_TRY(std::string text, ToText(arguments[0], pretty));
  return evaluator.MakeText(std::move(text));
}

// A place as JavaScript's slice takes it: from the end when negative.
std::size_t SliceIndex(double place, std::size_t count) {
  const auto size = static_cast<double>(count);
  place = std::trunc(place);
  if (place < 0) place += size;
  return static_cast<std::size_t>(std::clamp(place, 0.0, size));
}

Outcome<Value> Substring(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view text = arguments[0].AsText();
  const std::size_t count = CountCodePoints(text);
  const auto size = static_cast<double>(count);
  double start = arguments[1].IsNumber() ? arguments[1].AsNumber() : 0;
  if (size + start < 0) start = 0;
  std::size_t end = count;
  if (arguments[2].IsNumber()) {
    const double length = arguments[2].AsNumber();
    if (length <= 0) return Value::Text("");
    end = SliceIndex(start >= 0 ? start + length : size + start + length, count);
  }
  const std::size_t first = SliceIndex(start, count);
  if (first >= end) return Value::Text("");
  const std::size_t from = OffsetOfCodePoint(text, first);
  const std::size_t length = OffsetOfCodePoint(text.substr(from), end - first);
  return evaluator.MakeText(std::string(text.substr(from, length)));
}

Outcome<Value> SubstringBefore(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined() || !arguments[1].IsText()) return arguments[0];
  const std::string_view text = arguments[0].AsText();
  const std::size_t at = text.find(arguments[1].AsText());
  if (at == std::string_view::npos) return arguments[0];
  return evaluator.MakeText(std::string(text.substr(0, at)));
}

Outcome<Value> SubstringAfter(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined() || !arguments[1].IsText()) return arguments[0];
  const std::string_view text = arguments[0].AsText();
  const std::size_t at = text.find(arguments[1].AsText());
  if (at == std::string_view::npos) return arguments[0];
  return evaluator.MakeText(std::string(text.substr(at + arguments[1].AsText().size())));
}

Outcome<Value> Lowercase(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return evaluator.MakeText(ToLowerCase(arguments[0].AsText()));
}

Outcome<Value> Uppercase(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return evaluator.MakeText(ToUpperCase(arguments[0].AsText()));
}

Outcome<Value> Length(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return Value::Number(static_cast<double>(CountCodePoints(arguments[0].AsText())));
}

// Every run of blanks becomes one, none stay at the ends.
Outcome<Value> TrimText(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  std::string trimmed;
  bool blank = false;
  for (const char c : arguments[0].AsText()) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = !trimmed.empty();
      continue;
    }
    if (blank) trimmed += ' ';
    blank = false;
    trimmed += c;
  }
  return evaluator.MakeText(std::move(trimmed));
}

Outcome<Value> Pad(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined() || !arguments[1].IsNumber()) return arguments[0];
  const std::string_view text = arguments[0].AsText();
  const double width = std::trunc(arguments[1].AsNumber());
  const double missing = std::abs(width) - static_cast<double>(CountCodePoints(text));
  if (!(missing > 0)) return arguments[0];
  if (missing > static_cast<double>(kMaxTextBytes)) return MemoryExceeded();
  std::string_view with = arguments[2].IsText() ? arguments[2].AsText() : " ";
  if (with.empty()) with = " ";
  const std::size_t count = CountCodePoints(with);
  auto left = static_cast<std::size_t>(missing);
  std::string padding;
  for (; left >= count; left -= count) {
    padding += with;
    if (padding.size() > kMaxTextBytes) return MemoryExceeded();
  }
  padding += with.substr(0, OffsetOfCodePoint(with, left));
  return evaluator.MakeText(width > 0 ? std::string(text) + padding : padding + std::string(text));
}

Outcome<Value> Join(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  std::string text;
  for (std::size_t i = 0; i < arguments[0].size(); ++i) {
    if (i > 0 && arguments[1].IsText()) text += arguments[1].AsText();
    text += arguments[0].Item(i).AsText();
    if (text.size() > kMaxTextBytes) return MemoryExceeded();
  }
  return evaluator.MakeText(std::move(text));
}

// A byte for each UTF-16 unit: characters above U+00FF lose their upper half, as in Node.js.
Outcome<Value> Base64Encode(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view text = arguments[0].AsText();
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = NextCodePoint(text, at);
    if (c >= 0x10000) {
      bytes += static_cast<char>((c - 0x10000) >> 10U);
      c = 0xDC00 + ((c - 0x10000) & 0x3FFU);
    }
    bytes += static_cast<char>(c);
  }
  return evaluator.MakeText(ToBase64(bytes));
}

Outcome<Value> Base64Decode(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  std::string encoded(arguments[0].AsText());
  while (encoded.size() % 4 != 0 && encoded.size() % 4 != 1) encoded += '=';
  const std::optional<std::string> bytes = FromBase64(encoded);
  if (!bytes) return Failure::Limit("The argument of base64decode must be Base64");
  std::string text;
  for (const char byte : *bytes) AppendCodePoint(text, static_cast<unsigned char>(byte));
  return evaluator.MakeText(std::move(text));
}

constexpr Builtin kRows[] = {
    {.name = "base64decode", .signature = "<s-:s>", .arity = 1, .call = Base64Decode},
    {.name = "base64encode", .signature = "<s-:s>", .arity = 1, .call = Base64Encode},
    {.name = "join", .signature = "<a<s>s?:s>", .arity = 2, .call = Join},
    {.name = "length", .signature = "<s-:n>", .arity = 1, .call = Length},
    {.name = "lowercase", .signature = "<s-:s>", .arity = 1, .call = Lowercase},
    {.name = "pad", .signature = "<s-ns?:s>", .arity = 3, .call = Pad},
    {.name = "string", .signature = "<x-b?:s>", .arity = 1, .call = String},
    {.name = "substring", .signature = "<s-nn?:s>", .arity = 3, .call = Substring},
    {.name = "substringAfter", .signature = "<s-s:s>", .arity = 2, .call = SubstringAfter},
    {.name = "substringBefore", .signature = "<s-s:s>", .arity = 2, .call = SubstringBefore},
    {.name = "trim", .signature = "<s-:s>", .arity = 1, .call = TrimText},
    {.name = "uppercase", .signature = "<s-:s>", .arity = 1, .call = Uppercase},
};

}  // namespace

constinit const std::span<const Builtin> kTextBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
