#include "cloud/services/codepipeline/progress.h"

#include <algorithm>

#include "cloud/job_kinds.h"
#include "cloud/jobs.h"

namespace trunkline::cloud::codepipeline {
namespace {

// Executions at once in QUEUED and PARALLEL mode (documented).
constexpr std::size_t kMostActive = 50;

// Pipeline variables with the values they start with; the error names one that has none.
Answer<json::Array> StartVariables(const json::Object& declaration, const json::Array& given) {
  json::Array resolved;
  for (const json::Value& item : declaration.GetArray("variables")) {
    const json::Object& variable = item.AsObject();
    const std::string_view name = variable.GetString("name");
    const json::Value* value = variable.Find("defaultValue");
    for (const json::Value& one : given) {
      if (one.AsObject().GetString("name") == name) value = one.AsObject().Find("value");
    }
    if (!value) {
      return ValidationError(
          fmt::format("The pipeline variable '{}' has no default value and must be given", name));
    }
    resolved.push_back(json::Object{{"name", name}, {"resolvedValue", *value}});
  }
  for (const json::Value& one : given) {
    const std::string_view name = one.AsObject().GetString("name");
    const bool known = std::ranges::any_of(resolved, [&](const json::Value& variable) {
      return variable.AsObject().GetString("name") == name;
    });
    if (!known)
      return ValidationError(fmt::format("The pipeline does not declare the variable '{}'", name));
  }
  return resolved;
}

}  // namespace

Progress::Progress(Context& context, Record pipeline)
    : context_(&context), pipeline_(std::move(pipeline)) {}

Answer<Progress> Progress::Open(Context& context, std::string_view pipeline) {
  TL_TRY(const Record* record, FindPipeline(context, pipeline));
  return Progress(context, *record);
}

Answer<Progress> Progress::Open(Context& context, const Record& pipeline) {
  return Progress(context, pipeline);
}

Record& Progress::Load(const std::string& id) {
  const auto found = executions_.find(id);
  if (found != executions_.end()) return found->second;
  return executions_.emplace(id, *context_->store.Find(context_->RegionScope(), kExecution, id))
      .first->second;
}

json::Object& Progress::Execution(const std::string& id) {
  return Load(id).body;
}

const json::Object& Progress::Plan(const json::Object& execution) {
  const Record* version = context_->store.Find(context_->RegionScope(), kVersion,
                                               VersionId(name(), execution.GetInt("Version")));
  return version ? version->body.GetObject("Declaration") : declaration();
}

std::vector<std::string> Progress::ActiveIds() {
  std::vector<std::string> ids;
  for (const json::Value& id : pipeline().GetArray("Active")) ids.push_back(id.AsString());
  return ids;
}

json::Object& Progress::View(std::string_view stage) {
  return Part(Part(pipeline(), "Stages"), stage);
}

json::Object& Progress::StageOf(json::Object& execution) {
  return Part(Part(execution, "Stages"), std::string(execution.GetString("Stage")));
}

std::int64_t Progress::NextSequence() {
  const std::int64_t next = pipeline().GetInt("Sequence") + 1;
  pipeline().Set("Sequence", next);
  return next;
}

Answer<std::string> Progress::Start(const StartOrder& order) {
  const std::string mode(declaration().GetString("executionMode", "SUPERSEDED"));
  if (mode != "SUPERSEDED" && pipeline().GetArray("Active").size() >= kMostActive) {
    return ServiceError("ConcurrentPipelineExecutionsLimitExceededException",
                        fmt::format("The pipeline {} has {} executions that have not ended, which "
                                    "is the most it may have",
                                    name(), kMostActive));
  }
  TL_TRY(json::Array variables, StartVariables(declaration(), order.variables));
  json::Object own;
  for (const json::Value& one : variables)
    own.Set(one.AsObject().GetString("name"), one.AsObject().At("resolvedValue"));
  std::string id = NewUuid(context_->random);
  json::Object spaces{{"codepipeline", json::Object{{"PipelineExecutionId", id}}},
                      {"variables", std::move(own)}};
  const std::int64_t sequence = NextSequence();
  const json::Value now = Timestamp(context_->Now());
  const json::Object& first = declaration().GetArray("stages").front().AsObject();
  json::Object body{{"Status", "InProgress"},
                    {"Version", declaration().GetInt("version")},
                    {"Structure", pipeline().GetInt("Structure")},
                    {"Started", now},
                    {"Updated", now},
                    {"Trigger", json::Object{{"triggerType", order.trigger_type},
                                             {"triggerDetail", order.trigger_detail}}},
                    {"Mode", mode},
                    {"Type", "STANDARD"},
                    {"Variables", std::move(variables)},
                    {"Sources", order.sources},
                    {"Attempt", 1},
                    {"Sequence", sequence},
                    {"Arrived", sequence},
                    {"Stage", first.GetString("name")},
                    {"Step", "Waiting"},
                    {"Spaces", std::move(spaces)}};
  executions_[id] = {
      .id = id, .parent = name(), .name = NewestFirst(sequence), .body = std::move(body)};
  PartList(pipeline(), "Active").emplace_back(id);
  TellPipeline(Execution(id), id, "STARTED");
  return id;
}

std::string Progress::StartRollback(std::string_view stage, const std::string& target,
                                    std::string_view trigger, std::string_view detail) {
  json::Object body = Execution(target);
  std::string id = NewUuid(context_->random);
  const std::int64_t sequence = NextSequence();
  const json::Value now = Timestamp(context_->Now());
  for (const std::string_view gone : {"Stages", "Stop", "StatusSummary", "Sources"})
    body.Remove(gone);
  body.Set("Status", "InProgress");
  body.Set("Version", declaration().GetInt("version"));
  body.Set("Started", now);
  body.Set("Updated", now);
  body.Set("Trigger", json::Object{{"triggerType", trigger}, {"triggerDetail", detail}});
  body.Set("Type", "ROLLBACK");
  body.Set("RollbackTarget", target);
  body.Set("Attempt", 1);
  body.Set("Sequence", sequence);
  body.Set("Arrived", sequence);
  body.Set("Stage", stage);
  body.Set("Step", "Waiting");
  Part(body, "Spaces").Set("codepipeline", json::Object{{"PipelineExecutionId", id}});
  executions_[id] = {
      .id = id, .parent = name(), .name = NewestFirst(sequence), .body = std::move(body)};
  PartList(pipeline(), "Active").emplace_back(id);
  TellPipeline(Execution(id), id, "STARTED");
  return id;
}

void Progress::Restructure() {
  for (const std::string& id : ActiveIds()) {
    json::Object& execution = Execution(id);
    if (execution.GetString("Step") == "Waiting") {
      End(id, "Cancelled", "The pipeline was changed before this execution could go on");
    } else {
      execution.Set("Outdated", true);
    }
  }
}

void Progress::Advance() {
  bool moved = true;
  while (moved) {
    moved = false;
    const json::Array stages = declaration().GetArray("stages");
    // From the end: who leaves a stage makes room for who waits behind.
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage)
      moved = AdmitTo(stage->AsObject().GetString("name")) || moved;
  }
}

void Progress::Save() {
  for (const auto& [id, record] : executions_) {
    const Record* before = context_->store.Find(context_->RegionScope(), kExecution, id);
    if (before && before->body == record.body) continue;
    context_->store.Put(context_->RegionScope(), kExecution, record);
  }
  context_->store.Put(context_->RegionScope(), kPipeline, pipeline_);
  if (events_.empty()) return;
  json::Object input{{"Entries", std::move(events_)}};
  events_ = {};
  context_->jobs.ScheduleAt(*context_, kPutPipelineEventsJob, std::move(input), context_->Now());
}

}  // namespace trunkline::cloud::codepipeline
