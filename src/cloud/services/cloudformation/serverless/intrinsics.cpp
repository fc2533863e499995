#include "cloud/services/cloudformation/serverless/intrinsics.h"

#include "base/json_write.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

json::Value Call(std::string_view function, json::Value argument) {
  json::Object call;
  call.Set(function, std::move(argument));
  return json::Value(std::move(call));
}

json::Value ConditionOf(std::string_view name) {
  return Call("Condition", name);
}

}  // namespace

json::Value Ref(std::string_view name) {
  return Call("Ref", name);
}

json::Value GetAtt(std::string_view resource, std::string_view attribute) {
  return Call("Fn::GetAtt", json::Array{resource, attribute});
}

json::Value Sub(std::string_view text) {
  return Call("Fn::Sub", text);
}

json::Value Sub(std::string_view text, json::Object variables) {
  return Call("Fn::Sub", json::Array{text, std::move(variables)});
}

json::Value If(std::string_view condition, json::Value then) {
  return If(json::Value(condition), std::move(then), Ref("AWS::NoValue"));
}

json::Value If(json::Value condition, json::Value then, json::Value otherwise) {
  return Call("Fn::If", json::Array{std::move(condition), std::move(then), std::move(otherwise)});
}

json::Value Not(std::string_view condition) {
  return Call("Fn::Not", json::Array{ConditionOf(condition)});
}

json::Value Or(const std::vector<std::string>& conditions) {
  json::Array all;
  for (const std::string& condition : conditions) all.push_back(ConditionOf(condition));
  return Call("Fn::Or", std::move(all));
}

bool IsIntrinsic(const json::Value& value) {
  if (!value.IsObject() || value.AsObject().size() != 1) return false;
  const std::string& key = value.AsObject().begin()->key;
  return key == "Ref" || key == "Condition" || key.starts_with("Fn::");
}

bool IsNoValue(const json::Value& value) {
  return IsIntrinsic(value) && value.AsObject().GetString("Ref") == "AWS::NoValue";
}

const json::Array* IfArguments(const json::Value& value) {
  if (!IsIntrinsic(value)) return nullptr;
  const json::Value* arguments = value.AsObject().Find("Fn::If");
  if (!arguments || !arguments->IsArray() || arguments->AsArray().size() != 3) return nullptr;
  return &arguments->AsArray();
}

std::string LogicalIdOf(const json::Value& value) {
  if (!IsIntrinsic(value)) return {};
  const json::Object& call = value.AsObject();
  if (call.Has("Ref")) return std::string(call.GetString("Ref"));
  const json::Value* arguments = call.Find("Fn::GetAtt");
  if (!arguments) return {};
  if (arguments->IsString())
    return arguments->AsString().substr(0, arguments->AsString().find('.'));
  if (!arguments->IsArray() || arguments->AsArray().empty()) return {};
  const json::Value& first = arguments->AsArray().front();
  return first.IsString() ? first.AsString() : std::string();
}

bool IsGiven(const json::Value& value) {
  if (value.IsNull()) return false;
  if (value.IsBool()) return value.AsBool();
  if (value.IsNumber()) return value.AsDouble() != 0;
  if (value.IsString()) return !value.AsString().empty();
  if (value.IsArray()) return !value.AsArray().empty();
  return !value.AsObject().empty();
}

const json::Value* Given(const json::Object& object, std::string_view key) {
  const json::Value* value = object.Find(key);
  return value && IsGiven(*value) ? value : nullptr;
}

const json::Value* Present(const json::Object& object, std::string_view key) {
  const json::Value* value = object.Find(key);
  return value && !value->IsNull() ? value : nullptr;
}

void Copy(json::Object& to, std::string_view key, const json::Object& from,
          std::string_view from_key) {
  if (const json::Value* value = Present(from, from_key.empty() ? key : from_key))
    to.Set(key, *value);
}

std::string TextOf(const json::Value& value) {
  return value.IsString() ? value.AsString() : json::Write(value);
}

}  // namespace trunkline::cloud::cloudformation::serverless
