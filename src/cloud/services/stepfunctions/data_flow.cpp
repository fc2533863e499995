#include "cloud/services/stepfunctions/data_flow.h"

#include <cmath>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::stepfunctions {
namespace {

// Null gives an empty object; no field gives the value as it is.
Outcome<> ApplyPath(const StateView& view, std::string_view field, const json::Value& value) {
  const json::Value* path = view.node.body->Find(field);
  if (!path) return value;
  if (path->IsNull()) return json::Value(json::Object());
  if (!path->IsString()) return RuntimeFailure(fmt::format("{} is not a path.", field));
  return RequirePath(path->AsString(), view.Paths(value));
}

// Puts the result into the raw input, as `holder` says.
Outcome<> ApplyResultPath(const StateView& view, const json::Object& holder,
                          const json::Value& result) {
  const json::Value* text = holder.Find("ResultPath");
  if (!text) return result;
  if (text->IsNull()) return view.input;
  const auto path = ParseRooted(text->IsString() ? text->AsString() : "");
  if (!path || !path->path.is_reference()) {
    return RuntimeFailure(fmt::format("Invalid ResultPath '{}'.", json::Write(*text)));
  }
  json::Value combined = view.input;
  if (PutAt(combined, path->path, result)) return combined;
  return InState("States.ResultPathMatchFailure",
                 fmt::format("Unable to apply ReferencePath {} to input {}", text->AsString(),
                             json::Write(view.input)));
}

Outcome<json::Object> AsObject(Outcome<> value) {
  if (!value) return std::move(value).error();
  if (value->IsObject()) return std::move(value->AsObject());
  return RuntimeFailure("Assign must evaluate to an object.");
}

// JSONPath's Assign; `root` is its "$".
Outcome<json::Object> AssignedByPath(const StateView& view, const json::Object& holder,
                                     const json::Value& root) {
  const json::Value* form = holder.Find("Assign");
  if (!form) return json::Object();
  return AsObject(FillTemplate(*form, view.Paths(root)));
}

// JSONata's Output and Assign; both see the variables as they were on entry.
Outcome<Departure> DepartByQuery(const json::Object& holder, std::string_view prefix,
                                 const json::Value& fallback, const QueryScope& scope) {
  Departure departure{.output = fallback, .assigned = {}};
  if (const json::Value* form = holder.Find("Assign")) {
    TL_TRY(departure.assigned, AsObject(FillQuery(*form, fmt::format("{}Assign", prefix), scope)));
  }
  if (const json::Value* form = holder.Find("Output")) {
    TL_TRY(departure.output, FillQuery(*form, fmt::format("{}Output", prefix), scope));
  }
  return departure;
}

Outcome<> ReadNumber(const StateView& view, const json::Value& effective,
                     const json::Object& holder, std::string_view field) {
  const std::string path_field = fmt::format("{}Path", field);
  const json::Value* path = holder.Find(path_field);
  if (path && path->IsString()) return RequirePath(path->AsString(), view.Paths(effective));
  const json::Value* value = holder.Find(field);
  if (!value) return json::Value();
  return IsExpression(*value) ? FillQuery(*value, field, view.Query()) : Outcome<>(*value);
}

}  // namespace

std::optional<std::int64_t> WholeNumber(const json::Value& value) {
  if (value.IsNumber()) return value.AsInt();
  return value.IsString() ? ToInt(value.AsString()) : std::nullopt;
}

QueryScope StateView::Query(std::string_view extra, const json::Value* value) const {
  json::Object states{{"input", input}};
  if (!context.IsNull()) states.Set("context", context);
  if (value) states.Set(extra, *value);
  return {.states = std::move(states), .variables = variables, .random = random, .now = now};
}

void StateView::Note(std::string_view step, const json::Value& value) const {
  if (trace) trace->Set(step, json::Write(value));
}

Outcome<> EffectiveInput(const StateView& view) {
  if (view.node.jsonata) return view.input;
  TL_TRY(json::Value effective, ApplyPath(view, "InputPath", view.input));
  view.Note("afterInputPath", effective);
  return effective;
}

Outcome<> Arguments(const StateView& view, const json::Value& effective) {
  const json::Object& state = *view.node.body;
  if (view.node.jsonata) {
    const json::Value* form = state.Find("Arguments");
    if (!form) return effective;
    TL_TRY(json::Value arguments, FillQuery(*form, "Arguments", view.Query()));
    view.Note("afterArguments", arguments);
    return arguments;
  }
  const json::Value* form = state.Find("Parameters");
  if (!form) {
    view.Note("afterParameters", effective);
    return effective;
  }
  TL_TRY(json::Value parameters, FillTemplate(*form, view.Paths(effective)));
  view.Note("afterParameters", parameters);
  return parameters;
}

Outcome<std::int64_t> NumberOf(const StateView& view, const json::Value& effective,
                               std::string_view field, std::int64_t fallback) {
  TL_TRY(const json::Value value, ReadNumber(view, effective, *view.node.body, field));
  if (value.IsNull()) return fallback;
  if (const auto number = view.node.jsonata && value.IsString() ? std::nullopt : WholeNumber(value))
    return *number;
  const std::string cause = fmt::format("The {} parameter cannot be parsed as a long value: {}",
                                        field, json::Write(value));
  return view.node.jsonata ? InState(kQueryError, cause) : RuntimeFailure(cause);
}

Outcome<> LimitOf(const StateView& view, const json::Value& effective, const json::Object& holder,
                  std::string_view field, LimitKind kind) {
  const std::string path_field = fmt::format("{}Path", field);
  const std::string_view path = holder.GetString(path_field);
  TL_TRY(json::Value value, ReadNumber(view, effective, holder, field));
  if (value.IsNull() && path.empty()) return value;
  // A text that a path leads to may be a number (seen).
  const auto number = !path.empty() && value.IsString() ? json::Parse(value.AsString())
                                                        : Result<json::Value>(json::Value());
  if (number && number->IsNumber()) value = *number;
  const bool whole = value.IsNumber() && value.AsDouble() == std::floor(value.AsDouble());
  if (whole || (value.IsNumber() && kind == LimitKind::kFloat)) return value;
  const std::string text = value.IsString() ? value.AsString() : json::Write(value);
  if (path.empty()) {
    return InState(kQueryError,
                   fmt::format("The {} parameter cannot be parsed as a number: {}", field, text));
  }
  return RuntimeFailure(
      fmt::format("The {} field refers to value \"{}\" which is not a valid {}: {}", path_field,
                  text, kind == LimitKind::kFloat ? "float" : "integer", path));
}

Outcome<Departure> DepartWithResult(const StateView& view, const json::Value& result) {
  const json::Object& state = *view.node.body;
  if (view.node.jsonata) {
    const bool none = view.node.type == StateType::kPass;
    return DepartByQuery(state, "", result, none ? view.Query() : view.Query("result", &result));
  }
  json::Value selected = result;
  if (const json::Value* form = state.Find("ResultSelector")) {
    TL_TRY(selected, FillTemplate(*form, view.Paths(result)));
  }
  view.Note("afterResultSelector", selected);
  Departure departure;
  TL_TRY(departure.assigned, AssignedByPath(view, state, selected));
  TL_TRY(const json::Value combined, ApplyResultPath(view, state, selected));
  view.Note("afterResultPath", combined);
  TL_TRY(departure.output, ApplyPath(view, "OutputPath", combined));
  return departure;
}

Outcome<Departure> DepartWithInput(const StateView& view, const json::Value& effective,
                                   const json::Object& holder, std::string_view prefix) {
  if (view.node.jsonata) return DepartByQuery(holder, prefix, view.input, view.Query());
  Departure departure;
  TL_TRY(departure.assigned, AssignedByPath(view, holder, effective));
  TL_TRY(departure.output, ApplyPath(view, "OutputPath", effective));
  return departure;
}

Outcome<Departure> DepartCaught(const StateView& view, const json::Object& catcher,
                                std::string_view prefix, const json::Value& error_output) {
  if (view.node.jsonata)
    return DepartByQuery(catcher, prefix, error_output, view.Query("errorOutput", &error_output));
  Departure departure;
  TL_TRY(departure.assigned, AssignedByPath(view, catcher, error_output));
  TL_TRY(departure.output, ApplyResultPath(view, catcher, error_output));
  return departure;
}

}  // namespace trunkline::cloud::stepfunctions
