#include "cloud/services/cloudformation/template/function.h"

#include "base/text.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {

std::optional<FunctionCall> AsCall(const json::Value& value) {
  if (!value.IsObject() || value.AsObject().size() != 1) return std::nullopt;
  const json::Member& member = *value.AsObject().begin();
  if (member.key != "Ref" && !member.key.starts_with("Fn::")) return std::nullopt;
  return FunctionCall{.name = member.key, .argument = &member.value};
}

std::vector<SubPiece> SplitSub(std::string_view text) {
  std::vector<SubPiece> pieces;
  std::string literal;
  while (!text.empty()) {
    const std::size_t open = text.find("${");
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) break;
    const std::string_view name = text.substr(open + 2, close - open - 2);
    literal += text.substr(0, open);
    if (name.starts_with('!')) {
      literal.append("${").append(name.substr(1)).append("}");
    } else {
      if (!literal.empty()) pieces.push_back({.text = std::exchange(literal, {})});
      pieces.push_back({.text = std::string(Trim(name)), .variable = true});
    }
    text.remove_prefix(close + 1);
  }
  literal += text;
  if (!literal.empty()) pieces.push_back({.text = literal});
  return pieces;
}

Answer<SubArgument> ReadSubArgument(const json::Value& argument) {
  if (argument.IsString()) return SubArgument{.text = argument.AsString()};
  if (argument.IsArray() && argument.AsArray().size() == 2) {
    const json::Array& both = argument.AsArray();
    if (both[0].IsString() && both[1].IsObject())
      return SubArgument{.text = both[0].AsString(), .values = &both[1].AsObject()};
  }
  return ValidationError(
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. "
      "Specify a string as first argument, and an optional second argument to specify a mapping of "
      "values to replace in the string");
}

Answer<GetAttArgument> ReadGetAttArgument(const json::Value& argument) {
  if (argument.IsString()) {
    const std::string& text = argument.AsString();
    const std::size_t dot = text.find('.');
    if (dot != std::string::npos && dot > 0 && dot + 1 < text.size())
      return GetAttArgument{.resource = text.substr(0, dot), .attribute = text.substr(dot + 1)};
  } else if (argument.IsArray() && argument.AsArray().size() >= 2) {
    const json::Array& parts = argument.AsArray();
    GetAttArgument read;
    if (parts[0].IsString()) read.resource = parts[0].AsString();
    read.attribute = parts[1];
    // ["Nested", "Outputs", "Url"] is ["Nested", "Outputs.Url"].
    for (std::size_t i = 2; i < parts.size() && read.attribute.IsString(); ++i) {
      if (parts[i].IsString())
        read.attribute = read.attribute.AsString() + "." + parts[i].AsString();
    }
    const bool named = read.attribute.IsString() ? !read.attribute.AsString().empty()
                                                 : AsCall(read.attribute).has_value();
    if (!read.resource.empty() && named) return read;
  }
  return ValidationError(
      "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource "
      "name and the resource attribute");
}

std::optional<std::string> ScalarText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  return std::nullopt;
}

}  // namespace trunkline::cloud::cloudformation
