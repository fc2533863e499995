// How a map run begins: its record is made and told to the execution, then its items are read and
// become the inputs of its children. A restart in between reads them again.
#include <limits>

#include "cloud/services/stepfunctions/map_children.h"
#include "cloud/services/stepfunctions/map_run.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Record MakeMapRun(Context& context, const Run& run, const MapCall& call, const json::Object& state,
                  const json::Object& task) {
  std::string label(state.GetString("Label"));
  if (label.empty()) label = NewUuid(context.random);
  const std::string id =
      fmt::format("mapRun:{}/{}:{}", run.machine_name, label, NewUuid(context.random));
  std::int64_t width = task.GetInt("maxConcurrency");
  if (width <= 0) width = std::numeric_limits<std::int32_t>::max();
  json::Object body{{"mapRunArn", MakeArn(context, id)},
                    {"executionArn", run.execution_arn},
                    {"stateMachineArn", fmt::format("{}/{}", run.machine_arn, label)},
                    {"machineName", fmt::format("{}/{}", run.machine_name, label)},
                    {"label", label},
                    {"status", "RUNNING"},
                    {"startDate", ToSeconds(context.Now())},
                    {"redriveCount", 0},
                    {"strand", call.strand},
                    {"maxConcurrency", width}};
  for (const std::string_view limit : {"toleratedFailureCount", "toleratedFailurePercentage"})
    body.Set(limit, task.At(limit));
  return {.id = id,
          .parent = call.execution,
          .name = NewestFirst(context.Now()),
          .body = std::move(body)};
}

struct Opened {
  std::string arn;      // empty: there is no map run yet
  bool filled = false;  // its children have their inputs
};

Outcome<Opened> LookAt(const WaitContext& context, const MapCall& call) {
  Opened opened;
  TL_DO(WithMap(context, call,
                [&](Context& store, Run& run, Interpreter&, const json::Object&) -> Outcome<void> {
                  opened.arn = run.strands.at(call.strand).task.GetString("mapRunArn");
                  const Record* found = opened.arn.empty() ? nullptr : FindMapRun(store, run, call);
                  opened.filled = found && found->body.Has("inputs");
                  return {};
                }));
  return opened;
}

Outcome<void> Open(const WaitContext& context, const MapCall& call) {
  std::string arn;
  TL_TRY(
      const bool waited,
      WithMap(
          context, call,
          [&](Context& store, Run& run, Interpreter&, const json::Object& state) -> Outcome<void> {
            Record record = MakeMapRun(store, run, call, state, run.strands.at(call.strand).task);
            arn = record.body.GetString("mapRunArn");
            store.store.Put(store.RegionScope(), kMapRun, std::move(record));
            return {};
          }));
  if (!waited) return {};
  TellMap(context, call, [&](Interpreter& interpreter) {
    interpreter.MapRunStarted(call.strand, call.call, arn);
  });
  return {};
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
                  source.most = strand.task.GetInt("maxItems");
                  source.read = state.Has("ItemReader");
                  source.jsonata = run.machine->Find(strand.state)->jsonata;
                  if (!source.read) return {};
                  source.reader = state.GetObject("ItemReader");
                  TL_TRY(source.parameters,
                         interpreter.FillMapField(call.strand, TemplateOf(source.reader),
                                                  "ItemReader/Arguments"));
                  return {};
                }));
  return source;
}

Outcome<void> Fill(const WaitContext& context, const MapCall& call) {
  TL_TRY(Source source, FindSource(context, call));
  if (source.read) {
    TL_TRY(const WaitContext as_role, AsRole(context, RoleOf(call)));
    TL_TRY(source.items,
           ReadItems(as_role, source.reader, source.parameters, source.most, source.jsonata));
  }
  TL_DO(WithMap(
      context, call,
      [&](Context& store, Run& run, Interpreter& interpreter,
          const json::Object& state) -> Outcome<void> {
        TL_TRY(Children children, MakeChildren(run, interpreter, call.strand, state, source.items));
        const Record* found = FindMapRun(store, run, call);
        if (!found) return RuntimeFailure("The map run is gone.");
        Record map_run = *found;
        map_run.body.Set("sizes", json::Array(children.sizes.begin(), children.sizes.end()));
        map_run.body.Set("inputs", std::move(children.inputs));
        store.store.Put(store.RegionScope(), kMapRun, std::move(map_run));
        return {};
      }));
  return {};
}

}  // namespace

Outcome<std::string> BeginMapRun(const WaitContext& context, const MapCall& call) {
  TL_TRY(Opened opened, LookAt(context, call));
  if (opened.arn.empty()) {
    TL_DO(Open(context, call));
    TL_TRY(opened, LookAt(context, call));
  }
  if (!opened.arn.empty() && !opened.filled) TL_DO(Fill(context, call));
  return opened.arn;
}

}  // namespace trunkline::cloud::stepfunctions
