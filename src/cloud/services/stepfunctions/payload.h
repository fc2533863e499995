// Payloads: the templates of both query languages, filled in.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/services/stepfunctions/scope.h"

namespace trunkline::cloud::stepfunctions {

// JSONPath: in every object, "name.$" takes a path or an intrinsic function and becomes "name".
Outcome<> FillTemplate(const json::Value& form, const PathScope& scope);

// The value of one such field: a path or an intrinsic function. `field` is named in causes.
Outcome<> FillField(std::string_view text, std::string_view field, const PathScope& scope);

// JSONata's world: $states and the variables.
struct QueryScope {
  json::Object states;  // "input", "context", "result" or "errorOutput"
  const json::Object& variables;
  Random& random;
  TimePoint now;
};

// "{% ... %}"
bool IsExpression(const json::Value& value);
// What stands between the signs of an expression.
std::string_view ExpressionOf(std::string_view text);
// Every text "{% ... %}" becomes what it yields. `field` is where the template stands: "Output".
Outcome<> FillQuery(const json::Value& form, std::string_view field, const QueryScope& scope);

// What the field's expression yielded is of another type than it must be ("array").
Failure UnexpectedType(const json::Value& form, std::string_view field, std::string_view expected,
                       const json::Value& value);

// Whether the text can be read as an expression; the error says what is wrong.
Result<void> CheckExpression(std::string_view text);

}  // namespace trunkline::cloud::stepfunctions
