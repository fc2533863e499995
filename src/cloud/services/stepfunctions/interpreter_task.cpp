// Task states: scheduling, and what becomes of the answers.
#include "base/json_write.h"
#include "cloud/services/stepfunctions/interpreter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::size_t kTokenLength = 128;

// How the events of a kind of task are called: "LambdaFunctionScheduled".
std::string_view EventFamily(const Resource& resource) {
  if (resource.kind == Resource::Kind::kLambda) return "LambdaFunction";
  return resource.kind == Resource::Kind::kActivityArn ? "Activity" : "Task";
}

std::string DetailsName(std::string_view family, std::string_view what) {
  std::string name = fmt::format("{}{}EventDetails", family, what);
  name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}

Resource ResourceOf(const Strand& strand) {
  auto resource = ReadResource(strand.task.GetString("resource"));
  return resource ? std::move(*resource) : Resource{};
}

// Who the task is done as: empty is the machine's role.
Outcome<std::string> CredentialsOf(const StateView& view, const json::Value& effective) {
  const json::Value* form = view.node.body->Find("Credentials");
  if (!form) return std::string();
  TL_TRY(const json::Value filled, view.node.jsonata ? FillQuery(*form, "Credentials", view.Query())
                                                     : FillTemplate(*form, view.Paths(effective)));
  if (!filled.IsObject()) return RuntimeFailure("Credentials must be an object.");
  return std::string(filled.AsObject().GetString("RoleArn"));
}

}  // namespace

Strand* Interpreter::FindCall(int strand, int call) {
  const auto found = run_.strands.find(strand);
  if (run_.end || found == run_.strands.end()) return nullptr;
  if (found->second.phase != Phase::kTask || found->second.call != call) return nullptr;
  return &run_.Touch(strand);
}

void Interpreter::ExecuteTask(Strand& strand, const Node& node) {
  const auto resource = ReadResource(node.body->GetString("Resource"));
  ++strand.call;
  strand.task = json::Object{{"resource", node.body->GetString("Resource")}};
  if (!resource) return Fail(strand.id, RuntimeFailure(resource.error().message()));
  if (resource->pattern == Resource::Pattern::kToken ||
      resource->kind == Resource::Kind::kActivityArn)
    strand.task.Set("token", NewToken(random_, kTokenLength, kAlphanumeric));
  const json::Value context = ContextOf(strand, node);
  auto scheduled = Schedule(strand, ViewOf(strand, node, context), *resource);
  if (!scheduled) return Fail(strand.id, std::move(scheduled).error());
  if (resource->kind == Resource::Kind::kActivityArn && has_activity &&
      !has_activity(resource->arn)) {
    return Fail(strand.id,
                RuntimeFailure(fmt::format("The activity {} does not exist.", resource->arn)));
  }
  AddScheduled(strand, *resource);
  strand.phase = Phase::kTask;
  calls.push_back({.strand = strand.id, .call = strand.call});
}

Outcome<void> Interpreter::Schedule(Strand& strand, const StateView& view,
                                    const Resource& resource) {
  TL_TRY(const json::Value effective, EffectiveInput(view));
  TL_TRY(json::Value arguments, Arguments(view, effective));
  TL_TRY(const std::int64_t timeout, NumberOf(view, effective, "TimeoutSeconds", 0));
  TL_TRY(const std::int64_t heartbeat, NumberOf(view, effective, "HeartbeatSeconds", 0));
  TL_TRY(const std::string role, CredentialsOf(view, effective));
  strand.task.Set("arguments", std::move(arguments));
  if (timeout > 0) strand.task.Set("timeout", timeout);
  if (heartbeat > 0) strand.task.Set("heartbeat", heartbeat);
  strand.task.SetIfNotEmpty("role", role);
  strand.deadline.reset();
  strand.heartbeat.reset();
  // The clocks of an activity start when a worker takes it.
  if (resource.kind == Resource::Kind::kActivityArn) return {};
  if (timeout > 0) strand.deadline = now_ + std::chrono::seconds(timeout);
  if (heartbeat > 0) strand.heartbeat = now_ + std::chrono::seconds(heartbeat);
  return {};
}

void Interpreter::AddTaskEvent(Strand& strand, std::string_view what, json::Object details) {
  const Resource resource = ResourceOf(strand);
  const std::string_view family = EventFamily(resource);
  if (what != "Scheduled") AddStarted(strand);
  const bool integration = family == "Task";
  if (integration) {
    details.Set("resource", resource.event_resource());
    details.Set("resourceType", resource.event_type());
  }
  const bool bare = family == "LambdaFunction" && details.empty();
  const std::string name = bare ? std::string() : DetailsName(family, what);
  strand.last_event = run_.AddEvent(fmt::format("{}{}", family, what), strand.last_event, now_,
                                    name, std::move(details));
}

void Interpreter::AddScheduled(Strand& strand, const Resource& resource) {
  json::Object details;
  std::string arguments = json::Write(strand.task.At("arguments"));
  const bool integration = EventFamily(resource) == "Task";
  if (integration) {
    details.Set("parameters", std::move(arguments));
    details.Set("region", run_.region);
  } else {
    details.Set("resource", resource.arn);
    SetPayload(details, "input", std::move(arguments));
  }
  if (strand.task.Has("timeout")) details.Set("timeoutInSeconds", strand.task.At("timeout"));
  if (strand.task.Has("heartbeat") && resource.kind != Resource::Kind::kLambda)
    details.Set("heartbeatInSeconds", strand.task.At("heartbeat"));
  if (strand.task.Has("role") && resource.kind != Resource::Kind::kActivityArn)
    details.Set("taskCredentials", json::Object{{"roleArn", strand.task.At("role")}});
  AddTaskEvent(strand, "Scheduled", std::move(details));
  if (resource.kind == Resource::Kind::kActivityArn) return;
  strand.task.Set("starting", true);
  ready_.push_back(strand.id);
}

// Tasks that are scheduled side by side start after the last of them was scheduled (seen).
void Interpreter::AddStarted(Strand& strand) {
  if (strand.task.Remove("starting")) AddTaskEvent(strand, "Started", {});
}

void Interpreter::ActivityStarted(int id, int call, std::string_view worker) {
  Strand* strand = FindCall(id, call);
  if (!strand) return;
  json::Object details;
  details.SetIfNotEmpty("workerName", worker);
  AddTaskEvent(*strand, "Started", std::move(details));
  strand->task.Set("submitted", true);
  if (strand->task.Has("timeout"))
    strand->deadline = now_ + std::chrono::seconds(strand->task.GetInt("timeout"));
  Heartbeat(id, call);
}

void Interpreter::Heartbeat(int id, int call) {
  Strand* strand = FindCall(id, call);
  if (strand && strand->task.Has("heartbeat"))
    strand->heartbeat = now_ + std::chrono::seconds(strand->task.GetInt("heartbeat"));
}

void Interpreter::TaskSubmitted(int id, int call, const std::string& output, std::string_view job) {
  Strand* strand = FindCall(id, call);
  if (!strand) return;
  json::Object details;
  SetPayload(details, "output", output);
  AddTaskEvent(*strand, "Submitted", std::move(details));
  strand->task.Set("submitted", true);
  strand->task.SetIfNotEmpty("job", job);
}

void Interpreter::TaskSucceeded(int id, int call, const json::Value& result) {
  Strand* strand = FindCall(id, call);
  if (!strand) return;
  std::string text = json::Write(result);
  if (text.size() > kPayloadLimit) {
    const Resource resource = ResourceOf(*strand);
    const std::string name = EventFamily(resource) == "Task" ? resource.event_type() : resource.arn;
    TaskFailed(id, call,
               {.error = std::string(kDataLimit),
                .cause = fmt::format("The state/task '{}' returned a result with a size exceeding "
                                     "the maximum number of bytes service limit.",
                                     name)});
    return;
  }
  json::Object details;
  SetPayload(details, "output", std::move(text));
  AddTaskEvent(*strand, "Succeeded", std::move(details));
  strand->deadline.reset();
  strand->heartbeat.reset();
  const Node& node = NodeOf(*strand);
  const json::Value context = ContextOf(*strand, node);
  LeaveByNext(id, node, DepartWithResult(ViewOf(*strand, node, context), result));
}

void Interpreter::TaskFailed(int id, int call, Failure failure) {
  Strand* strand = FindCall(id, call);
  if (!strand) return;
  std::optional<std::string> error;
  if (!failure.error.empty()) error = failure.error;
  AddTaskEvent(*strand, "Failed", FailureDetails(error, failure.cause));
  Fail(id, std::move(failure));
}

void Interpreter::AnswerForTest(Outcome<> result) {
  for (const int child : run_.ChildrenOf(0)) run_.Remove(child);
  Strand& strand = run_.Touch(0);
  if (!result) return Fail(0, std::move(result).error());
  const Node& node = NodeOf(strand);
  const json::Value context = ContextOf(strand, node);
  LeaveByNext(0, node, DepartWithResult(ViewOf(strand, node, context), *result));
}

// Both clocks report States.Timeout and no cause; the other name is good for ErrorEquals only
// (seen).
Failure Interpreter::TimeOut(Strand& strand) {
  const bool heartbeat = !strand.deadline || *strand.deadline > now_;
  abandoned.push_back(strand.task);
  AddTaskEvent(strand, "TimedOut", FailureDetails(std::string(kTimeout), {}));
  strand.phase = Phase::kExecute;  // nothing is under way any more
  Failure failure{.error = std::string(kTimeout)};
  if (heartbeat) failure.also = "States.HeartbeatTimeout";
  return failure;
}

}  // namespace trunkline::cloud::stepfunctions
