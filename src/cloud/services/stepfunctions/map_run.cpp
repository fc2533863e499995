#include "cloud/services/stepfunctions/map_run.h"

#include <algorithm>
#include <set>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/map_children.h"
#include "cloud/services/stepfunctions/runner.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::int64_t kMostConcurrent = 10'000;

Record WithStatus(const Context& context, Record map_run, std::string_view status) {
  map_run.body.Set("status", status);
  map_run.body.Set("stopDate", ToSeconds(context.Now()));
  return map_run;
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
        const Record* found = FindMapRun(store, run, call);
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
        const Record* found = FindMapRun(store, run, call);
        if (!found) return RuntimeFailure("The map run is gone.");
        Record map_run = WithStatus(store, *found, status);
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

// A map run that could not begin.
void MarkFailed(const WaitContext& context, const MapCall& call) {
  static_cast<void>(WithMap(
      context, call,
      [&](Context& store, Run& run, Interpreter&, const json::Object&) -> Outcome<void> {
        if (const Record* found = FindMapRun(store, run, call))
          store.store.Put(store.RegionScope(), kMapRun, WithStatus(store, *found, "FAILED"));
        return {};
      }));
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

}  // namespace

net::aw<void> PerformMapRun(WaitContext context, MapCall call) {
  const auto tell_end = [&context, &call](Outcome<> result) {
    TellMap(context, call, [&](Interpreter& interpreter) {
      interpreter.MapRunEnded(call.strand, call.call, std::move(result));
    });
  };
  auto begun = BeginMapRun(context, call);
  if (!begun) {
    MarkFailed(context, call);
    tell_end(std::move(begun).error());
    co_return;
  }
  if (begun->empty()) co_return;  // the execution has ended in between
  const Scope scope{context.caller().account, context.region()};
  const auto signal = context.engine().Get<Runner>().ChildrenOf(scope, *begun);
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
    context.store.Put(context.RegionScope(), kMapRun, WithStatus(context, *found, "ABORTED"));
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
