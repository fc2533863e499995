#include "cloud/services/stepfunctions/map_call.h"

#include "cloud/services/stepfunctions/runner.h"

namespace trunkline::cloud::stepfunctions {

TaskRole RoleOf(const MapCall& call) {
  return {.machine_role = call.role,
          .task_role = {},
          .session = call.session,
          .execution = call.execution};
}

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

void TellMap(const WaitContext& context, const MapCall& call, const StepEvent& event) {
  const auto done = context.State([&](Context& state) -> Answer<> {
    TL_DO(StepExecution(state, call.execution, event, CacheOf(context)));
    return json::Object();
  });
  if (!done) context.log().Warn("a map run cannot go on: {}", done.error().message);
}

const Record* FindMapRun(Context& context, const Run& run, const MapCall& call) {
  const auto id =
      ArnEnd(context, run.strands.at(call.strand).task.GetString("mapRunArn"), "mapRun");
  return id ? context.store.Find(context.RegionScope(), kMapRun, *id) : nullptr;
}

json::Value TemplateOf(const json::Object& holder) {
  const json::Value* form = holder.Find(holder.Has("Arguments") ? "Arguments" : "Parameters");
  return form ? *form : json::Value(json::Object());
}

}  // namespace trunkline::cloud::stepfunctions
