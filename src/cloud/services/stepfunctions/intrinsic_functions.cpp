// The functions themselves. Limits are Step Functions' own: texts of 10,000 characters, ranges of
// 1,000 elements.
#include <algorithm>
#include <array>
#include <cmath>

#include <openssl/evp.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/intrinsic.h"

namespace trunkline::cloud::stepfunctions {
namespace {

using Arguments = std::span<const json::Value>;

constexpr std::size_t kLongestText = 10'000;
constexpr std::int64_t kLongestRange = 1'000;

Failure Fault(std::string cause) {
  return InState("States.IntrinsicFailure", std::move(cause));
}

Outcome<std::string> TextOf(const json::Value& value) {
  if (!value.IsString()) {
    return Fault(fmt::format("Expected a string but got {}", value.TypeName()));
  }
  if (value.AsString().size() > kLongestText)
    return Fault("The text is longer than 10,000 characters");
  return value.AsString();
}

// Fractions are rounded, halves up: -2.5 is -2 (seen).
Outcome<std::int64_t> IntegerOf(const json::Value& value) {
  if (!value.IsNumber())
    return Fault(fmt::format("Expected a number but got {}", value.TypeName()));
  const double number = value.AsDouble();
  if (std::abs(number) > 9.0e15) return Fault("The number is out of range");
  return static_cast<std::int64_t>(std::floor(number + 0.5));
}

Outcome<json::Array> ArrayOf(const json::Value& value) {
  if (!value.IsArray()) return Fault(fmt::format("Expected an array but got {}", value.TypeName()));
  return value.AsArray();
}

bool SameValue(const json::Value& a, const json::Value& b) {
  if (a.IsNumber() && b.IsNumber()) return a.AsDouble() == b.AsDouble();
  return a == b;
}

Outcome<> Format(Arguments arguments, Random&) {
  TL_TRY(const std::string form, TextOf(arguments[0]));
  std::string text;
  std::size_t next = 1;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (form[at] == '\\' && at + 1 < form.size()) {
      text += form[++at];
    } else if (form[at] == '{' && at + 1 < form.size() && form[at + 1] == '}') {
      if (next >= arguments.size()) return Fault("There are more '{}' than arguments");
      const json::Value& value = arguments[next++];
      text += value.IsString() ? value.AsString() : json::Write(value);
      ++at;
    } else if (form[at] == '{' || form[at] == '}') {
      return Fault("A brace that is no '{}' needs a backslash");
    } else {
      text += form[at];
    }
  }
  if (next < arguments.size()) return Fault("There are more arguments than '{}'");
  return json::Value(std::move(text));
}

Outcome<> StringToJson(Arguments arguments, Random&) {
  if (!arguments[0].IsString()) return Fault("Expected a string");
  if (Trim(arguments[0].AsString()).empty()) return json::Value();  // seen
  auto value = json::Parse(arguments[0].AsString());
  if (!value) return Fault(fmt::format("Invalid JSON: {}", value.error().message()));
  return std::move(*value);
}

Outcome<> JsonToString(Arguments arguments, Random&) {
  return json::Value(json::Write(arguments[0]));
}

Outcome<> MakeArray(Arguments arguments, Random&) {
  return json::Value(json::Array(arguments.begin(), arguments.end()));
}

Outcome<> ArrayPartition(Arguments arguments, Random&) {
  TL_TRY(const json::Array array, ArrayOf(arguments[0]));
  TL_TRY(const std::int64_t size, IntegerOf(arguments[1]));
  if (size <= 0) return Fault("The size of a part must be positive");
  json::Array parts;
  for (const json::Value& item : array) {
    if (parts.empty() || static_cast<std::int64_t>(parts.back().AsArray().size()) >= size)
      parts.emplace_back(json::Array());
    parts.back().AsArray().push_back(item);
  }
  return json::Value(std::move(parts));
}

Outcome<> ArrayContains(Arguments arguments, Random&) {
  TL_TRY(const json::Array array, ArrayOf(arguments[0]));
  const bool found = std::ranges::any_of(
      array, [&](const json::Value& item) { return SameValue(item, arguments[1]); });
  return json::Value(found);
}

Outcome<> ArrayRange(Arguments arguments, Random&) {
  TL_TRY(const std::int64_t first, IntegerOf(arguments[0]));
  TL_TRY(const std::int64_t last, IntegerOf(arguments[1]));
  TL_TRY(const std::int64_t step, IntegerOf(arguments[2]));
  if (step == 0) return Fault("The step must not be 0");
  if ((last - first) / step >= kLongestRange) {
    return Fault("The range would have more than 1,000 elements");
  }
  json::Array range;
  for (std::int64_t at = first; step > 0 ? at <= last : at >= last; at += step)
    range.emplace_back(at);
  return json::Value(std::move(range));
}

Outcome<> ArrayGetItem(Arguments arguments, Random&) {
  TL_TRY(const json::Array array, ArrayOf(arguments[0]));
  TL_TRY(const std::int64_t index, IntegerOf(arguments[1]));
  if (index < 0 || index >= static_cast<std::int64_t>(array.size())) {
    return Fault(fmt::format("The index {} is out of bounds for length {}", index, array.size()));
  }
  return array[static_cast<std::size_t>(index)];
}

Outcome<> ArrayLength(Arguments arguments, Random&) {
  TL_TRY(const json::Array array, ArrayOf(arguments[0]));
  return json::Value(array.size());
}

Outcome<> ArrayUnique(Arguments arguments, Random&) {
  TL_TRY(const json::Array array, ArrayOf(arguments[0]));
  json::Array unique;
  for (const json::Value& item : array) {
    const auto same = [&](const json::Value& kept) { return SameValue(kept, item); };
    if (std::ranges::none_of(unique, same)) unique.push_back(item);
  }
  return json::Value(std::move(unique));
}

Outcome<> Base64Encode(Arguments arguments, Random&) {
  TL_TRY(const std::string text, TextOf(arguments[0]));
  return json::Value(ToBase64(text));
}

Outcome<> Base64Decode(Arguments arguments, Random&) {
  TL_TRY(const std::string text, TextOf(arguments[0]));
  auto bytes = FromBase64(text);
  if (!bytes || !IsUtf8(*bytes)) return Fault("The text is not valid Base64 of a text");
  return json::Value(std::move(*bytes));
}

Outcome<> Hash(Arguments arguments, Random&) {
  TL_TRY(const std::string text, TextOf(arguments[0]));
  TL_TRY(const std::string name, TextOf(arguments[1]));
  constexpr std::array<std::string_view, 5> kNames = {"MD5", "SHA-1", "SHA-256", "SHA-384",
                                                      "SHA-512"};
  const EVP_MD* digest = std::ranges::find(kNames, name) == kNames.end()
                             ? nullptr
                             : EVP_get_digestbyname(name.c_str());
  if (!digest && name == "SHA-1") digest = EVP_sha1();
  if (!digest && name == "SHA-256") digest = EVP_sha256();
  if (!digest && name == "SHA-384") digest = EVP_sha384();
  if (!digest && name == "SHA-512") digest = EVP_sha512();
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  if (!digest || EVP_Digest(text.data(), text.size(), bytes.data(), &size, digest, nullptr) != 1) {
    return Fault(fmt::format(
        "The algorithm '{}' is none of MD5, SHA-1, SHA-256, SHA-384 and SHA-512", name));
  }
  return json::Value(ToHex({reinterpret_cast<const char*>(bytes.data()), size}));
}

Outcome<> JsonMerge(Arguments arguments, Random&) {
  if (!arguments[0].IsObject() || !arguments[1].IsObject()) return Fault("Expected two objects");
  if (!arguments[2].IsBool()) return Fault("Expected a boolean as third argument");
  if (arguments[2].AsBool()) return Fault("Only shallow merging is supported");
  json::Object merged = arguments[0].AsObject();
  for (const auto& member : arguments[1].AsObject()) merged.Set(member.key, member.value);
  return json::Value(std::move(merged));
}

// With a seed the same number again; not the one that AWS draws for it.
Outcome<> MathRandom(Arguments arguments, Random& random) {
  TL_TRY(const std::int64_t from, IntegerOf(arguments[0]));
  TL_TRY(const std::int64_t to, IntegerOf(arguments[1]));
  if (from >= to) return Fault("The start must be less than the end");
  const auto width = static_cast<std::uint64_t>(to - from);
  if (arguments.size() < 3)
    return json::Value(from + static_cast<std::int64_t>(UniformBelow(random, width)));
  TL_TRY(const std::int64_t seed, IntegerOf(arguments[2]));
  SeededRandom seeded(static_cast<std::uint64_t>(seed));
  return json::Value(from + static_cast<std::int64_t>(UniformBelow(seeded, width)));
}

Outcome<> MathAdd(Arguments arguments, Random&) {
  TL_TRY(const std::int64_t a, IntegerOf(arguments[0]));
  TL_TRY(const std::int64_t b, IntegerOf(arguments[1]));
  return json::Value(a + b);
}

// Each character of the second argument separates; empty parts are left out.
Outcome<> StringSplit(Arguments arguments, Random&) {
  TL_TRY(const std::string text, TextOf(arguments[0]));
  TL_TRY(const std::string separators, TextOf(arguments[1]));
  json::Array parts;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find_first_of(separators, start), text.size());
    if (end > start) parts.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  return json::Value(std::move(parts));
}

Outcome<> Uuid(Arguments, Random& random) {
  return json::Value(NewUuid(random));
}

struct Function {
  std::string_view name;
  Arity arity;
  Outcome<> (*apply)(Arguments, Random&);
};

constexpr std::array kFunctions = {
    Function{"Array", {0, 64}, MakeArray},
    Function{"ArrayContains", {2, 2}, ArrayContains},
    Function{"ArrayGetItem", {2, 2}, ArrayGetItem},
    Function{"ArrayLength", {1, 1}, ArrayLength},
    Function{"ArrayPartition", {2, 2}, ArrayPartition},
    Function{"ArrayRange", {3, 3}, ArrayRange},
    Function{"ArrayUnique", {1, 1}, ArrayUnique},
    Function{"Base64Decode", {1, 1}, Base64Decode},
    Function{"Base64Encode", {1, 1}, Base64Encode},
    Function{"Format", {1, 64}, Format},
    Function{"Hash", {2, 2}, Hash},
    Function{"JsonMerge", {3, 3}, JsonMerge},
    Function{"JsonToString", {1, 1}, JsonToString},
    Function{"MathAdd", {2, 2}, MathAdd},
    Function{"MathRandom", {2, 3}, MathRandom},
    Function{"StringSplit", {2, 2}, StringSplit},
    Function{"StringToJson", {1, 1}, StringToJson},
    Function{"UUID", {0, 0}, Uuid},
};

const Function* FindFunction(std::string_view name) {
  const auto* const found = std::ranges::find(kFunctions, name, &Function::name);
  return found == kFunctions.end() ? nullptr : found;
}

}  // namespace

Arity ArityOf(std::string_view name) {
  const Function* function = FindFunction(name);
  return function ? function->arity : Arity{.least = 0, .most = -1};
}

Outcome<> ApplyIntrinsic(std::string_view name, std::span<const json::Value> arguments,
                         Random& random) {
  const Function* function = FindFunction(name);
  if (!function) return Fault(fmt::format("The function 'States.{}' does not exist", name));
  return function->apply(arguments, random);
}

}  // namespace trunkline::cloud::stepfunctions
