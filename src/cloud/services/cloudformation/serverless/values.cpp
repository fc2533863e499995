#include "cloud/services/cloudformation/serverless/values.h"

#include <algorithm>

#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// A call of the function, alone in its object.
const json::Value* CallOf(const json::Value& value, std::string_view function) {
  if (!value.IsObject() || value.AsObject().size() != 1) return nullptr;
  return value.AsObject().Find(function);
}

// The text with every ${name} replaced that is a parameter with a text.
std::string Substitute(std::string_view text, const json::Object& parameters) {
  std::string made;
  while (true) {
    const std::size_t start = text.find("${");
    const std::size_t end = start == std::string_view::npos ? start : text.find('}', start);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(start + 2, end - start - 2);
    const json::Value* value = parameters.Find(name);
    made += text.substr(0, start);
    made += value && value->IsString() ? std::string_view(value->AsString())
                                       : text.substr(start, end - start + 1);
    text.remove_prefix(end + 1);
  }
  return made.append(text);
}

}  // namespace

Values::Values(json::Object parameters, json::Object mappings)
    : parameters_(std::move(parameters)), mappings_(std::move(mappings)) {}

json::Value Values::ResolveSub(json::Value argument) const {
  if (argument.IsString()) return json::Value(Substitute(argument.AsString(), parameters_));
  if (argument.IsArray() && !argument.AsArray().empty() && argument.AsArray().front().IsString()) {
    json::Value& text = argument.AsArray().front();
    text = json::Value(Substitute(text.AsString(), parameters_));
  }
  return argument;
}

json::Value Values::Resolve(json::Value value) const {
  if (const json::Value* name = CallOf(value, "Ref"); name && name->IsString()) {
    if (const json::Value* known = parameters_.Find(name->AsString())) return *known;
    return value;
  }
  if (const json::Value* argument = CallOf(value, "Fn::Sub")) {
    json::Object call;
    call.Set("Fn::Sub", ResolveSub(*argument));
    value = json::Value(std::move(call));
  }
  if (value.IsArray()) {
    for (json::Value& item : value.AsArray()) item = Resolve(std::move(item));
  } else if (value.IsObject()) {
    for (json::Member& member : value.AsObject()) member.value = Resolve(std::move(member.value));
  }
  return value;
}

json::Value Values::FindInMap(const json::Value& call) const {
  const json::Value* arguments = CallOf(call, "Fn::FindInMap");
  if (!arguments || !arguments->IsArray() || arguments->AsArray().size() != 3) return call;
  const json::Array& path = arguments->AsArray();
  const bool texts = std::all_of(path.begin(), path.end(),
                                 [](const json::Value& step) { return step.IsString(); });
  if (!texts) return call;
  const json::Object& top = mappings_.GetObject(path[0].AsString());
  const json::Value* found = top.GetObject(path[1].AsString()).Find(path[2].AsString());
  return found ? *found : call;
}

json::Value Values::ResolveMapped(json::Value value) const {
  return FindInMap(Resolve(std::move(value)));
}

}  // namespace trunkline::cloud::cloudformation::serverless
