// Functions of templates as values, made and recognised: {"Ref": ...}, {"Fn::Sub": ...} and so on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::cloudformation::serverless {

json::Value Ref(std::string_view name);
json::Value GetAtt(std::string_view resource, std::string_view attribute);
json::Value Sub(std::string_view text);
json::Value Sub(std::string_view text, json::Object variables);
// Without a third argument the value is AWS::NoValue where the condition does not hold.
json::Value If(std::string_view condition, json::Value then);
json::Value If(json::Value condition, json::Value then, json::Value otherwise);
json::Value Not(std::string_view condition);
json::Value Or(const std::vector<std::string>& conditions);

bool IsIntrinsic(const json::Value& value);
bool IsNoValue(const json::Value& value);
// The three arguments of an Fn::If; null: it is none, or has another number of them.
const json::Array* IfArguments(const json::Value& value);
// The resource that a Ref or an Fn::GetAtt names; empty: it is neither.
std::string LogicalIdOf(const json::Value& value);

// The member, unless it is missing, null, false, 0 or empty: to the transform these are one.
const json::Value* Given(const json::Object& object, std::string_view key);
bool IsGiven(const json::Value& value);
// The member, unless it is missing or null.
const json::Value* Present(const json::Object& object, std::string_view key);
// Sets the member to the other object's, where that has it.
void Copy(json::Object& to, std::string_view key, const json::Object& from,
          std::string_view from_key = {});
// The value as a text: of a number its spelling, of a boolean its word.
std::string TextOf(const json::Value& value);

}  // namespace trunkline::cloud::cloudformation::serverless
