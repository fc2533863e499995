// Functions on texts and lists: Join, Split, Select, Base64, Cidr, GetAZs, Length, ToJsonString.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/functions.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kMaxCidrs = 256;

// The argument as a list of exactly two, evaluated.
Answer<json::Array> Two(const Scope& scope, const json::Value& argument, std::string_view error) {
  if (!argument.IsArray() || argument.AsArray().size() != 2) return TemplateError(error);
  json::Array made;
  for (const json::Value& part : argument.AsArray()) {
    TL_TRY(Maybe value, Evaluate(scope, part));
    if (!value) return TemplateError(error);
    made.push_back(std::move(*value));
  }
  return made;
}

Answer<Maybe> Join(const Scope& scope, const json::Value& argument) {
  constexpr std::string_view kForm =
      "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of "
      "strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to "
      "be joined.";
  TL_TRY(const json::Array parts, Two(scope, argument, kForm));
  if (!parts[0].IsString() || !parts[1].IsArray()) return TemplateError(kForm);
  std::vector<std::string> texts;
  for (const json::Value& item : parts[1].AsArray()) {
    const auto text = ScalarText(item);
    if (!text) return TemplateError(kForm);
    texts.push_back(*text);
  }
  return Maybe(json::Value(trunkline::Join(texts, parts[0].AsString())));
}

Answer<Maybe> Split(const Scope& scope, const json::Value& argument) {
  constexpr std::string_view kForm =
      "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to "
      "be split or a function that returns a string to be split.";
  TL_TRY(const json::Array parts, Two(scope, argument, kForm));
  if (!parts[0].IsString() || parts[0].AsString().empty() || !parts[1].IsString())
    return TemplateError(kForm);
  std::string_view rest = parts[1].AsString();
  const std::string& delimiter = parts[0].AsString();
  json::Array made;
  for (std::size_t at = rest.find(delimiter); at != rest.npos; at = rest.find(delimiter)) {
    made.emplace_back(rest.substr(0, at));
    rest.remove_prefix(at + delimiter.size());
  }
  made.emplace_back(rest);
  return Maybe(json::Value(std::move(made)));
}

Answer<Maybe> Select(const Scope& scope, const json::Value& argument) {
  constexpr std::string_view kForm =
      "Fn::Select requires a list argument with two elements: an integer index and a list";
  TL_TRY(json::Array parts, Two(scope, argument, kForm));
  const auto text = ScalarText(parts[0]);
  const auto index = text ? ToInt(*text) : std::nullopt;
  if (!index || !parts[1].IsArray()) return TemplateError(kForm);
  json::Array& list = parts[1].AsArray();
  if (*index < 0 || static_cast<std::size_t>(*index) >= list.size()) {
    return TemplateError(
        fmt::format("Fn::Select cannot select nonexistent value at index {}", *index));
  }
  return Maybe(std::move(list[static_cast<std::size_t>(*index)]));
}

Answer<Maybe> Base64(const Scope& scope, const json::Value& argument) {
  TL_TRY(const std::string text, EvaluateText(scope, argument, "Fn::Base64"));
  return Maybe(json::Value(ToBase64(text)));
}

// Every Region has three zones here, as ec2 is not part of this cloud.
Answer<Maybe> GetAZs(const Scope& scope, const json::Value& argument) {
  TL_TRY(std::string region, EvaluateText(scope, argument, "Fn::GetAZs"));
  if (region.empty()) region = scope.pseudo.GetString("AWS::Region");
  json::Array zones;
  for (const char zone : {'a', 'b', 'c'}) zones.emplace_back(region + zone);
  return Maybe(json::Value(std::move(zones)));
}

struct Block {
  std::uint32_t address = 0;
  int prefix = 0;
};

std::optional<Block> ReadBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  Block block;
  const auto prefix = ToInt(text.substr(slash + 1));
  const auto bytes = trunkline::Split(text.substr(0, slash), '.');
  if (!prefix || *prefix < 0 || *prefix > 32 || bytes.size() != 4) return std::nullopt;
  block.prefix = static_cast<int>(*prefix);
  for (const std::string_view byte : bytes) {
    const auto number = ToInt(byte);
    if (!number || *number < 0 || *number > 255) return std::nullopt;
    block.address = (block.address << 8U) | static_cast<std::uint32_t>(*number);
  }
  return block;
}

json::Array SplitBlock(const Block& block, std::size_t count, int bits) {
  json::Array made;
  const std::uint64_t step = std::uint64_t{1} << static_cast<unsigned>(bits);
  const std::uint64_t end =
      block.address + (std::uint64_t{1} << static_cast<unsigned>(32 - block.prefix));
  for (std::uint64_t at = block.address; made.size() < count && at + step <= end; at += step) {
    made.emplace_back(fmt::format("{}.{}.{}.{}/{}", at >> 24U & 255U, at >> 16U & 255U,
                                  at >> 8U & 255U, at & 255U, 32 - bits));
  }
  return made;
}

Answer<std::int64_t> EvaluateInt(const Scope& scope, const json::Value& value,
                                 std::string_view what) {
  TL_TRY(const std::string text, EvaluateText(scope, value, what));
  if (const auto number = ToInt(text)) return *number;
  return TemplateError(fmt::format("{} requires integers, but got '{}'", what, text));
}

Answer<Maybe> Cidr(const Scope& scope, const json::Value& argument) {
  const bool form = argument.IsArray() && argument.AsArray().size() >= 2;
  if (!form) return TemplateError("every Fn::Cidr object requires two or three parameters");
  const json::Array& parts = argument.AsArray();
  TL_TRY(const std::string text, EvaluateText(scope, parts[0], "Fn::Cidr"));
  TL_TRY(const std::int64_t count, EvaluateInt(scope, parts[1], "Fn::Cidr"));
  std::int64_t bits = 8;
  if (parts.size() > 2) {
    TL_TRY(bits, EvaluateInt(scope, parts[2], "Fn::Cidr"));
  }
  const auto block = ReadBlock(text);
  if (!block || count < 1 || count > static_cast<std::int64_t>(kMaxCidrs) || bits < 0 || bits > 32)
    return TemplateError(fmt::format("Fn::Cidr cannot split '{}' into {} blocks", text, count));
  json::Array made = SplitBlock(*block, static_cast<std::size_t>(count), static_cast<int>(bits));
  if (made.size() < static_cast<std::size_t>(count))
    return TemplateError(fmt::format("Fn::Cidr cannot split '{}' into {} blocks", text, count));
  return Maybe(json::Value(std::move(made)));
}

Answer<void> NeedsExtensions(const Scope& scope, std::string_view function) {
  if (scope.document && scope.document->Uses(kLanguageExtensions)) return {};
  return TemplateError(
      fmt::format("{} is only known with the transform {}", function, kLanguageExtensions));
}

Answer<Maybe> Length(const Scope& scope, const json::Value& argument) {
  TL_DO(NeedsExtensions(scope, "Fn::Length"));
  TL_TRY(const Maybe value, Evaluate(scope, argument));
  if (value && value->IsArray()) return Maybe(json::Value(value->AsArray().size()));
  return TemplateError("Fn::Length requires a list or a function that returns a list");
}

Answer<Maybe> ToJsonString(const Scope& scope, const json::Value& argument) {
  TL_DO(NeedsExtensions(scope, "Fn::ToJsonString"));
  TL_TRY(const Maybe value, Evaluate(scope, argument));
  if (value && (value->IsArray() || value->IsObject()))
    return Maybe(json::Value(json::Write(*value)));
  return TemplateError("Fn::ToJsonString requires an object or a list");
}

constexpr Function kFunctions[] = {
    {"Fn::Base64", Base64}, {"Fn::Cidr", Cidr},
    {"Fn::GetAZs", GetAZs}, {"Fn::Join", Join},
    {"Fn::Length", Length}, {"Fn::Select", Select},
    {"Fn::Split", Split},   {"Fn::ToJsonString", ToJsonString},
};

}  // namespace

constinit const std::span<const Function> kListFunctions = kFunctions;

}  // namespace trunkline::cloud::cloudformation
