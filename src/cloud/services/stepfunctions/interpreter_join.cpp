// Parallel and Map: strands that are started, and waited for.
#include <algorithm>
#include <utility>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/interpreter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::int64_t kInlineConcurrency = 40;

}  // namespace

int Interpreter::AddChild(const Strand& parent, int index, std::string_view start_at,
                          json::Value input, std::int64_t previous) {
  Strand child;
  child.id = run_.next_strand++;
  child.parent = parent.id;
  child.index = index;
  child.state = start_at;
  child.input = std::move(input);
  child.variables = parent.variables;
  child.last_event = previous;
  child.item = parent.item;
  const int id = child.id;
  run_.strands.emplace(id, std::move(child));
  run_.touched.insert(id);
  ready_.push_back(id);
  return id;
}

void Interpreter::ExecuteParallel(Strand& strand, const StateView& view) {
  auto effective = EffectiveInput(view);
  auto input = effective ? Arguments(view, *effective) : std::move(effective);
  if (!input) return Fail(strand.id, std::move(input).error());
  strand.last_event = run_.AddEvent("ParallelStateStarted", strand.last_event, now_);
  strand.phase = Phase::kJoin;
  const json::Array& branches = view.node.body->GetArray("Branches");
  strand.started = static_cast<int>(branches.size());
  strand.done = 0;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    AddChild(strand, static_cast<int>(i), branches[i].AsObject().GetString("StartAt"), *input,
             strand.last_event);
  }
}

Outcome<json::Array> Interpreter::ItemsOf(const StateView& view, const json::Value& effective) {
  const json::Object& state = *view.node.body;
  json::Value items = effective;
  if (view.node.jsonata) {
    if (const json::Value* form = state.Find("Items")) {
      TL_TRY(items, FillQuery(*form, "Items", view.Query()));
    }
    if (items.IsArray()) return std::move(items.AsArray());
    Failure failure = InState(
        kQueryError, fmt::format("The JSONata expression specified for the field 'Items' "
                                 "returned an unexpected result type. Expected 'array', but "
                                 "was {}.",
                                 items.TypeName()));
    failure.location = "Items";
    return failure;
  }
  const std::string_view path = state.GetString("ItemsPath", "$");
  TL_TRY(items, RequirePath(path, view.Paths(effective)));
  if (items.IsArray()) return std::move(items.AsArray());
  // A path into the context object is told without its second sign (seen).
  return RuntimeFailure(fmt::format("Reference path \"{}\" must point to array.",
                                    path.substr(path.starts_with("$$") ? 1 : 0)));
}

void Interpreter::ExecuteMap(Strand& strand, const StateView& view) {
  if (IsDistributed(*view.node.body)) return ExecuteMapRun(strand, view);
  const auto effective = EffectiveInput(view);
  if (!effective) return Fail(strand.id, effective.error());
  auto items = ItemsOf(view, *effective);
  if (!items) return Fail(strand.id, std::move(items).error());
  const auto concurrency = NumberOf(view, *effective, "MaxConcurrency", 0);
  if (!concurrency) return Fail(strand.id, concurrency.error());
  const std::int64_t width =
      *concurrency > 0 ? std::min(*concurrency, kInlineConcurrency) : kInlineConcurrency;
  strand.last_event = run_.AddEvent("MapStateStarted", strand.last_event, now_,
                                    "mapStateStartedEventDetails", {{"length", items->size()}});
  strand.phase = Phase::kJoin;
  strand.task = json::Object{{"width", width}, {"input", *effective}};
  strand.task.Set("items", std::move(*items));
  strand.started = 0;
  strand.done = 0;
  if (trace) {
    const auto noted = NoteMap(strand, view, *effective);
    if (!noted) return Fail(strand.id, noted.error());
  }
  StartIterations(strand.id, strand.last_event);
}

// As many as may run at once. The first ones follow the Map's own event, a later one what its
// predecessor ended with.
void Interpreter::StartIterations(int id, std::int64_t previous) {
  const auto total = static_cast<int>(run_.strands.at(id).task.GetArray("items").size());
  if (total == 0) return Join(id);
  while (true) {
    const Strand& strand = run_.strands.at(id);
    const int width = static_cast<int>(strand.task.GetInt("width", 1));
    if (strand.started >= total || strand.started - strand.done >= width) return;
    if (!StartIteration(id, previous)) return;
  }
}

Outcome<> Interpreter::SelectItem(Strand& strand, int index, const json::Value& item) {
  const Node& node = NodeOf(strand);
  const json::Object& state = *node.body;
  const json::Value* form = state.Find(state.Has("ItemSelector") ? "ItemSelector" : "Parameters");
  if (!form) return item;
  json::Value outer =
      std::exchange(strand.item, json::Value(json::Object{{"Index", index}, {"Value", item}}));
  const json::Value context = ContextOf(strand, node);
  const StateView view = ViewOf(strand, node, context);
  auto selected = node.jsonata ? FillQuery(*form, "ItemSelector", view.Query())
                               : FillTemplate(*form, view.Paths(strand.task.At("input")));
  strand.item = std::move(outer);
  return selected;
}

// The selector comes before the event: when it fails, the iteration has not started.
bool Interpreter::StartIteration(int id, std::int64_t previous) {
  Strand& strand = run_.strands.at(id);
  const json::Object& state = *NodeOf(strand).body;
  const int index = strand.started;
  const json::Value item = strand.task.GetArray("items")[static_cast<std::size_t>(index)];
  auto selected = SelectItem(strand, index, item);
  if (!selected) {
    Abandon(id);
    Fail(id, std::move(selected).error());
    return false;
  }
  const std::int64_t started =
      run_.AddEvent("MapIterationStarted", previous, now_, "mapIterationStartedEventDetails",
                    {{"name", strand.state}, {"index", index}});
  const int child = AddChild(strand, index, ProcessorOf(state).GetString("StartAt"),
                             std::move(*selected), started);
  run_.strands.at(child).item = json::Object{{"Index", index}, {"Value", item}};
  ++strand.started;
  return true;
}

void Interpreter::FinishChild(int id, json::Value output) {
  Strand& child = run_.Touch(id);
  child.phase = Phase::kDone;
  child.output = std::move(output);
  child.input = {};
  child.variables = {};
  const std::int64_t previous = child.last_event;
  Strand& parent = run_.strands.at(child.parent);
  ++parent.done;
  const bool map = NodeOf(parent).type == StateType::kMap;
  if (map) {
    child.last_event =
        run_.AddEvent("MapIterationSucceeded", previous, now_, "mapIterationSucceededEventDetails",
                      {{"name", parent.state}, {"index", child.index}});
  }
  const int total = map ? static_cast<int>(parent.task.GetArray("items").size()) : parent.started;
  if (parent.done == total) {
    Join(parent.id);
  } else if (map) {
    StartIterations(parent.id, previous);
  }
}

void Interpreter::Join(int id) {
  Strand& strand = run_.Touch(id);
  const Node& node = NodeOf(strand);
  json::Array results(static_cast<std::size_t>(strand.done));
  for (const int child_id : run_.ChildrenOf(id)) {
    Strand& child = run_.strands.at(child_id);
    strand.last_event = std::max(strand.last_event, child.last_event);
    results.at(static_cast<std::size_t>(child.index)) = std::move(child.output);
    run_.Remove(child_id);
  }
  strand.started = 0;
  strand.done = 0;
  run_.AddEvent(fmt::format("{}StateSucceeded", ToText(node.type)), strand.last_event, now_);
  const json::Value result(std::move(results));
  const json::Value context = ContextOf(strand, node);
  LeaveByNext(id, node, DepartWithResult(ViewOf(strand, node, context), result));
}

// A distributed map is a task of the runner's: it reads the items and starts the children.
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

void Interpreter::MapRunStarted(int id, int call, std::size_t items, std::string_view arn) {
  Strand* strand = FindCall(id, call);
  if (!strand) return;
  strand->last_event = run_.AddEvent("MapStateStarted", strand->last_event, now_,
                                     "mapStateStartedEventDetails", {{"length", items}});
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

Outcome<std::int64_t> Interpreter::MapNumber(int id, std::string_view field,
                                             std::int64_t fallback) {
  const Strand& strand = run_.strands.at(id);
  const Node& node = NodeOf(strand);
  const json::Value context = ContextOf(strand, node);
  return NumberOf(ViewOf(strand, node, context), strand.task.At("input"), field, fallback);
}

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
  run_.AddEvent("MapRunSucceeded", strand->last_event, now_);
  run_.AddEvent("MapStateSucceeded", strand->last_event, now_);
  const Node& node = NodeOf(*strand);
  const json::Value context = ContextOf(*strand, node);
  LeaveByNext(id, node, DepartWithResult(ViewOf(*strand, node, context), *result));
}

}  // namespace trunkline::cloud::stepfunctions
