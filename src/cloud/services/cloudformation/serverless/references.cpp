#include "cloud/services/cloudformation/serverless/references.h"

#include <optional>

#include "base/text.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

using Names = std::map<std::string, std::string>;

class Replacer {
 public:
  Replacer(const Names& references, const Names& renamed)
      : references_(references), renamed_(renamed) {}

  json::Value Replace(json::Value value) const {
    if (value.IsArray()) {
      for (json::Value& item : value.AsArray()) item = Replace(std::move(item));
      return value;
    }
    if (!value.IsObject()) return value;
    json::Object& object = value.AsObject();
    if (object.size() == 1) ReplaceCall(*object.begin());
    if (json::Value* depends = object.Find("DependsOn")) ReplaceDependencies(*depends);
    for (json::Member& member : object) member.value = Replace(std::move(member.value));
    return value;
  }

 private:
  static const std::string* Find(const Names& names, const std::string& name) {
    const auto found = names.find(name);
    return found == names.end() ? nullptr : &found->second;
  }

  // "Function.Alias.Arn" -> "FunctionAliaslive.Arn"; nothing: it is neither.
  std::optional<std::string> NewName(const std::string& path) const {
    const std::size_t dot = path.find('.');
    const std::string first = path.substr(0, dot);
    if (dot != std::string::npos) {
      const std::size_t second = path.find('.', dot + 1);
      if (const std::string* id = Find(references_, path.substr(0, second)))
        return *id + (second == std::string::npos ? "" : path.substr(second));
    }
    if (const std::string* id = Find(renamed_, first))
      return *id + (dot == std::string::npos ? "" : path.substr(dot));
    return std::nullopt;
  }

  void ReplaceCall(json::Member& call) const {
    if (call.key == "Ref" && call.value.IsString()) {
      if (const auto name = NewName(call.value.AsString())) call.value = json::Value(*name);
    } else if (call.key == "Fn::GetAtt") {
      ReplaceAttribute(call.value);
    } else if (call.key == "Fn::Sub") {
      json::Value& text = call.value.IsArray() && !call.value.AsArray().empty()
                              ? call.value.AsArray().front()
                              : call.value;
      if (text.IsString()) text = json::Value(InText(text.AsString()));
    }
  }

  // ["Function", "Alias.Arn"] and ["Function.Alias", "Arn"] are one.
  void ReplaceAttribute(json::Value& value) const {
    std::string path;
    if (value.IsString()) path = value.AsString();
    if (value.IsArray()) {
      for (const json::Value& part : value.AsArray()) {
        if (!part.IsString()) return;
        path += (path.empty() ? "" : ".") + part.AsString();
      }
    }
    const auto name = NewName(path);
    if (!name) return;
    const std::size_t dot = name->find('.');
    if (dot == std::string::npos) {
      value = json::Array{*name};
    } else {
      value = json::Array{name->substr(0, dot), name->substr(dot + 1)};
    }
  }

  std::string InText(std::string_view text) const {
    std::string made;
    while (true) {
      const std::size_t start = text.find("${");
      const std::size_t end = start == std::string_view::npos ? start : text.find('}', start);
      if (end == std::string_view::npos) return made.append(text);
      const auto name = NewName(std::string(text.substr(start + 2, end - start - 2)));
      made += text.substr(0, start);
      made += name ? "${" + *name + "}" : std::string(text.substr(start, end - start + 1));
      text.remove_prefix(end + 1);
    }
  }

  void ReplaceDependencies(json::Value& depends) const {
    if (depends.IsString()) {
      if (const std::string* id = Find(renamed_, depends.AsString())) depends = json::Value(*id);
    } else if (depends.IsArray()) {
      for (json::Value& one : depends.AsArray()) ReplaceDependencies(one);
    }
  }

  const Names& references_;
  const Names& renamed_;
};

}  // namespace

json::Value ReplaceReferences(json::Value document, const Names& references, const Names& renamed) {
  if (references.empty() && renamed.empty()) return document;
  return Replacer(references, renamed).Replace(std::move(document));
}

}  // namespace trunkline::cloud::cloudformation::serverless
