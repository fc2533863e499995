#include "cloud/services/stepfunctions/map_run.h"

#include <algorithm>
#include <limits>
#include <set>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/map_children.h"
#include "cloud/services/stepfunctions/runner.h"
#include "cloud/services/stepfunctions/tasks.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::int64_t kMostConcurrent = 10'000;

// A look at the Map state from within a transaction: the interpreter of its run.
using MapWork =
    std::function<Outcome<void>(Context&, Run&, Interpreter&, const json::Object& state)>;

// Runs `work` while the execution still waits for the call; false: it does not any more.
Outcome<bool> WithMap(const WaitContext& context, const MapCall& call, const MapWork& work) {
  Outcome<void> outcome;
  bool waited = false;
  const auto done = context.State([&](Context& state) -> Answer<> {
    const auto run = ReadRun(state, call.execution, CacheOf(context));
    if (!run) return json::Object();
    Interpreter interpreter(*run, state.random, state.Now());
    const Strand* strand = interpreter.FindCall(call.strand, call.call);
    waited = strand != nullptr;
    if (!waited) return json::Object();
    outcome = work(state, *run, interpreter, *run->machine->Find(strand->state)->body);
    return json::Object();
  });
  if (!done) return RuntimeFailure(done.error().message);
  if (!outcome) return std::move(outcome).error();
  return waited;
}

void Tell(const WaitContext& context, const MapCall& call, const StepEvent& event) {
  const auto done = context.State([&](Context& state) -> Answer<> {
    TL_DO(StepExecution(state, call.execution, event, CacheOf(context)));
    return json::Object();
  });
  if (!done) context.log().Warn("a map run cannot go on: {}", done.error().message);
}

json::Value TemplateOf(const json::Object& holder) {
  const json::Value* form = holder.Find(holder.Has("Arguments") ? "Arguments" : "Parameters");
  return form ? *form : json::Value(json::Object());
}

struct Source {
  bool read = false;  // from S3
  json::Object reader;
  json::Value parameters;
  std::int64_t most = 0;
  bool jsonata = false;
  json::Array items;
};

// Where the items come from.
Outcome<Source> FindSource(const WaitContext& context, const MapCall& call) {
  Source source;
  TL_DO(WithMap(context, call,
                [&](Context&, Run& run, Interpreter& interpreter,
                    const json::Object& state) -> Outcome<void> {
                  const Strand& strand = run.strands.at(call.strand);
                  source.items = strand.task.GetArray("items");
                  source.read = state.Has("ItemReader");
                  source.jsonata = run.machine->Find(strand.state)->jsonata;
                  if (!source.read) return {};
                  source.reader = state.GetObject("ItemReader");
                  TL_TRY(source.parameters,
                         interpreter.FillMapField(call.strand, TemplateOf(source.reader),
                                                  "ItemReader/Arguments"));
                  const json::Object& config = source.reader.GetObject("ReaderConfig");
                  if (const json::Value* most = config.Find("MaxItems")) {
                    TL_TRY(const json::Value filled,
                           interpreter.FillMapField(call.strand, *most, "ItemReader/MaxItems"));
                    if (filled.IsNumber()) source.most = filled.AsInt();
                  } else if (config.Has("MaxItemsPath")) {
                    TL_TRY(const json::Value found,
                           interpreter.FillMapField(
                               call.strand, json::Object{{"n.$", config.GetString("MaxItemsPath")}},
                               "ItemReader/MaxItemsPath"));
                    source.most = WholeNumber(found.AsObject().At("n")).value_or(0);
                  }
                  return {};
                }));
  return source;
}

Record MakeMapRun(Context& context, const Run& run, const MapCall& call, const json::Object& state,
                  Children children) {
  std::string label(state.GetString("Label"));
  if (label.empty()) label = NewUuid(context.random);
  const std::string id =
      fmt::format("mapRun:{}/{}:{}", run.machine_name, label, NewUuid(context.random));
  json::Array sizes(children.sizes.begin(), children.sizes.end());
  json::Object body{{"mapRunArn", MakeArn(context, id)},
                    {"executionArn", run.execution_arn},
                    {"stateMachineArn", fmt::format("{}/{}", run.machine_arn, label)},
                    {"machineName", fmt::format("{}/{}", run.machine_name, label)},
                    {"label", label},
                    {"status", "RUNNING"},
                    {"startDate", ToSeconds(context.Now())},
                    {"redriveCount", 0},
                    {"strand", call.strand},
                    {"sizes", std::move(sizes)},
                    {"inputs", std::move(children.inputs)}};
  return {.id = id,
          .parent = call.execution,
          .name = NewestFirst(context.Now()),
          .body = std::move(body)};
}

// Makes the record of the map run and tells the execution of it.
Outcome<void> Open(const WaitContext& context, const MapCall& call, const json::Array& items) {
  Record record;
  TL_TRY(const bool waited,
         WithMap(
             context, call,
             [&](Context& store, Run& run, Interpreter& interpreter,
                 const json::Object& state) -> Outcome<void> {
               TL_TRY(Children children, MakeChildren(run, interpreter, call.strand, state, items));
               record = MakeMapRun(store, run, call, state, std::move(children));
               TL_TRY(std::int64_t width, interpreter.MapNumber(call.strand, "MaxConcurrency", 0));
               TL_TRY(const std::int64_t count,
                      interpreter.MapNumber(call.strand, "ToleratedFailureCount", 0));
               TL_TRY(const std::int64_t percent,
                      interpreter.MapNumber(call.strand, "ToleratedFailurePercentage", 0));
               if (width <= 0) width = std::numeric_limits<std::int32_t>::max();
               record.body.Set("maxConcurrency", width);
               record.body.Set("toleratedFailureCount", count);
               record.body.Set("toleratedFailurePercentage", percent);
               store.store.Put(store.RegionScope(), kMapRun, record);
               return {};
             }));
  if (!waited) return {};
  const std::string arn(record.body.GetString("mapRunArn"));
  Tell(context, call, [&](Interpreter& interpreter) {
    interpreter.MapRunStarted(call.strand, call.call, items.size(), arn);
  });
  return {};
}

// What of a map run has come to pass.
struct Progress {
  std::set<std::string> running;
  std::size_t started = 0;
  std::int64_t failed_items = 0;
  bool exceeded = false;
  bool finished = false;
};

void Count(Context& context, const Record& map_run, Progress& progress) {
  progress = {};
  for (const Record* child : context.store.List(context.RegionScope(), kExecution, map_run.id)) {
    ++progress.started;
    const std::string_view status = child->body.GetString("status");
    if (status == "RUNNING") progress.running.insert(child->id);
    if (status != "RUNNING" && status != "SUCCEEDED")
      progress.failed_items += child->body.GetInt("itemCount", 1);
  }
}

bool Exceeds(const Record& map_run, std::int64_t failed) {
  if (failed == 0) return false;
  const json::Object& body = map_run.body;
  std::int64_t total = 0;
  for (const json::Value& size : body.GetArray("sizes")) total += size.AsInt();
  const std::int64_t count = body.GetInt("toleratedFailureCount");
  const double percent = body.GetDouble("toleratedFailurePercentage");
  if (count == 0 && percent == 0) return true;
  // The stricter one holds where both are given.
  const auto share = static_cast<std::int64_t>(static_cast<double>(total) * percent / 100);
  const std::int64_t limit = percent == 0 ? count : count == 0 ? share : std::min(count, share);
  return failed > limit;
}

// Starts what may run; children of pure states end at once, and make room.
Outcome<Progress> Advance(const WaitContext& context, const MapCall& call, bool& waited) {
  Progress progress;
  auto there = WithMap(
      context, call,
      [&](Context& store, Run& run, Interpreter&, const json::Object& state) -> Outcome<void> {
        const std::string arn(run.strands.at(call.strand).task.GetString("mapRunArn"));
        const auto id = ArnEnd(store, arn, "mapRun");
        const Record* found = id ? store.store.Find(store.RegionScope(), kMapRun, *id) : nullptr;
        if (!found) return RuntimeFailure("The map run is gone.");
        const Record map_run = *found;
        const Record* parent = store.store.Find(store.RegionScope(), kExecution, call.execution);
        const std::string revision(parent->body.GetString("revision"));
        Count(store, map_run, progress);
        const std::size_t total = map_run.body.GetArray("inputs").size();
        const auto width = static_cast<std::size_t>(
            std::min(map_run.body.GetInt("maxConcurrency"), kMostConcurrent));
        progress.exceeded = Exceeds(map_run, progress.failed_items);
        while (!progress.exceeded && progress.started < total && progress.running.size() < width) {
          NewExecution child = ChildOf(store, map_run, run, state, progress.started, revision);
          const std::string child_id = child.id;
          const std::int64_t items = child.items;
          const auto body = StartNew(store, std::move(child), CacheOf(context));
          if (!body) return RuntimeFailure(body.error().message);
          ++progress.started;
          const std::string_view status = body->GetString("status");
          if (status == "RUNNING") progress.running.insert(child_id);
          if (status != "RUNNING" && status != "SUCCEEDED") progress.failed_items += items;
          progress.exceeded = Exceeds(map_run, progress.failed_items);
        }
        progress.finished = progress.started == total && progress.running.empty();
        return {};
      });
  if (!there) return std::move(there).error();
  waited = *there;
  return progress;
}

struct Ended {
  json::Object map_run;
  std::vector<json::Object> children;  // in the order of their items
  json::Object writer;
  json::Value parameters;
  bool writes = false;
};

Outcome<Ended> Collect(const WaitContext& context, const MapCall& call, std::string_view status) {
  Ended ended;
  TL_DO(WithMap(
      context, call,
      [&](Context& store, Run& run, Interpreter& interpreter,
          const json::Object& state) -> Outcome<void> {
        const std::string arn(run.strands.at(call.strand).task.GetString("mapRunArn"));
        const auto id = ArnEnd(store, arn, "mapRun");
        const Record* found = id ? store.store.Find(store.RegionScope(), kMapRun, *id) : nullptr;
        if (!found) return RuntimeFailure("The map run is gone.");
        Record map_run = *found;
        map_run.body.Set("status", status);
        map_run.body.Set("stopDate", ToSeconds(store.Now()));
        ended.map_run = map_run.body;
        for (const Record* child : store.store.List(store.RegionScope(), kExecution, map_run.id))
          ended.children.push_back(child->body);
        store.store.Put(store.RegionScope(), kMapRun, std::move(map_run));
        ended.writes = state.Has("ResultWriter");
        if (!ended.writes) return {};
        ended.writer = state.GetObject("ResultWriter");
        TL_TRY(ended.parameters, interpreter.FillMapField(call.strand, TemplateOf(ended.writer),
                                                          "ResultWriter/Arguments"));
        return {};
      }));
  std::ranges::sort(ended.children, {},
                    [](const json::Object& child) { return child.GetInt("index"); });
  return ended;
}

json::Array OutputsOf(const std::vector<json::Object>& children) {
  json::Array outputs;
  for (const json::Object& child : children) {
    if (child.GetString("status") != "SUCCEEDED") continue;
    auto output = json::Parse(child.GetString("output"));
    outputs.push_back(output ? std::move(*output) : json::Value());
  }
  return outputs;
}

TaskRole RoleOf(const MapCall& call) {
  return {.machine_role = call.role,
          .task_role = {},
          .session = call.session,
          .execution = call.execution};
}

// The end of a map run whose children have all ended, or of which too many failed.
net::aw<Outcome<>> Close(WaitContext context, MapCall call, bool exceeded) {
  TL_CO_TRY(Ended ended, Collect(context, call, exceeded ? "FAILED" : "SUCCEEDED"));
  if (exceeded) {
    static_cast<void>(context.State([&](Context& state) -> Answer<> {
      AbortMapRun(state, std::string(ended.map_run.GetString("mapRunArn")));
      return json::Object();
    }));
    co_return Failure{.error = "States.ExceedToleratedFailureThreshold",
                      .cause = "The specified tolerated failure threshold was exceeded"};
  }
  if (!ended.writes) co_return json::Value(OutputsOf(ended.children));
  TL_CO_TRY(WaitContext as_role, AsRole(context, RoleOf(call)));
  co_return co_await WriteResults(std::move(as_role), std::move(ended.writer),
                                  std::move(ended.parameters), std::move(ended.map_run),
                                  std::move(ended.children));
}

Outcome<void> Begin(const WaitContext& context, const MapCall& call) {
  TL_TRY(Source source, FindSource(context, call));
  if (source.read) {
    TL_TRY(const WaitContext as_role, AsRole(context, RoleOf(call)));
    TL_TRY(source.items,
           ReadItems(as_role, source.reader, source.parameters, source.most, source.jsonata));
  }
  return Open(context, call, source.items);
}

// The map run that the strand has already, after a restart; empty: none.
std::string OpenedBefore(const WaitContext& context, const MapCall& call) {
  std::string arn;
  static_cast<void>(WithMap(
      context, call, [&](Context&, Run& run, Interpreter&, const json::Object&) -> Outcome<void> {
        arn = run.strands.at(call.strand).task.GetString("mapRunArn");
        return {};
      }));
  return arn;
}

}  // namespace

net::aw<void> PerformMapRun(WaitContext context, MapCall call) {
  const auto tell_end = [&context, &call](Outcome<> result) {
    Tell(context, call, [&](Interpreter& interpreter) {
      interpreter.MapRunEnded(call.strand, call.call, std::move(result));
    });
  };
  if (OpenedBefore(context, call).empty()) {
    auto begun = Begin(context, call);
    if (!begun) {
      tell_end(std::move(begun).error());
      co_return;
    }
  }
  const std::string arn = OpenedBefore(context, call);
  if (arn.empty()) co_return;  // the execution has ended in between
  const Scope scope{context.caller().account, context.region()};
  const auto signal = context.engine().Get<Runner>().ChildrenOf(scope, arn);
  while (true) {
    bool waited = true;
    auto progress = Advance(context, call, waited);
    if (!waited) co_return;
    if (!progress) {
      tell_end(std::move(progress).error());
      co_return;
    }
    if (progress->exceeded || progress->finished) {
      tell_end(co_await Close(context, call, progress->exceeded));
      co_return;
    }
    co_await Signal::Wait(signal, context.timers(), std::nullopt);
  }
}

void AbortMapRun(Context& context, const std::string& map_run_arn) {
  const auto id = ArnEnd(context, map_run_arn, "mapRun");
  const Record* found = id ? context.store.Find(context.RegionScope(), kMapRun, *id) : nullptr;
  if (!found) return;
  if (found->body.GetString("status") == "RUNNING") {
    Record map_run = *found;
    map_run.body.Set("status", "ABORTED");
    map_run.body.Set("stopDate", ToSeconds(context.Now()));
    context.store.Put(context.RegionScope(), kMapRun, std::move(map_run));
  }
  std::vector<std::string> running;
  for (const Record* child : context.store.List(context.RegionScope(), kExecution, *id)) {
    if (child->body.GetString("status") == "RUNNING") running.push_back(child->id);
  }
  for (const std::string& child : running) {
    const auto aborted =
        StepExecution(context, child, [](Interpreter& interpreter) { interpreter.Abort({}, {}); });
    if (aborted)
      context.jobs.ScheduleAt(context, kWakeExecutionJob, {{"execution", child}}, context.Now());
  }
}

}  // namespace trunkline::cloud::stepfunctions
