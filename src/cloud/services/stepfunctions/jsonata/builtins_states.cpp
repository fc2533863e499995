// The functions Step Functions adds: $hash, $parse, $partition, $random with a seed, $range, $uuid.
//
// What they answer to missing and odd arguments is as measured on AWS (a report of August 2026 on
// floci's issue tracker): fractions are cut off, some mistakes give nothing instead of an error.
#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/sha2.h"
#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"

namespace trunkline::cloud::jsonata {
namespace {

Failure WrongArgument(int number) {
  return Failure("T0410").With("index", std::to_string(number));
}

Failure WrongValue(std::string message) {
  return Failure("D3137").With("message", std::move(message));
}

Outcome<std::string> Digest(std::string_view algorithm, std::string_view text) {
  if (algorithm == "MD5") return Md5(text);
  if (algorithm == "SHA-1") return Sha1(text);
  if (algorithm == "SHA-256") return Sha256(text);
  if (algorithm == "SHA-384") return Sha384(text);
  if (algorithm == "SHA-512") return Sha512(text);
  return WrongValue(fmt::format(
      "Hash algorithm '{}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5", algorithm));
}

Outcome<Value> Hash(Evaluator&, Arguments arguments) {
  if (!arguments[0].IsText()) return WrongArgument(1);
  if (!arguments[1].IsText()) return Value();
  TL_TRY(const std::string digest, Digest(arguments[1].AsText(), arguments[0].AsText()));
  return Value::Text(ToHex(digest));
}

Outcome<Value> ParseJson(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view text = arguments[0].AsText();
  if (!evaluator.Spend(text.size())) return TimeExceeded();
  Result<json::Value> parsed = json::Parse(text);
  if (!parsed) return WrongValue("Invalid JSON");
  return Value::OfJson(evaluator.Hold(std::move(parsed).value()));
}

Outcome<Value> Partition(Evaluator& evaluator, Arguments arguments) {
  const Value& array = arguments[0];
  if (array.IsUndefined()) return Value();
  if (!array.IsArray()) return Failure("T0412").With("index", "1");
  if (array.size() == 0) return Value();
  const auto count = static_cast<double>(array.size());
  const double wanted = arguments[1].IsNumber() ? std::trunc(arguments[1].AsNumber()) : count;
  if (wanted < 0) return WrongValue("Second argument must be zero or greater");
  if (!(wanted >= 1)) return Value();
  const auto size = static_cast<std::size_t>(std::min(wanted, count));
  std::vector<Value> parts;
  for (std::size_t i = 0; i < array.size(); i += size) {
    std::vector<Value> part;
    for (std::size_t j = i; j < std::min(i + size, array.size()); ++j)
      part.push_back(array.Item(j));
    TL_TRY(Value made, evaluator.MakeArray(std::move(part)));
    parts.push_back(std::move(made));
  }
  return evaluator.MakeArray(std::move(parts));
}

Outcome<Value> Range(Evaluator& evaluator, Arguments arguments) {
  for (int i = 0; i < 2; ++i) {
    if (!arguments[static_cast<std::size_t>(i)].IsNumber()) return WrongArgument(i + 1);
  }
  if (!arguments[2].IsNumber()) return Value();
  const double start = std::trunc(arguments[0].AsNumber());
  const double end = std::trunc(arguments[1].AsNumber());
  const double step = std::trunc(arguments[2].AsNumber());
  const double count = std::floor((end - start) / step) + 1;
  if (step == 0 || !(count >= 1)) return Value();
  if (count > static_cast<double>(kMaxRangeItems)) return MemoryExceeded();
  std::vector<Value> items;
  for (double i = 0; i < count; ++i) items.push_back(Value::Number(start + i * step));
  return evaluator.MakeArray(std::move(items), kSequence);
}

// java.util.Random's first double for a seed: $random(42) is 0.7275636800328681 on AWS.
double SeededDouble(std::int64_t seed) {
  constexpr std::uint64_t kMultiplier = 0x5DEECE66DULL;
  constexpr std::uint64_t kMask = (1ULL << 48U) - 1;
  std::uint64_t state = (static_cast<std::uint64_t>(seed) ^ kMultiplier) & kMask;
  const auto next = [&](unsigned bits) {
    state = (state * kMultiplier + 0xB) & kMask;
    return state >> (48U - bits);
  };
  const std::uint64_t high = next(26);
  const std::uint64_t low = next(27);
  return static_cast<double>((high << 27U) + low) * 0x1p-53;
}

Outcome<Value> RandomNumber(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsNumber()) {
    constexpr double kMost = 9223372036854774784.0;  // the biggest double a 64-bit integer holds
    const double seed = std::clamp(std::trunc(arguments[0].AsNumber()), -kMost, kMost);
    return Value::Number(SeededDouble(static_cast<std::int64_t>(seed)));
  }
  constexpr std::uint64_t kDoubles = 1ULL << 53U;
  const std::uint64_t drawn = UniformBelow(evaluator.world().random, kDoubles);
  return Value::Number(static_cast<double>(drawn) * 0x1p-53);
}

Outcome<Value> Uuid(Evaluator& evaluator, Arguments) {
  return Value::Text(NewUuid(evaluator.world().random));
}

constexpr Builtin kRows[] = {
    {.name = "hash", .signature = "<s?s?:s>", .arity = 2, .call = Hash},
    {.name = "parse", .signature = "<s?:x>", .arity = 1, .call = ParseJson},
    {.name = "partition", .signature = "<x?n?:a>", .arity = 2, .call = Partition},
    {.name = "random", .signature = "<n?:n>", .arity = 1, .call = RandomNumber},
    {.name = "range", .signature = "<nnn?:a>", .arity = 3, .call = Range},
    {.name = "uuid", .signature = "<:s>", .arity = 0, .call = Uuid},
};

}  // namespace

constinit const std::span<const Builtin> kStatesBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
