// Message move tasks: the messages of a dead-letter queue go back to where they came from, or to a
// queue of choice.
//
// A job moves what is visible, so many messages a second as were asked for, until there is nothing
// left; each step is a transaction, so that a task goes on after a restart.
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/job_kinds.h"
#include "cloud/services/sqs/families.h"
#include "cloud/services/sqs/queue.h"

namespace trunkline::cloud {
namespace sqs {
namespace {

constexpr std::int64_t kMostPerStep = 500;  // of a second or, without a limit, at once
constexpr std::int64_t kMostListed = 10;
constexpr std::size_t kMostKept = 10;  // tasks of a queue: older ones are forgotten

ServiceError NotFound(Context& context, std::string_view text) {
  return Fail(context, "ResourceNotFoundException", "ResourceNotFoundException", text)
      .WithStatus(404);
}

ServiceError NoQueue(Context& context, std::string_view parameter) {
  return NotFound(context, fmt::format("The resource that you specified for the {} parameter "
                                       "doesn't exist.",
                                       parameter));
}

Answer<Queue> FindSource(Context& context, std::string_view arn) {
  auto queue = FindQueueByArn(context, arn);
  const bool mine = queue && queue->scope == context.RegionScope();
  if (!mine) return NoQueue(context, "SourceArn");
  return *std::move(queue);
}

bool IsRunning(const Record& task) {
  return task.body.GetString("Status") == "RUNNING";
}

std::string HandleOf(const Record& task) {
  const json::Object handle{{"taskId", task.id}, {"sourceArn", task.body.GetString("SourceArn")}};
  return ToBase64(json::Write(handle));
}

// Newest first.
std::vector<const Record*> TasksOf(Context& context, const Queue& source) {
  auto tasks = context.store.List(source.scope, kMoveTask, source.Name());
  std::ranges::reverse(tasks);
  return tasks;
}

Answer<void> CheckStart(Context& context, const Queue& source, const json::Object& input) {
  if (SourcesOf(context, source).empty()) {
    return WrongValue(context, "Source queue must be configured as a Dead Letter Queue.");
  }
  if (input.Has("DestinationArn") && !FindQueueByArn(context, input.GetString("DestinationArn")))
    return NoQueue(context, "DestinationArn");
  const std::int64_t rate = input.GetInt("MaxNumberOfMessagesPerSecond", 1);
  if (rate < 1 || rate > kMostPerStep) {
    return WrongValue(context,
                      fmt::format("Value {} for parameter MaxNumberOfMessagesPerSecond is invalid. "
                                  "Reason: Must be between 1 and {}, if provided.",
                                  rate, kMostPerStep));
  }
  for (const Record* task : TasksOf(context, source)) {
    if (IsRunning(*task)) {
      return WrongValue(context,
                        "There is already a task running. Only one active task is allowed for a "
                        "source queue arn at a given time.");
    }
  }
  return {};
}

std::vector<Record> Visible(Context& context, const Queue& source, std::size_t most) {
  const std::int64_t now = Milliseconds1970(context);
  std::vector<Record> found;
  context.store.Scan(source.scope, kMessage, source.Name(), {}, [&](const Record& message) {
    if (message.body.GetInt("Visible") <= now && message.body.GetInt("Expires") > now)
      found.push_back(message);
    return found.size() < most;
  });
  return found;
}

void ForgetOld(Context& context, const Queue& source) {
  std::vector<std::string> old;
  for (const Record* task : TasksOf(context, source)) old.push_back(task->id);
  for (std::size_t i = kMostKept; i < old.size(); ++i)
    context.store.Delete(source.scope, kMoveTask, old[i]);
}

Answer<> StartMessageMoveTask(Context& context, const json::Object& input) {
  TL_TRY(const Queue source, FindSource(context, input.GetString("SourceArn")));
  TL_DO(CheckStart(context, source, input));
  json::Object body{
      {"Status", "RUNNING"},
      {"SourceArn", source.Arn()},
      {"ApproximateNumberOfMessagesMoved", 0},
      {"ApproximateNumberOfMessagesToMove", Visible(context, source, SIZE_MAX).size()},
      {"StartedTimestamp", Milliseconds1970(context)}};
  body.SetIfNotEmpty("DestinationArn", input.GetString("DestinationArn"));
  if (input.Has("MaxNumberOfMessagesPerSecond"))
    body.Set("MaxNumberOfMessagesPerSecond", input.At("MaxNumberOfMessagesPerSecond"));
  const std::string id = NewUuid(context.random);
  // A counter orders tasks of one millisecond.
  const auto before = context.store.List(source.scope, kMoveTask, source.Name());
  const std::int64_t number = before.empty() ? 1 : ToInt(before.back()->name).value_or(0) + 1;
  Record task{.id = id,
              .parent = source.Name(),
              .name = fmt::format("{:020}", number),
              .body = std::move(body)};
  json::Object answer{{"TaskHandle", HandleOf(task)}};
  context.store.Put(source.scope, kMoveTask, std::move(task));
  ForgetOld(context, source);
  context.jobs.ScheduleAt(context, kMoveMessagesJob, {{"Task", id}}, context.Now());
  return answer;
}

Answer<> ListMessageMoveTasks(Context& context, const json::Object& input) {
  TL_TRY(const Queue source, FindSource(context, input.GetString("SourceArn")));
  const std::int64_t most = input.GetInt("MaxResults", 1);
  if (most < 1 || most > kMostListed) {
    return WrongValue(context,
                      fmt::format("Value {} for parameter MaxResults is invalid. Reason: Must be "
                                  "between 1 and {}, if provided.",
                                  most, kMostListed));
  }
  json::Array results;
  for (const Record* task : TasksOf(context, source)) {
    if (results.size() >= static_cast<std::size_t>(most)) break;
    json::Object shown = task->body;
    if (IsRunning(*task)) shown.Set("TaskHandle", HandleOf(*task));
    results.push_back(std::move(shown));
  }
  return json::Object{{"Results", std::move(results)}};
}

Answer<> CancelMessageMoveTask(Context& context, const json::Object& input) {
  const auto bytes = FromBase64(input.GetString("TaskHandle"));
  const auto handle = bytes ? json::Parse(*bytes) : Result<json::Value>(json::Value(nullptr));
  if (!handle || !handle->IsObject() || !handle->AsObject().Has("taskId"))
    return WrongValue(context, "Value for parameter TaskHandle is invalid.");
  TL_TRY(const Queue source, FindSource(context, handle->AsObject().GetString("sourceArn")));
  const Record* found =
      context.store.Find(source.scope, kMoveTask, handle->AsObject().GetString("taskId"));
  if (!found || found->parent != source.Name() || !IsRunning(*found))
    return NotFound(context, "Task does not exist.");
  Record task = *found;
  task.body.Set("Status", "CANCELLED");
  json::Object answer{
      {"ApproximateNumberOfMessagesMoved", task.body.GetInt("ApproximateNumberOfMessagesMoved")}};
  context.store.Put(source.scope, kMoveTask, std::move(task));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CancelMessageMoveTask", .handle = CancelMessageMoveTask},
    {.name = "ListMessageMoveTasks", .handle = ListMessageMoveTasks},
    {.name = "StartMessageMoveTask", .handle = StartMessageMoveTask},
};
static_assert(InOrder(kOperations));

// ---- moving

// False: there is no queue that it could go to.
bool Move(Context& context, const Queue& source, const Record& task, Record message) {
  json::Object system = message.body.GetObject("System");
  const std::string_view wanted =
      task.body.GetString("DestinationArn", system.GetString("DeadLetterQueueSourceArn"));
  auto target = FindQueueByArn(context, wanted);
  if (!target) return false;
  system.Remove("DeadLetterQueueSourceArn");
  message.body.Set("System", std::move(system));
  TakeOver(context, source, *target, std::move(message));
  Save(context, *std::move(target));
  return true;
}

Answer<void> MoveMessages(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kMoveTask, payload.GetString("Task"));
  if (!found || !IsRunning(*found)) return {};
  Record task = *found;
  const Record* record = context.store.Find(context.RegionScope(), kQueue, task.parent);
  if (!record) return {};
  const Queue source{.scope = context.RegionScope(), .record = *record};
  const std::int64_t rate = task.body.GetInt("MaxNumberOfMessagesPerSecond", kMostPerStep);
  std::int64_t moved = task.body.GetInt("ApproximateNumberOfMessagesMoved");
  // One more is looked for, to know whether there is another step.
  auto messages = Visible(context, source, static_cast<std::size_t>(rate) + 1);
  const bool more = messages.size() > static_cast<std::size_t>(rate);
  if (more) messages.pop_back();
  task.body.Set("Status", more ? "RUNNING" : "COMPLETED");
  for (Record& message : messages) {
    if (!Move(context, source, task, std::move(message))) {
      task.body.Set("Status", "FAILED");
      task.body.Set("FailureReason", "AWS.SimpleQueueService.NonExistentQueue");
      break;
    }
    ++moved;
  }
  task.body.Set("ApproximateNumberOfMessagesMoved", moved);
  if (IsRunning(task)) {
    const auto pause = task.body.Has("MaxNumberOfMessagesPerSecond") ? std::chrono::seconds(1)
                                                                     : std::chrono::seconds(0);
    context.jobs.ScheduleAt(context, kMoveMessagesJob, payload, context.Now() + pause);
  }
  context.store.Put(source.scope, kMoveTask, std::move(task));
  return {};
}

}  // namespace

constinit const Family kMoveTaskOperations = kOperations;

}  // namespace sqs

constinit const JobKind kMoveMessagesJob{.name = "sqs.move-messages", .run = sqs::MoveMessages};

}  // namespace trunkline::cloud
