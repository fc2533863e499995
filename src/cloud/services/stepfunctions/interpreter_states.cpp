// States that need nobody but the clock.
#include "base/json_write.h"
#include "cloud/services/stepfunctions/choice.h"
#include "cloud/services/stepfunctions/interpreter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::string_view kNoNext =
    "Failed to transition out of the state. The state does not point to a next state.";

// A text, an expression or a path: Error and Cause of Fail.
Outcome<std::optional<std::string>> TextField(const StateView& view, const json::Value& effective,
                                              std::string_view field) {
  const json::Object& state = *view.node.body;
  json::Value value;
  const json::Value* form = state.Find(field);
  if (form) {
    TL_TRY(value, view.node.jsonata ? FillQuery(*form, field, view.Query()) : Outcome<>(*form));
  } else if (const json::Value* path = state.Find(fmt::format("{}Path", field))) {
    TL_TRY(value, FillField(path->IsString() ? path->AsString() : "", fmt::format("{}Path", field),
                            view.Paths(effective)));
  } else {
    return std::optional<std::string>();
  }
  if (value.IsString()) return std::optional<std::string>(value.AsString());
  if (view.node.jsonata && form) return UnexpectedType(*form, field, "string", value);
  return RuntimeFailure(fmt::format("{}Path must resolve to a string.", field));
}

Failure NotReferenced(std::string_view field, std::string_view path) {
  return RuntimeFailure(
      fmt::format("The {} parameter does not reference an input value: {}", field, path));
}

Outcome<json::Value> ReferencedBy(const StateView& view, const json::Value& effective,
                                  std::string_view field) {
  const std::string_view text = view.node.body->GetString(field);
  auto found = RequirePath(text, view.Paths(effective));
  if (!found) return NotReferenced(field, text);
  return found;
}

Outcome<TimePoint> AfterSeconds(const json::Value& value, std::string_view field,
                                std::string_view path, const StateView& view) {
  if (!value.IsNumber()) {
    return RuntimeFailure(fmt::format("The {} parameter cannot be parsed as a long value: {} == {}",
                                      field, path, json::Write(value)));
  }
  const std::int64_t seconds = value.AsInt();
  if (seconds < 0) {
    return RuntimeFailure(fmt::format("The {} parameter references a negative value: {} == {}",
                                      field, path, seconds));
  }
  constexpr std::int64_t kLongest = 99'999'999;
  return view.now + std::chrono::seconds(std::min(seconds, kLongest));
}

Outcome<TimePoint> AtTimestamp(const json::Value& value, std::string_view field,
                               std::string_view path) {
  const auto time = value.IsString() ? ParseIso8601(value.AsString()) : std::nullopt;
  if (time) return *time;
  return RuntimeFailure(
      fmt::format("The {} parameter does not reference a valid ISO-8601 extended "
                  "offset date-time format string: {} == {}",
                  field, path, value.IsString() ? value.AsString() : json::Write(value)));
}

Outcome<TimePoint> WaitUntil(const StateView& view, const json::Value& effective) {
  const json::Object& state = *view.node.body;
  if (state.Has("SecondsPath")) {
    TL_TRY(const json::Value value, ReferencedBy(view, effective, "SecondsPath"));
    return AfterSeconds(value, "SecondsPath", state.GetString("SecondsPath"), view);
  }
  if (state.Has("TimestampPath")) {
    TL_TRY(const json::Value value, ReferencedBy(view, effective, "TimestampPath"));
    return AtTimestamp(value, "TimestampPath", state.GetString("TimestampPath"));
  }
  const std::string_view field = state.Has("Seconds") ? "Seconds" : "Timestamp";
  const json::Value* form = state.Find(field);
  if (!form) return RuntimeFailure("The Wait state has no time.");
  TL_TRY(const json::Value value,
         view.node.jsonata ? FillQuery(*form, field, view.Query()) : Outcome<>(*form));
  return field == "Seconds" ? AfterSeconds(value, field, field, view)
                            : AtTimestamp(value, field, field);
}

}  // namespace

void Interpreter::ExecutePass(Strand& strand, const StateView& view) {
  const json::Value* fixed = view.node.jsonata ? nullptr : view.node.body->Find("Result");
  if (fixed) {
    view.Note("result", *fixed);
    LeaveByNext(strand.id, view.node, DepartWithResult(view, *fixed));
    return;
  }
  auto effective = EffectiveInput(view);
  auto result = effective ? Arguments(view, *effective) : std::move(effective);
  if (!result) return Fail(strand.id, std::move(result).error());
  LeaveByNext(strand.id, view.node, DepartWithResult(view, *result));
}

void Interpreter::ExecuteChoice(Strand& strand, const StateView& view) {
  if (view.node.jsonata) return ChooseByQuery(strand, view);
  const auto effective = EffectiveInput(view);
  if (!effective) return Fail(strand.id, effective.error());
  const json::Object& state = *view.node.body;
  for (const json::Value& item : state.GetArray("Choices")) {
    const json::Object& rule = item.AsObject();
    const auto holds = RuleHolds(rule, view.Paths(*effective));
    if (!holds) return Fail(strand.id, holds.error());
    if (*holds) {
      return Leave(strand.id, view.node, DepartWithInput(view, *effective, rule, ""),
                   rule.GetString("Next"));
    }
  }
  const std::string_view other = state.GetString("Default");
  if (other.empty()) return Fail(strand.id, RuntimeFailure(std::string(kNoNext)));
  Leave(strand.id, view.node, DepartWithInput(view, *effective, state, ""), other);
}

void Interpreter::ChooseByQuery(Strand& strand, const StateView& view) {
  const json::Object& state = *view.node.body;
  const json::Array& rules = state.GetArray("Choices");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const json::Object& rule = rules[i].AsObject();
    const std::string prefix = fmt::format("Choices[{}]/", i);
    const json::Value* condition = rule.Find("Condition");
    auto holds =
        FillQuery(condition ? *condition : json::Value(), prefix + "Condition", view.Query());
    if (!holds) return Fail(strand.id, std::move(holds).error());
    if (!holds->IsBool()) {
      return Fail(strand.id, UnexpectedType(condition ? *condition : json::Value(),
                                            prefix + "Condition", "boolean", *holds));
    }
    if (holds->AsBool()) {
      return Leave(strand.id, view.node, DepartWithInput(view, view.input, rule, prefix),
                   rule.GetString("Next"));
    }
  }
  const std::string_view other = state.GetString("Default");
  if (other.empty()) return Fail(strand.id, RuntimeFailure(std::string(kNoNext)));
  Leave(strand.id, view.node, DepartWithInput(view, view.input, state, ""), other);
}

void Interpreter::ExecuteWait(Strand& strand, const StateView& view) {
  auto effective = EffectiveInput(view);
  if (!effective) return Fail(strand.id, std::move(effective).error());
  const auto until = WaitUntil(view, *effective);
  if (!until) return Fail(strand.id, until.error());
  strand.output = std::move(*effective);
  strand.wake = *until;
  strand.phase = Phase::kWait;
  if (*until <= now_) EndWait(strand, view.node);
}

void Interpreter::EndWait(Strand& strand, const Node& node) {
  strand.wake.reset();
  const json::Value context = ContextOf(strand, node);
  const StateView view = ViewOf(strand, node, context);
  const json::Value effective = strand.output;
  LeaveByNext(strand.id, node, DepartWithInput(view, effective, *node.body, ""));
}

void Interpreter::ExecuteSucceed(Strand& strand, const StateView& view) {
  const auto effective = EffectiveInput(view);
  if (!effective) return Fail(strand.id, effective.error());
  LeaveByNext(strand.id, view.node, DepartWithInput(view, *effective, *view.node.body, ""));
}

// A Fail state without an Error or a Cause reports none (seen).
void Interpreter::ExecuteFail(Strand& strand, const StateView& view) {
  const auto effective = EffectiveInput(view);
  if (!effective) return Fail(strand.id, effective.error());
  const auto error = TextField(view, *effective, "Error");
  if (!error) return Fail(strand.id, error.error());
  const auto cause = TextField(view, *effective, "Cause");
  if (!cause) return Fail(strand.id, cause.error());
  FailStrand(strand.id, {.error = error->value_or(""), .cause = *cause});
}

}  // namespace trunkline::cloud::stepfunctions
