#include "cloud/services/cloudformation/stacks/events.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace cloudformation {
namespace {

constexpr std::int64_t kFarFuture = 9'999'999'999'999;

// The milliseconds of the stack's newest event.
std::int64_t NewestEvent(Context& context, const std::string& stack_id) {
  std::int64_t newest = 0;
  context.store.Scan(context.RegionScope(), kEvent, stack_id, {}, [&](const Record& record) {
    newest = kFarFuture - ToInt(record.name).value_or(kFarFuture);
    return false;
  });
  return newest;
}

// As the service writes them for a topic: one line for each member.
std::string NotificationText(const Context& context, const json::Object& event) {
  std::string text;
  const auto line = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}='{}'\n", name, value);
  };
  line("StackId", event.GetString("StackId"));
  line("Timestamp", ToIso8601(FromEpochSeconds(event.GetDouble("Timestamp"))));
  line("EventId", event.GetString("EventId"));
  line("LogicalResourceId", event.GetString("LogicalResourceId"));
  line("Namespace", context.caller.account);
  line("PhysicalResourceId", event.GetString("PhysicalResourceId"));
  line("PrincipalId", context.caller.user_id);
  line("ResourceProperties", event.GetString("ResourceProperties", "null"));
  line("ResourceStatus", event.GetString("ResourceStatus"));
  line("ResourceStatusReason", event.GetString("ResourceStatusReason"));
  line("ResourceType", event.GetString("ResourceType"));
  line("StackName", event.GetString("StackName"));
  line("ClientRequestToken", event.GetString("ClientRequestToken", "null"));
  return text;
}

void Notify(Context& context, const json::Object& stack, const json::Object& event) {
  const json::Array& topics = stack.GetArray("NotificationARNs");
  if (topics.empty()) return;
  const std::string text = NotificationText(context, event);
  for (const json::Value& topic : topics) {
    json::Object message{{"TopicArn", topic.AsString()},
                         {"Subject", "AWS CloudFormation Notification"},
                         {"Message", text}};
    context.jobs.ScheduleAt(context, kNotifyOfStackJob, std::move(message), context.Now());
  }
}

// A topic that is gone or refuses is no reason to stop a stack.
net::aw<Answer<>> Publish(WaitContext context, json::Object message) {
  co_return co_await context.Call("sns", "Publish", std::move(message));
}
constexpr WaitHandler kPublish{Publish};

// The stack's own events have a plain id. A resource's names it, and what happened, or in a cleanup
// nothing more (seen).
std::string EventId(const StackIdentity& stack, const json::Object& event,
                    const std::string& uuid) {
  if (event.GetString("PhysicalResourceId") == stack.id) return uuid;
  const std::string_view logical = event.GetString("LogicalResourceId");
  if (!event.Has("ResourceProperties")) return fmt::format("{}-{}", logical, uuid);
  return fmt::format("{}-{}-{}", logical, event.GetString("ResourceStatus"),
                     ToIso8601(FromEpochSeconds(event.GetDouble("Timestamp"))));
}

}  // namespace

void AddEvent(Context& context, const StackIdentity& stack, json::Object event) {
  const std::int64_t now = std::max<std::int64_t>(context.Now().time_since_epoch().count(),
                                                  NewestEvent(context, stack.id) + 1);
  const Record* record = context.store.Find(context.RegionScope(), kStack, stack.id);
  const std::string uuid = NewUuid(context.random);
  event.Set("Timestamp", TimestampOf(TimePoint(Milliseconds(now))));
  event.Set("EventId", EventId(stack, event, uuid));
  event.Set("StackId", stack.id);
  event.Set("StackName", stack.name);
  if (record) {
    const json::Array& operations = record->body.GetArray("LastOperations");
    if (!operations.empty())
      event.Set("OperationId", operations.front().AsObject().At("OperationId"));
    event.SetIfNotEmpty("ClientRequestToken", record->body.GetString("ClientRequestToken"));
    Notify(context, record->body, event);
  }
  context.store.Put(context.RegionScope(), kEvent,
                    {.id = uuid,
                     .parent = stack.id,
                     .name = fmt::format("{:013}", kFarFuture - now),
                     .body = std::move(event)});
}

void SetStackStatus(Context& context, std::string_view stack_id, std::string_view status,
                    std::string_view reason) {
  StackIdentity stack{.id = std::string(stack_id), .name = {}};
  UpdateStackRecord(context, stack_id, [&](json::Object& body) {
    stack.name = body.GetString("StackName");
    body.Set("StackStatus", status);
    body.Remove("StackStatusReason");
    body.SetIfNotEmpty("StackStatusReason", reason);
    // A stack that is rolled back is being deleted (seen).
    if (status.starts_with("DELETE_") || status == "ROLLBACK_IN_PROGRESS")
      body.Set("DeletionTime", Timestamp(context));
  });
  json::Object event{{"LogicalResourceId", stack.name},
                     {"PhysicalResourceId", stack.id},
                     {"ResourceType", kStackType},
                     {"ResourceStatus", status}};
  event.SetIfNotEmpty("ResourceStatusReason", reason);
  AddEvent(context, stack, std::move(event));
}

}  // namespace cloudformation

constinit const JobKind kNotifyOfStackJob{.name = "cloudformation.notify",
                                          .wait = &cloudformation::kPublish};

}  // namespace trunkline::cloud
