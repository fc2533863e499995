#include "cloud/services/stepfunctions/executions.h"

#include <utility>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/callers.h"
#include "cloud/dispatch.h"
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/map_run.h"
#include "cloud/services/stepfunctions/notices.h"
#include "cloud/services/stepfunctions/tasks.h"

namespace trunkline::cloud::stepfunctions {
namespace {

json::Object StartedDetails(const NewExecution& execution, const json::Object& revision) {
  json::Object details;
  SetPayload(details, "input", execution.input);
  details.Set("roleArn", revision.GetString("roleArn"));
  details.SetIfNotEmpty("stateMachineAliasArn", execution.alias_arn);
  details.SetIfNotEmpty("stateMachineVersionArn", execution.version_arn);
  return details;
}

Record MakeRecord(const Context& context, const NewExecution& execution,
                  const json::Object& revision) {
  json::Object body{{"executionArn", MakeArn(context, execution.id)},
                    {"stateMachineArn", execution.machine_arn},
                    {"name", execution.name},
                    {"status", "RUNNING"},
                    {"startDate", ToSeconds(context.Now())},
                    {"input", execution.input},
                    {"inputDetails", json::Object{{"included", true}}},
                    {"redriveCount", 0},
                    {"revision", execution.revision},
                    {"roleArn", revision.GetString("roleArn")},
                    {"machineName", execution.machine_name},
                    {"express", execution.express}};
  body.SetIfNotEmpty("stateMachineVersionArn", execution.version_arn);
  body.SetIfNotEmpty("stateMachineAliasArn", execution.alias_arn);
  body.SetIfNotEmpty("traceHeader", execution.trace_header);
  body.SetIfNotEmpty("mapRunArn", execution.map_run_arn);
  body.SetIfNotEmpty("label", execution.label);
  if (execution.sync) body.Set("sync", true);
  if (execution.index >= 0) {
    body.Set("index", execution.index);
    body.Set("itemCount", execution.items);
  }
  return {.id = execution.id,
          .parent = execution.parent,
          .name = NewestFirst(context.Now()),
          .body = std::move(body)};
}

std::shared_ptr<const Machine> MachineOf(Context& context, std::string_view revision,
                                         MachineCache* cache) {
  return cache ? cache->Find(context, revision) : ReadMachine(context, revision);
}

// What the record of an execution says of its run.
std::shared_ptr<Run> RunOf(const Context& context, const json::Object& body) {
  auto run = std::make_shared<Run>();
  run->execution_arn = body.GetString("executionArn");
  run->name = body.GetString("name");
  run->machine_arn = body.GetString("stateMachineArn");
  run->machine_name = body.GetString("machineName");
  run->role_arn = body.GetString("roleArn");
  run->start_time = ToIsoMillis(FromEpochSeconds(body.GetDouble("startDate")));
  run->redrives = body.GetInt("redriveCount");
  if (body.Has("redriveDate"))
    run->redrive_time = ToIsoMillis(FromEpochSeconds(body.GetDouble("redriveDate")));
  run->region = context.region;
  run->keeps_history = !body.GetBool("express");
  run->sync = body.GetBool("sync");
  auto input = json::Parse(body.GetString("input"));
  if (input) run->input = std::move(*input);
  return run;
}

Interpreter InterpreterOf(Context& context, Run& run) {
  Interpreter interpreter(run, context.random, context.Now());
  interpreter.has_activity = [&](auto arn) { return !!FindActivity(context, arn); };
  return interpreter;
}

std::string StrandId(const std::string& execution, int strand) {
  return fmt::format("{}/{}", execution, strand);
}

void WriteHeader(Context& context, const std::string& id, const Run& run) {
  json::Object body{{"next", run.next_strand}, {"last", run.last_event}};
  if (run.deadline) body.Set("deadline", run.deadline->time_since_epoch().count());
  context.store.Put(context.RegionScope(), kRun,
                    {.id = id, .parent = {}, .name = {}, .body = std::move(body)});
}

void DropAll(Context& context, Kind kind, const std::string& parent) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kind, parent))
    ids.push_back(record->id);
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kind, id);
}

// Express executions keep no history: their events go to the log only.
void WriteEvents(Context& context, const Record& execution, Run& run) {
  if (run.events.empty()) return;
  LogEvents(context, execution, run.events);
  if (run.keeps_history) {
    const std::string number = fmt::format("{:06}", run.events.front().GetInt("id"));
    json::Array events;
    for (json::Object& event : run.events) events.emplace_back(std::move(event));
    context.store.Put(context.RegionScope(), kHistory,
                      {.id = fmt::format("{}/{}", execution.id, number),
                       .parent = execution.id,
                       .name = number,
                       .body = json::Object{{"events", std::move(events)}}});
  }
  run.events.clear();
}

void WriteEnd(Context& context, Record& execution, const Run& run) {
  const End& end = *run.end;
  json::Object& body = execution.body;
  body.Set("status", end.status);
  body.Set("stopDate", ToSeconds(context.Now()));
  if (end.output) {
    body.Set("output", *end.output);
    body.Set("outputDetails", json::Object{{"included", true}});
  }
  if (end.error) body.Set("error", *end.error);
  if (end.cause) body.Set("cause", *end.cause);
  body.Set("lastEvent", run.last_event);
  if (end.status != "SUCCEEDED" && run.keeps_history) {
    context.store.Put(
        context.RegionScope(), kRedrive,
        {.id = execution.id,
         .parent = {},
         .name = {},
         .body = json::Object{{"strands", run.checkpoint}, {"next", run.next_strand}}});
  }
}

// Tokens and the tasks of activities stand in records of their own, by which others find them.
void WriteTasks(Context& context, const std::string& id, const Run& run,
                const std::vector<Interpreter::Call>& calls) {
  for (const auto& [number, call] : calls) {
    const auto found = run.strands.find(number);
    if (found == run.strands.end() || found->second.call != call) continue;
    const json::Object& task = found->second.task;
    const std::string token(task.GetString("token"));
    if (token.empty()) continue;
    json::Object place{{"execution", id}, {"strand", number}, {"call", call}};
    context.store.Put(context.RegionScope(), kTaskToken,
                      {.id = token, .parent = id, .name = {}, .body = place});
    const auto resource = ReadResource(task.GetString("resource"));
    if (!resource || resource->kind != Resource::Kind::kActivityArn) continue;
    const std::string order =
        fmt::format("{:015}{:06}", context.Now().time_since_epoch().count(), run.last_event);
    context.store.Put(
        context.RegionScope(), kActivityTask,
        {.id = token, .parent = resource->arn, .name = order, .body = std::move(place)});
  }
}

void WriteRun(Context& context, const std::string& id, Run& run) {
  const Scope scope = context.RegionScope();
  const bool changed = !run.gone.empty() || !run.touched.empty();
  for (const int strand : run.gone) context.store.Delete(scope, kStrand, StrandId(id, strand));
  for (const int strand : run.touched) {
    const auto found = run.strands.find(strand);
    if (found == run.strands.end()) continue;
    context.store.Put(
        scope, kStrand,
        {.id = StrandId(id, strand), .parent = id, .name = {}, .body = found->second.ToJson()});
  }
  run.gone.clear();
  run.touched.clear();
  if (run.end) {
    context.store.Delete(scope, kRun, id);
    DropAll(context, kTaskToken, id);
  } else if (changed) {
    WriteHeader(context, id, run);
  }
}

// Jobs that nobody waits for any more are stopped, as far as they can be.
void StopAbandoned(Context& context, const std::vector<json::Object>& tasks) {
  for (const json::Object& task : tasks) {
    if (task.Has("mapRunArn")) AbortMapRun(context, std::string(task.GetString("mapRunArn")));
    auto stop = StopOf(task);
    if (!stop) continue;
    json::Object payload{{"service", stop->service},
                         {"operation", stop->operation},
                         {"input", std::move(stop->input)}};
    context.jobs.ScheduleAt(context, kStopTaskJob, std::move(payload), context.Now());
  }
}

void WriteStep(Context& context, Record execution, Run& run, const Interpreter& interpreter) {
  const std::string id = execution.id;
  WriteEvents(context, execution, run);
  WriteTasks(context, id, run, interpreter.calls);
  WriteRun(context, id, run);
  StopAbandoned(context, interpreter.abandoned);
  if (!run.end) return;
  WriteEnd(context, execution, run);
  context.store.Put(context.RegionScope(), kExecution, execution);
  NotifyStatus(context, execution);
}

}  // namespace

Answer<> StartNew(Context& context, NewExecution execution, MachineCache* cache) {
  const Record* revision = context.store.Find(context.RegionScope(), kRevision, execution.revision);
  std::shared_ptr<const Machine> machine = MachineOf(context, execution.revision, cache);
  if (!revision || !machine) return NoSuchMachine(execution.machine_arn);
  Record record = MakeRecord(context, execution, revision->body);
  const auto run = RunOf(context, record.body);
  run->machine = std::move(machine);
  const json::Object& definition = run->machine->definition();
  if (execution.start_at.empty() && definition.Has("TimeoutSeconds"))
    run->deadline = context.Now() + std::chrono::seconds(definition.GetInt("TimeoutSeconds"));
  constexpr std::chrono::minutes kLongestExpress(5);
  if (execution.express && (!run->deadline || *run->deadline > context.Now() + kLongestExpress))
    run->deadline = context.Now() + kLongestExpress;
  NotifyStatus(context, record);
  Interpreter interpreter = InterpreterOf(context, *run);
  interpreter.Start(
      execution.start_at.empty() ? run->machine->start_at() : std::string_view(execution.start_at),
      StartedDetails(execution, revision->body));
  run->strands.at(0).variables = std::move(execution.variables);
  run->strands.at(0).item = std::move(execution.item);
  interpreter.Drive(kStepBudget);
  if (!run->end) {
    context.store.Put(context.RegionScope(), kExecution, record);
    context.jobs.ScheduleAt(context, kRunExecutionJob, {{"execution", record.id}}, context.Now());
  }
  const std::string id = record.id;
  WriteStep(context, std::move(record), *run, interpreter);
  return context.store.Find(context.RegionScope(), kExecution, id)->body;
}

std::shared_ptr<Run> ReadRun(Context& context, const std::string& id, MachineCache* cache) {
  const Scope scope = context.RegionScope();
  const Record* header = context.store.Find(scope, kRun, id);
  const Record* execution = context.store.Find(scope, kExecution, id);
  if (!header || !execution) return nullptr;
  auto run = RunOf(context, execution->body);
  const std::string_view revision = execution->body.GetString("revision");
  run->machine = MachineOf(context, revision, cache);
  if (!run->machine) return nullptr;
  run->next_strand = static_cast<int>(header->body.GetInt("next", 1));
  run->last_event = header->body.GetInt("last");
  if (header->body.Has("deadline"))
    run->deadline = TimePoint(Milliseconds(header->body.GetInt("deadline")));
  for (const Record* record : context.store.List(scope, kStrand, id)) {
    Strand strand = Strand::FromJson(record->body);
    run->strands.emplace(strand.id, std::move(strand));
  }
  run->CountChildren();
  return run;
}

Answer<bool> StepExecution(Context& context, const std::string& id, const StepEvent& event,
                           MachineCache* cache) {
  const auto run = ReadRun(context, id, cache);
  if (!run) return false;
  Interpreter interpreter = InterpreterOf(context, *run);
  interpreter.Resume();
  event(interpreter);
  interpreter.Drive(kStepBudget);
  WriteStep(context, *context.store.Find(context.RegionScope(), kExecution, id), *run, interpreter);
  return true;
}

void GiveUp(Context& context, const std::string& id, const std::string& why) {
  const Scope scope = context.RegionScope();
  const Record* found = context.store.Find(scope, kExecution, id);
  if (!found || found->body.GetString("status") != "RUNNING") return;
  Record execution = *found;
  execution.body.Set("status", "FAILED");
  execution.body.Set("error", kRuntime);
  execution.body.Set("cause", why);
  execution.body.Set("stopDate", ToSeconds(context.Now()));
  context.store.Put(scope, kExecution, std::move(execution));
  context.store.Delete(scope, kRun, id);
  for (const Kind kind : {kStrand, kTaskToken}) DropAll(context, kind, id);
}

Answer<> RedriveEnded(Context& context, const Record& execution) {
  const Scope scope = context.RegionScope();
  const Record* kept = context.store.Find(scope, kRedrive, execution.id);
  if (!kept) {
    return ServiceError(
        "ExecutionNotRedrivable",
        fmt::format("Execution is not redrivable: '{}'", execution.body.GetString("executionArn")));
  }
  const json::Object checkpoint = kept->body;
  Record record = execution;
  json::Object& body = record.body;
  body.Set("redriveCount", body.GetInt("redriveCount") + 1);
  body.Set("redriveDate", ToSeconds(context.Now()));
  body.Set("status", "RUNNING");
  for (const std::string_view member : {"stopDate", "error", "cause"}) body.Remove(member);
  context.store.Delete(scope, kRedrive, record.id);
  context.store.Put(scope, kExecution, record);

  const auto run = RunOf(context, body);
  run->machine = ReadMachine(context, body.GetString("revision"));
  if (!run->machine) return NoSuchMachine(body.GetString("stateMachineArn"));
  run->next_strand = static_cast<int>(checkpoint.GetInt("next", 1));
  run->last_event = body.GetInt("lastEvent");
  const std::int64_t timeout = run->machine->definition().GetInt("TimeoutSeconds");
  if (timeout > 0) run->deadline = context.Now() + std::chrono::seconds(timeout);
  Interpreter interpreter = InterpreterOf(context, *run);
  interpreter.Redrive(checkpoint.GetArray("strands"));
  interpreter.Drive(kStepBudget);
  NotifyStatus(context, record);
  if (!run->end)
    context.jobs.ScheduleAt(context, kRunExecutionJob, {{"execution", record.id}}, context.Now());
  WriteStep(context, std::move(record), *run, interpreter);
  return json::Object{{"redriveDate", ToSeconds(context.Now())}};
}

Answer<Record> FindExecution(Context& context, std::string_view arn) {
  auto end = ArnEnd(context, arn, "execution");
  if (!end) return std::move(end).error();
  const Record* record = context.store.Find(context.RegionScope(), kExecution, *end);
  if (record) return *record;
  return ServiceError("ExecutionDoesNotExist", fmt::format("Execution Does Not Exist: '{}'", arn));
}

json::Array ReadHistory(Context& context, const std::string& id) {
  json::Array events;
  for (const Record* chunk : context.store.List(context.RegionScope(), kHistory, id)) {
    const json::Array& some = chunk->body.GetArray("events");
    events.insert(events.end(), some.begin(), some.end());
  }
  return events;
}

void ForgetExecution(Context& context, const std::string& id) {
  const Scope scope = context.RegionScope();
  for (const Kind kind : {kHistory, kStrand, kTaskToken}) DropAll(context, kind, id);
  for (const Kind kind : {kRun, kRedrive, kExecution}) context.store.Delete(scope, kind, id);
}

}  // namespace trunkline::cloud::stepfunctions
