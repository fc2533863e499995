// Parallel and Map: strands that are started, and waited for.
#include <algorithm>
#include <utility>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/interpreter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::int64_t kInlineConcurrency = 40;

Failure BeforeEntry(Failure failure) {
  failure.before_entry = true;
  return failure;
}

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
      auto filled = FillQuery(*form, "Items", view.Query());
      if (!filled) return BeforeEntry(std::move(filled).error());
      items = std::move(*filled);
    }
    if (items.IsArray()) return std::move(items.AsArray());
    return BeforeEntry(
        state.Has("Items")
            ? UnexpectedType(state.At("Items"), "Items", "array", items)
            : InState(kQueryError, fmt::format("Map state input must be an array but was: {}",
                                               json::Write(items))));
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
  const auto concurrency =
      LimitOf(view, *effective, *view.node.body, "MaxConcurrency", LimitKind::kInteger);
  if (!concurrency) return Fail(strand.id, concurrency.error());
  const std::int64_t asked = concurrency->IsNull() ? 0 : concurrency->AsInt();
  const std::int64_t width = asked > 0 ? std::min(asked, kInlineConcurrency) : kInlineConcurrency;
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

}  // namespace trunkline::cloud::stepfunctions
