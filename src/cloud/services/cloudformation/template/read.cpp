#include "cloud/services/cloudformation/template/read.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "base/yaml.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kColumn = " column ";

// "<what>, at line 3 column 7" -> " (line 3, column 7)". The service gives the column behind what
// it did not expect in JSON.
std::string PlaceOf(const std::string& message, bool behind) {
  const std::size_t at = message.rfind(", at line ");
  if (at == std::string::npos) return {};
  const std::string place = message.substr(at + 5);
  const std::size_t split = place.find(kColumn);
  const auto column =
      split == place.npos ? std::nullopt : ToInt(place.substr(split + kColumn.size()));
  if (!column) return {};
  return fmt::format(" ({}, column {})", place.substr(0, split), *column + (behind ? 1 : 0));
}

ServiceError NotWellFormed(std::string_view language, const Error& error) {
  const std::string& message = error.message();
  // With a place the service says no more (seen).
  const bool at_end = message.find("the end") != std::string::npos;
  const std::string place = PlaceOf(message, language == "JSON" && !at_end);
  if (!place.empty())
    return ValidationError(
        fmt::format("Template format error: {} not well-formed.{}", language, place));
  return ValidationError(
      fmt::format("Template format error: {} not well-formed: {}", language, message));
}

// !GetAtt A.B.C is resource A, attribute "B.C".
json::Value SplitAttribute(json::Value value) {
  if (!value.IsString()) return value;
  const std::string& text = value.AsString();
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return value;
  return json::Array{text.substr(0, dot), text.substr(dot + 1)};
}

Result<json::Value> FromShortForm(std::string_view tag, json::Value value) {
  std::string name(tag);
  if (tag != "Ref" && tag != "Condition") name.insert(0, "Fn::");
  if (tag == "GetAtt") value = SplitAttribute(std::move(value));
  json::Object call;
  call.Set(name, std::move(value));
  return json::Value(std::move(call));
}

}  // namespace

Answer<json::Object> ReadTemplate(std::string_view text) {
  const bool is_json = Trim(text).starts_with('{');
  yaml::ReadOptions options;
  options.local_tag = FromShortForm;
  Result<json::Value> read = is_json ? json::Parse(text) : yaml::Parse(text, options);
  if (!read) return NotWellFormed(is_json ? "JSON" : "YAML", read.error());
  if (!read->IsObject()) return ValidationError("Template format error: unsupported structure.");
  return std::move(read->AsObject());
}

}  // namespace trunkline::cloud::cloudformation
