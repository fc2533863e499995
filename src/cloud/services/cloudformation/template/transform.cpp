#include "cloud/services/cloudformation/template/transform.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/serverless.h"
#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kInclude = "AWS::Include";
constexpr std::string_view kTransform = "Fn::Transform";
constexpr int kMaxDepth = 100;

struct NamedTransform {
  std::string name;
  json::Object parameters;
};

Answer<NamedTransform> ReadTransform(const json::Value& value) {
  if (value.IsString()) return NamedTransform{.name = value.AsString(), .parameters = {}};
  if (value.IsObject()) {
    const json::Object& body = value.AsObject();
    if (!body.GetString("Name").empty()) {
      return NamedTransform{.name = std::string(body.GetString("Name")),
                            .parameters = body.GetObject("Parameters")};
    }
  }
  return ValidationError("Key Name of transform definition must be a string.");
}

// AWS's own transforms that this cloud does not run.
Answer<void> CheckKnown(std::string_view name) {
  if (!name.starts_with("AWS::")) return {};
  if (name == kServerless) {
    return ValidationError(
        fmt::format("Transform {} must stand in the template's section Transform", kServerless));
  }
  return ValidationError(
      fmt::format("Transform {} is not implemented by the embedded cloud", name));
}

Answer<json::Object> Include(const NamedTransform& transform, const TransformWorld& world) {
  const json::Value* location = transform.parameters.Find("Location");
  if (!location)
    return ValidationError("Transform AWS::Include failed with: Location parameter is missing");
  TL_TRY(const std::string url, EvaluateText(*world.scope, *location, "AWS::Include"));
  TL_TRY(const std::string text, world.read_include(url));
  return ReadTemplate(text);
}

// The object without Fn::Transform, joined with what the transform made of it.
Answer<json::Value> Apply(const NamedTransform& transform, json::Object siblings,
                          const TransformWorld& world) {
  if (transform.name == kInclude) {
    TL_TRY(json::Object included, Include(transform, world));
    for (const json::Member& member : included) siblings.Set(member.key, member.value);
    return json::Value(std::move(siblings));
  }
  TL_DO(CheckKnown(transform.name));
  TL_TRY(json::Object parameters, EvaluateObject(*world.scope, transform.parameters));
  MacroCall call{.name = transform.name,
                 .parameters = std::move(parameters),
                 .fragment = json::Value(std::move(siblings))};
  return world.call_macro(call);
}

// Innermost first.
Answer<json::Value> ExpandWithin(const json::Value& value, const TransformWorld& world, int depth) {
  if (depth > kMaxDepth)
    return ValidationError("Template format error: the template is nested too deeply");
  if (value.IsArray()) {
    json::Array made;
    for (const json::Value& item : value.AsArray()) {
      TL_TRY(json::Value one, ExpandWithin(item, world, depth + 1));
      made.push_back(std::move(one));
    }
    return json::Value(std::move(made));
  }
  if (!value.IsObject()) return value;
  json::Object made;
  for (const json::Member& member : value.AsObject()) {
    if (member.key == kTransform) continue;
    TL_TRY(json::Value one, ExpandWithin(member.value, world, depth + 1));
    made.Set(member.key, std::move(one));
  }
  const json::Value* call = value.AsObject().Find(kTransform);
  if (!call) return json::Value(std::move(made));
  TL_TRY(const NamedTransform transform, ReadTransform(*call));
  return Apply(transform, std::move(made), world);
}

bool HasInnerTransform(const json::Value& value) {
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) {
      if (HasInnerTransform(item)) return true;
    }
  } else if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) {
      if (member.key == kTransform || HasInnerTransform(member.value)) return true;
    }
  }
  return false;
}

Answer<json::Object> AsDocument(json::Value value) {
  if (value.IsObject()) return std::move(value.AsObject());
  return ValidationError("Template format error: a transform must give an object");
}

Answer<json::Object> RunServerless(json::Object document, const TransformWorld& world) {
  json::Object parameters = world.scope->parameters;
  for (const char* name : {"AWS::Region", "AWS::Partition"}) {
    if (const json::Value* value = world.scope->pseudo.Find(name)) parameters.Set(name, *value);
  }
  auto expanded = ExpandServerless(std::move(document), parameters, world.moment);
  // What the transform found wrong is told by the change set, as of a macro.
  if (expanded) return expanded;
  ServiceError failed = expanded.error();
  failed.members.Set(kTransformFailed, true);
  return failed;
}

Answer<json::Object> ExpandSection(json::Object document, const TransformWorld& world) {
  const std::vector<json::Value> transforms = TransformsOf(document);
  for (const json::Value& value : transforms) {
    TL_TRY(const NamedTransform transform, ReadTransform(value));
    if (transform.name == kLanguageExtensions) {
      TL_TRY(document, ExpandLoops(document, *world.scope));
      continue;
    }
    if (transform.name == kServerless) {
      TL_TRY(document, RunServerless(std::move(document), world));
      continue;
    }
    json::Object rest = document;
    rest.Remove("Transform");
    TL_TRY(json::Value made, Apply(transform, std::move(rest), world));
    TL_TRY(document, AsDocument(std::move(made)));
  }
  // Functions of the language extensions are known by the section: it stays when it names them.
  for (const json::Value& value : transforms) {
    if (value.IsString() && value.AsString() == kLanguageExtensions)
      document.Set("Transform", kLanguageExtensions);
  }
  return document;
}

}  // namespace

bool HasTransforms(const json::Object& document) {
  return document.Has("Transform") || HasInnerTransform(json::Value(document));
}

json::Array DeclaredTransforms(const json::Object& document) {
  json::Array names;
  for (const json::Value& value : TransformsOf(document)) {
    if (const auto transform = ReadTransform(value)) names.emplace_back(transform->name);
  }
  return names;
}

Answer<json::Object> ExpandTransforms(json::Object document, const TransformWorld& world) {
  if (HasInnerTransform(json::Value(document))) {
    TL_TRY(json::Value made, ExpandWithin(json::Value(std::move(document)), world, 0));
    TL_TRY(document, AsDocument(std::move(made)));
  }
  return ExpandSection(std::move(document), world);
}

}  // namespace trunkline::cloud::cloudformation
