// Fn::ForEach of AWS::LanguageExtensions.
#include <map>

#include <fmt/format.h>

#include "base/random.h"
#include "base/text.h"
#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/functions.h"
#include "cloud/services/cloudformation/template/transform.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kForEach = "Fn::ForEach::";
// Nested loops multiply: what all of them write out together is bounded.
constexpr std::size_t kMaxWritten = 200'000;
constexpr int kMaxDepth = 100;

struct Loops {
  const Scope& scope;
  std::map<std::string, std::string> bound = {};  // identifier -> item
  std::size_t written = 0;
  int depth = 0;
};

std::string OnlyAlphanumeric(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (kAlphanumeric.find(c) != std::string_view::npos) made += c;
  }
  return made;
}

std::string Substitute(const Loops& loops, std::string text) {
  for (const auto& [identifier, item] : loops.bound) {
    text = Replace(text, fmt::format("${{{}}}", identifier), item);
    text = Replace(text, fmt::format("&{{{}}}", identifier), OnlyAlphanumeric(item));
  }
  return text;
}

Answer<json::Value> Expand(Loops& loops, const json::Value& value);
Answer<void> ExpandInto(Loops& loops, const json::Object& object, json::Object& made);

Answer<json::Array> Collection(const Loops& loops, const std::string& loop,
                               const json::Value& value) {
  json::Array made;
  const json::Array single{value};
  for (const json::Value& item : value.IsArray() ? value.AsArray() : single) {
    TL_TRY(Maybe one, Evaluate(loops.scope, item));
    if (one && one->IsArray()) {
      for (json::Value& each : one->AsArray()) made.push_back(std::move(each));
    } else if (one) {
      made.push_back(std::move(*one));
    }
  }
  for (const json::Value& item : made) {
    if (!ScalarText(item))
      return TemplateError(fmt::format("{}: the collection must be a list of strings", loop));
  }
  return made;
}

Answer<void> RunLoop(Loops& loops, const json::Member& loop, json::Object& made) {
  const json::Value& value = loop.value;
  const bool form = value.IsArray() && value.AsArray().size() == 3 &&
                    value.AsArray()[0].IsString() && value.AsArray()[2].IsObject();
  if (!form) {
    return TemplateError(fmt::format(
        "{}: Fn::ForEach requires a list of an identifier, a collection and an object", loop.key));
  }
  const json::Array& parts = value.AsArray();
  const std::string& identifier = parts[0].AsString();
  if (loops.bound.contains(identifier))
    return TemplateError(fmt::format("{}: the identifier {} is used twice", loop.key, identifier));
  TL_TRY(const json::Array items, Collection(loops, loop.key, parts[1]));
  for (const json::Value& item : items) {
    loops.bound[identifier] = ScalarText(item).value_or("");
    TL_DO(ExpandInto(loops, parts[2].AsObject(), made));
  }
  loops.bound.erase(identifier);
  return {};
}

Answer<void> ExpandInto(Loops& loops, const json::Object& object, json::Object& made) {
  for (const json::Member& member : object) {
    if (member.key.starts_with(kForEach)) {
      TL_DO(RunLoop(loops, member, made));
      continue;
    }
    TL_TRY(json::Value value, Expand(loops, member.value));
    const std::string key = Substitute(loops, member.key);
    if (made.Has(key)) return TemplateError(fmt::format("Fn::ForEach makes the key {} twice", key));
    made.Set(key, std::move(value));
  }
  return {};
}

Answer<json::Value> ExpandObject(Loops& loops, const json::Object& object) {
  if (object.size() == 1 && object.begin()->key == "Ref" && object.begin()->value.IsString()) {
    const auto found = loops.bound.find(object.begin()->value.AsString());
    if (found != loops.bound.end()) return json::Value(found->second);
  }
  json::Object made;
  TL_DO(ExpandInto(loops, object, made));
  return json::Value(std::move(made));
}

Answer<json::Value> ExpandDeeper(Loops& loops, const json::Value& value) {
  if (value.IsObject()) return ExpandObject(loops, value.AsObject());
  json::Array made;
  for (const json::Value& item : value.AsArray()) {
    TL_TRY(json::Value one, Expand(loops, item));
    made.push_back(std::move(one));
  }
  return json::Value(std::move(made));
}

Answer<json::Value> Expand(Loops& loops, const json::Value& value) {
  if (++loops.written > kMaxWritten || loops.depth > kMaxDepth)
    return TemplateError("Fn::ForEach makes the template too large");
  if (value.IsString()) return json::Value(Substitute(loops, value.AsString()));
  if (!value.IsObject() && !value.IsArray()) return value;
  ++loops.depth;
  Answer<json::Value> made = ExpandDeeper(loops, value);
  --loops.depth;
  return made;
}

}  // namespace

Answer<json::Object> ExpandLoops(const json::Object& document, const Scope& scope) {
  Loops loops{.scope = scope};
  json::Object made;
  TL_DO(ExpandInto(loops, document, made));
  return made;
}

}  // namespace trunkline::cloud::cloudformation
