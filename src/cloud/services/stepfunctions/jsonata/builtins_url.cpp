// $encodeUrl, $decodeUrl and theirs for components: JavaScript's encodeURI family.
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::string_view kMarks = "-_.!~*'()";
constexpr std::string_view kReserved = ";/?:@&=+$,#";

Failure Malformed(std::string_view function, const Value& text) {
  return Failure("D3140")
      .With("functionName", std::string(function))
      .With("value", json::Quote(ToValidUtf8(text.AsText())));
}

bool StaysAsItIs(char c, std::string_view kept) {
  const bool alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return alphanumeric || kMarks.find(c) != std::string_view::npos ||
         kept.find(c) != std::string_view::npos;
}

Outcome<Value> Encode(Evaluator& evaluator, const Value& text, std::string_view function,
                      std::string_view kept) {
  if (text.IsUndefined()) return Value();
  if (HasLoneSurrogate(text.AsText())) return Malformed(function, text);
  std::string encoded;
  for (const char c : text.AsText()) {
    if (StaysAsItIs(c, kept)) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return evaluator.MakeText(std::move(encoded));
}

Outcome<Value> Decode(Evaluator& evaluator, const Value& text, std::string_view function,
                      std::string_view kept) {
  if (text.IsUndefined()) return Value();
  std::string decoded;
  std::string_view rest = text.AsText();
  while (!rest.empty()) {
    if (rest.front() != '%') {
      decoded += rest.front();
      rest.remove_prefix(1);
      continue;
    }
    const std::string byte = PercentDecode(rest.substr(0, 3));
    if (rest.size() < 3 || byte.size() != 1) return Malformed(function, text);
    const bool stays = kept.find(byte.front()) != std::string_view::npos;
    decoded += stays ? rest.substr(0, 3) : std::string_view(byte);
    rest.remove_prefix(3);
  }
  if (!IsUtf8(decoded)) return Malformed(function, text);
  return evaluator.MakeText(std::move(decoded));
}

Outcome<Value> EncodeUrl(Evaluator& evaluator, Arguments arguments) {
  return Encode(evaluator, arguments[0], "encodeUrl", kReserved);
}
Outcome<Value> EncodeUrlComponent(Evaluator& evaluator, Arguments arguments) {
  return Encode(evaluator, arguments[0], "encodeUrlComponent", "");
}
Outcome<Value> DecodeUrl(Evaluator& evaluator, Arguments arguments) {
  return Decode(evaluator, arguments[0], "decodeUrl", kReserved);
}
Outcome<Value> DecodeUrlComponent(Evaluator& evaluator, Arguments arguments) {
  return Decode(evaluator, arguments[0], "decodeUrlComponent", "");
}

constexpr Builtin kRows[] = {
    {.name = "decodeUrl", .signature = "<s-:s>", .arity = 1, .call = DecodeUrl},
    {.name = "decodeUrlComponent", .signature = "<s-:s>", .arity = 1, .call = DecodeUrlComponent},
    {.name = "encodeUrl", .signature = "<s-:s>", .arity = 1, .call = EncodeUrl},
    {.name = "encodeUrlComponent", .signature = "<s-:s>", .arity = 1, .call = EncodeUrlComponent},
};

}  // namespace

constinit const std::span<const Builtin> kUrlBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
