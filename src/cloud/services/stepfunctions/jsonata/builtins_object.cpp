// Functions of objects, and of values of any kind.
#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"

namespace trunkline::cloud::jsonata {
namespace {

Outcome<Value> Assert(Evaluator&, Arguments arguments) {
  if (arguments[0].IsBool() && arguments[0].AsBool()) return Value();
  const bool told = arguments[1].IsText() && !arguments[1].AsText().empty();
  return Failure("D3141").With(
      "message", told ? std::string(arguments[1].AsText()) : "$assert() statement failed");
}

Outcome<Value> Error(Evaluator&, Arguments arguments) {
  const bool told = arguments[0].IsText() && !arguments[0].AsText().empty();
  return Failure("D3137").With(
      "message", told ? std::string(arguments[0].AsText()) : "$error() function evaluated");
}

Outcome<Value> Boolean(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  TL_TRY(const bool value, ToBoolean(arguments[0], evaluator.steps()));
  return Value::Bool(value);
}

Outcome<Value> Not(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  TL_TRY(const bool value, ToBoolean(arguments[0], evaluator.steps()));
  return Value::Bool(!value);
}

Outcome<Value> Exists(Evaluator&, Arguments arguments) {
  return Value::Bool(!arguments[0].IsUndefined());
}

Outcome<Value> Type(Evaluator&, Arguments arguments) {
  switch (arguments[0].kind()) {
    case Kind::kUndefined:
      return Value();
    case Kind::kNull:
      return Value::Text("null");
    case Kind::kBool:
      return Value::Text("boolean");
    case Kind::kNumber: {
      TL_TRY(const bool numeric, IsNumeric(arguments[0]));
      return Value::Text(numeric ? "number" : "object");
    }
    case Kind::kText:
      return Value::Text("string");
    case Kind::kArray:
      return Value::Text("array");
    case Kind::kObject:
      return Value::Text("object");
    case Kind::kFunction:
      return Value::Text("function");
  }
  return Value();
}

Outcome<Value> Clone(Evaluator& evaluator, Arguments arguments) {
  return evaluator.Clone(arguments[0], 0);
}

// The keys of an object, or of all objects in an array, each once.
void CollectKeys(const Value& value, ObjectNode& keys) {
  if (value.IsArray()) {
    for (std::size_t i = 0; i < value.size(); ++i) CollectKeys(value.Item(i), keys);
  } else if (value.IsObject()) {
    for (std::size_t i = 0; i < value.size(); ++i) keys.Set(value.KeyAt(i), Value::Bool(true));
  }
}

Outcome<Value> Keys(Evaluator& evaluator, Arguments arguments) {
  ObjectNode keys;
  CollectKeys(arguments[0], keys);
  std::vector<Value> names;
  for (const auto& [key, value] : keys.members) names.push_back(Value::Text(key));
  return evaluator.MakeArray(std::move(names), kSequence);
}

Outcome<Value> Lookup(Evaluator& evaluator, Arguments arguments) {
  if (!arguments[1].IsText()) return Value();
  return LookUpMember(arguments[0], arguments[1].AsText(), evaluator.steps());
}

Outcome<Value> Merge(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  auto* merged = new ObjectNode();
  Value result = Value::Object(merged);
  for (std::size_t i = 0; i < arguments[0].size(); ++i) {
    const Value object = arguments[0].Item(i);
    if (!evaluator.Spend(object.size())) return TimeExceeded();
    for (std::size_t j = 0; j < object.size(); ++j)
      merged->Set(object.KeyAt(j), object.MemberAt(j));
  }
  return result;
}

// An object for each member.
void SpreadInto(const Value& value, std::vector<Value>& spread) {
  if (spread.size() > kMaxItems) return;
  if (value.IsArray()) {
    for (std::size_t i = 0; i < value.size(); ++i) SpreadInto(value.Item(i), spread);
    return;
  }
  if (!value.IsObject()) {
    if (!value.IsUndefined()) spread.push_back(value);
    return;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto* object = new ObjectNode();
    spread.push_back(Value::Object(object));
    object->Set(value.KeyAt(i), value.MemberAt(i));
  }
}

Outcome<Value> Spread(Evaluator& evaluator, Arguments arguments) {
  if (!arguments[0].IsArray() && !arguments[0].IsObject()) return arguments[0];
  std::vector<Value> spread;
  SpreadInto(arguments[0], spread);
  const bool plain = arguments[0].IsArray() && !spread.empty();
  return evaluator.MakeArray(std::move(spread), plain ? kPlain : kSequence);
}

constexpr Builtin kRows[] = {
    {.name = "assert", .signature = "<bs?:x>", .arity = 2, .call = Assert},
    {.name = "boolean", .signature = "<x-:b>", .arity = 1, .call = Boolean},
    {.name = "clone", .signature = "<(oa)-:o>", .arity = 1, .call = Clone},
    {.name = "error", .signature = "<s?:x>", .arity = 1, .call = Error},
    {.name = "exists", .signature = "<x:b>", .arity = 1, .call = Exists},
    {.name = "keys", .signature = "<x-:a<s>>", .arity = 1, .call = Keys},
    {.name = "lookup", .signature = "<x-s:x>", .arity = 2, .call = Lookup},
    {.name = "merge", .signature = "<a<o>:o>", .arity = 1, .call = Merge},
    {.name = "not", .signature = "<x-:b>", .arity = 1, .call = Not},
    {.name = "spread", .signature = "<x-:a<o>>", .arity = 1, .call = Spread},
    {.name = "type", .signature = "<x:s>", .arity = 1, .call = Type},
};

}  // namespace

constinit const std::span<const Builtin> kObjectBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
