// Evaluates the intrinsic functions of a template: pure functions on values.
//
// What a template cannot know itself (what a resource's Ref gives, what another stack exports) is
// asked of the Scope's functions. AWS::NoValue is the absence of a value: a property or list
// element that evaluates to it is left out.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/cloudformation/template/template.h"

namespace trunkline::cloud::cloudformation {

using Maybe = std::optional<json::Value>;

struct Scope {
  const Template* document = nullptr;
  json::Object parameters;  // by name: a text, or a list of texts
  json::Object pseudo;      // "AWS::Region" and the like; AWS::NoValue is not in it
  std::map<std::string, bool, std::less<>> conditions;
  // What Ref, Fn::GetAtt and Fn::ImportValue give. Null: a template error where it is used.
  std::function<Answer<json::Value>(std::string_view resource)> reference;
  std::function<Answer<json::Value>(std::string_view resource, std::string_view attribute)>
      attribute;
  std::function<Answer<json::Value>(std::string_view export_name)> import_value;
};

// Nothing: AWS::NoValue.
Answer<Maybe> Evaluate(const Scope& scope, const json::Value& value);
// As an object; what is AWS::NoValue in it is left out.
Answer<json::Object> EvaluateObject(const Scope& scope, const json::Object& object);
// As a text; `what` names it in the error ("Fn::Join").
Answer<std::string> EvaluateText(const Scope& scope, const json::Value& value,
                                 std::string_view what);

// A condition: a call of Fn::Equals and the like, or {"Condition": "Name"}.
Answer<bool> EvaluateCondition(const Scope& scope, const json::Value& value);
// Fills scope.conditions from the section Conditions, in whatever order they need each other.
Answer<void> EvaluateConditions(Scope& scope);

// Whether a resource or output with this "Condition" is there; an empty name is always.
bool Holds(const Scope& scope, std::string_view condition);

}  // namespace trunkline::cloud::cloudformation
