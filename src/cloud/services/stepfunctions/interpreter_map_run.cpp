// Distributed Map states: the interpreter's part of a map run (map_run.h).
#include "cloud/services/stepfunctions/interpreter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

// The state's numbers, under the names that they have in the map run's record, and "maxItems" of
// the reader. They are looked up after the Map has started (seen).
Outcome<void> SetLimits(const StateView& view, const json::Value& effective, json::Object& task) {
  const json::Object& state = *view.node.body;
  const json::Object& config = state.GetObject("ItemReader").GetObject("ReaderConfig");
  TL_TRY(const json::Value most, LimitOf(view, effective, config, "MaxItems", LimitKind::kInteger));
  TL_TRY(const json::Value count,
         LimitOf(view, effective, state, "ToleratedFailureCount", LimitKind::kInteger));
  if (count.IsNumber() && count.AsInt() < 0)
    return RuntimeFailure("ToleratedFailureCount cannot be negative.");
  TL_TRY(const json::Value percentage,
         LimitOf(view, effective, state, "ToleratedFailurePercentage", LimitKind::kFloat));
  if (percentage.IsNumber() && (percentage.AsDouble() < 0 || percentage.AsDouble() > 100))
    return RuntimeFailure("ToleratedFailurePercentage must be between 0 and 100.");
  if (most.IsNumber()) task.Set("maxItems", most);
  task.Set("toleratedFailureCount", count.IsNull() ? json::Value(0) : count);
  task.Set("toleratedFailurePercentage", percentage.IsNull() ? json::Value(0) : percentage);
  return {};
}

}  // namespace

// A distributed map is a task of the runner's: it reads the items and starts the children. Items
// that are still to be read are not counted (seen).
void Interpreter::ExecuteMapRun(Strand& strand, const StateView& view) {
  const auto effective = EffectiveInput(view);
  if (!effective) return Fail(strand.id, effective.error());
  json::Object task{{"map", true}, {"input", *effective}};
  if (!view.node.body->Has("ItemReader")) {
    auto items = ItemsOf(view, *effective);
    if (!items) return Fail(strand.id, std::move(items).error());
    task.Set("items", std::move(*items));
  } else if (reader_items) {
    task.Set("items", *reader_items);
  }
  const auto width =
      LimitOf(view, *effective, *view.node.body, "MaxConcurrency", LimitKind::kInteger);
  if (!width) return Fail(strand.id, width.error());
  task.Set("maxConcurrency", width->IsNull() ? json::Value(0) : *width);
  strand.last_event =
      run_.AddEvent("MapStateStarted", strand.last_event, now_, "mapStateStartedEventDetails",
                    {{"length", task.GetArray("items").size()}});
  const auto limited = SetLimits(view, *effective, task);
  if (!limited) return Fail(strand.id, limited.error());
  ++strand.call;
  strand.task = std::move(task);
  if (trace) {
    const auto noted = NoteMap(strand, view, *effective);
    if (!noted) return Fail(strand.id, noted.error());
  }
  strand.deadline.reset();
  strand.heartbeat.reset();
  strand.phase = Phase::kTask;
  calls.push_back({.strand = strand.id, .call = strand.call});
}

void Interpreter::MapRunStarted(int id, int call, std::string_view arn) {
  Strand* strand = FindCall(id, call);
  if (!strand) return;
  strand->last_event = run_.AddEvent("MapRunStarted", strand->last_event, now_,
                                     "mapRunStartedEventDetails", {{"mapRunArn", arn}});
  strand->task.Set("mapRunArn", arn);
}

Outcome<> Interpreter::FillMapField(int id, const json::Value& form, std::string_view place) {
  const Strand& strand = run_.strands.at(id);
  const Node& node = NodeOf(strand);
  const json::Value context = ContextOf(strand, node);
  const StateView view = ViewOf(strand, node, context);
  return node.jsonata ? FillQuery(form, place, view.Query())
                      : FillTemplate(form, view.Paths(strand.task.At("input")));
}

// What follows a map run that succeeded follows its start (seen); a failure follows its end.
void Interpreter::MapRunEnded(int id, int call, Outcome<> result) {
  Strand* strand = FindCall(id, call);
  if (!strand) return;
  if (!result) {
    Failure failure = std::move(result).error();
    if (failure.error != kRuntime && strand->task.Has("mapRunArn")) {
      strand->last_event =
          run_.AddEvent("MapRunFailed", strand->last_event, now_, "mapRunFailedEventDetails",
                        FailureDetails(failure.error, failure.cause));
    }
    return Fail(id, std::move(failure));
  }
  const std::int64_t ended = run_.AddEvent("MapRunSucceeded", strand->last_event, now_);
  run_.AddEvent("MapStateSucceeded", ended, now_);
  const Node& node = NodeOf(*strand);
  const json::Value context = ContextOf(*strand, node);
  LeaveByNext(id, node, DepartWithResult(ViewOf(*strand, node, context), *result));
}

}  // namespace trunkline::cloud::stepfunctions
