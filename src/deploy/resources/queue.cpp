#include <algorithm>

#include "deploy/drift.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadQueue(Session& session) {
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"MaxResults", 100}};
  TL_CO_TRY(const json::Object found,
            co_await session.CallAllPages("connect", "SearchQueues", std::move(input)));
  for (const json::Value& item : found.GetArray("Queues")) {
    const json::Object& body = item.AsObject();
    LiveResource queue{.id = std::string(body.GetString("QueueId")),
                       .arn = std::string(body.GetString("QueueArn")),
                       .tags = ReadTags(body.GetObject("Tags")),
                       .body = body};
    session.live.Put("queue", std::string(body.GetString("Name")), std::move(queue));
  }
  co_return Result<void>();
}

json::Object Wanted(const center::Queue& queue) {
  json::Object wanted{
      {"Name", queue.name.value}, {"Hours", queue.hours.value}, {"Description", queue.description}};
  if (queue.max_contacts) wanted.Set("MaxContacts", *queue.max_contacts);
  return wanted;
}

void PlanQueue(const Target& target, const Live& live, Plan& plan) {
  for (const center::Queue& queue : target.center.queues) {
    PlanByHash(live, "queue", queue.name.value, HashOf(Wanted(queue)),
               {"hours:" + queue.hours.value}, plan, queue.tags);
  }
}

Result<std::string> HoursId(const Live& live, const center::Queue& queue) {
  const LiveResource* hours = live.Find("hours", queue.hours.value);
  if (hours != nullptr) return hours->id;
  return Error(ErrorKind::kNotFound,
               "hours of operation '{}' of queue '{}' are neither declared nor in the instance",
               queue.hours.value, queue.name.value);
}

net::aw<Result<void>> Create(Session& session, const center::Queue& queue) {
  TL_CO_TRY(const std::string hours, HoursId(session.live, queue));
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"Name", queue.name.value},
                     {"HoursOfOperationId", hours},
                     {"Tags", TagsFor(queue.tags, HashOf(Wanted(queue)))}};
  input.SetIfNotEmpty("Description", queue.description);
  if (queue.max_contacts) input.Set("MaxContacts", *queue.max_contacts);
  session.NoteNew("queue", queue.name.value);
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "CreateQueue", std::move(input)));
  LiveResource resource{.id = std::string(made.GetString("QueueId")),
                        .arn = std::string(made.GetString("QueueArn")),
                        .tags = {},
                        .body = {}};
  session.live.Put("queue", queue.name.value, std::move(resource));
  co_return Result<void>();
}

// Only what differs is written: each member has an operation of its own.
net::aw<Result<void>> Write(Session& session, std::string id, const json::Object& is,
                            const json::Object& wanted) {
  const json::Object target{{"InstanceId", session.live.InstanceId()}, {"QueueId", id}};
  if (is.GetString("HoursOfOperationId") != wanted.GetString("HoursOfOperationId")) {
    json::Object input = target;
    input.Set("HoursOfOperationId", wanted.GetString("HoursOfOperationId"));
    TL_CO_DO(co_await session.Call("connect", "UpdateQueueHoursOfOperation", std::move(input)));
  }
  // The API takes no empty description: what stands there stays.
  const std::string_view description = wanted.GetString("Description");
  if (!description.empty() && is.GetString("Description") != description) {
    json::Object input = target;
    input.Set("Description", description);
    TL_CO_DO(co_await session.Call("connect", "UpdateQueueName", std::move(input)));
  }
  if (is.GetInt("MaxContacts", -1) != wanted.GetInt("MaxContacts", -1)) {
    json::Object input = target;  // without MaxContacts the queue has no limit of its own
    if (const json::Value* most = wanted.Find("MaxContacts")) input.Set("MaxContacts", *most);
    TL_CO_DO(co_await session.Call("connect", "UpdateQueueMaxContacts", std::move(input)));
  }
  co_return Result<void>();
}

net::aw<Result<void>> Update(Session& session, const center::Queue& queue) {
  const LiveResource there = *session.live.Find("queue", queue.name.value);
  TL_CO_TRY(const std::string hours, HoursId(session.live, queue));
  session.Note("queue", queue.name.value, AsItIs(there));
  json::Object wanted{{"HoursOfOperationId", hours}};
  wanted.SetIfNotEmpty("Description", queue.description);
  if (queue.max_contacts) wanted.Set("MaxContacts", *queue.max_contacts);
  TL_CO_DO(co_await Write(session, there.id, there.body, wanted));
  json::Object tags = TagsFor(queue.tags, HashOf(Wanted(queue)));
  co_return co_await Tag(session, there, queue.tags, std::move(tags));
}

net::aw<Result<void>> ApplyQueue(Session& session, const Change& change) {
  const auto& all = session.target.center.queues;
  const auto queue = std::find_if(all.begin(), all.end(),
                                  [&](const auto& one) { return one.name.value == change.name; });
  // Asked again, not taken from the plan: a new instance brings a queue of its own.
  if (session.live.Find("queue", change.name) == nullptr)
    co_return co_await Create(session, *queue);
  co_return co_await Update(session, *queue);
}

// What a delivery would have recorded of the queue as it is. An empty description cannot be
// written: an older one may stay.
json::Object AsIs(const Live& live, const json::Object& body, std::string_view description) {
  std::string hours(body.GetString("HoursOfOperationId"));
  const auto all = live.resources.find("hours");
  if (all != live.resources.end()) {
    for (const auto& [name, one] : all->second) {
      if (one.id == body.GetString("HoursOfOperationId")) hours = name;
    }
  }
  json::Object is{{"Name", body.GetString("Name")}, {"Hours", hours}, {"Description", description}};
  if (const json::Value* most = body.Find("MaxContacts")) is.Set("MaxContacts", *most);
  return is;
}

net::aw<Result<void>> DriftOfQueues(Session& session, std::vector<Drifted>& drifted) {
  const auto queues = session.live.resources.find("queue");
  if (queues == session.live.resources.end()) co_return Result<void>();
  for (const auto& [name, queue] : queues->second) {
    const std::string hash = RecordedHash(queue);
    if (hash.empty()) continue;
    const std::string_view description = queue.body.GetString("Description");
    const bool same = hash == HashOf(AsIs(session.live, queue.body, description)) ||
                      hash == HashOf(AsIs(session.live, queue.body, ""));
    if (!same)
      drifted.push_back(
          {.kind = "queue", .name = name, .what = "its hours, description or limit were changed"});
    if (queue.body.GetString("Status", "ENABLED") != "ENABLED")
      drifted.push_back({.kind = "queue", .name = name, .what = "was disabled"});
  }
  co_return Result<void>();
}

// As it was, but with a new id: what was deleted cannot have its own again.
net::aw<Result<void>> MakeAgain(Session& session, json::Object before) {
  const json::Object body = before.GetObject("body");
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"Tags", TagsToPut(before.GetObject("tags"))}};
  for (const std::string_view member :
       {"Name", "Description", "HoursOfOperationId", "MaxContacts", "OutboundCallerConfig"}) {
    if (const json::Value* value = body.Find(member)) input.Set(member, *value);
  }
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "CreateQueue", std::move(input)));
  if (body.GetString("Status", "ENABLED") == "ENABLED") co_return Result<void>();
  json::Object status{{"InstanceId", session.live.InstanceId()},
                      {"QueueId", made.GetString("QueueId")},
                      {"Status", body.GetString("Status")}};
  TL_CO_DO(co_await session.Call("connect", "UpdateQueueStatus", std::move(status)));
  co_return Result<void>();
}

// What the run may have written is not known when it failed: everything is written again.
net::aw<Result<void>> RestoreQueue(Session& session, const Undo& undo) {
  if (undo.IsNew()) co_return co_await RemoveNew(session, undo);
  if (undo.IsGone()) {
    TL_CO_TRY(const bool there, co_await IsThereAgain(session, undo));
    if (there) co_return Result<void>();
    co_return co_await MakeAgain(session, undo.before);
  }
  const json::Object& body = undo.before.GetObject("body");
  json::Object unknown{{"MaxContacts", -2}};
  TL_CO_DO(co_await Write(session, std::string(body.GetString("QueueId")), unknown, body));
  std::string arn(undo.before.GetString("arn"));
  co_return co_await RestoreTags(session, std::move(arn), undo.before.GetObject("tags"));
}

net::aw<Result<void>> RemoveQueue(Session& session, const Change& change) {
  NoteGone(session, change);
  return DeleteInInstance(session, change, "DeleteQueue", "QueueId");
}

}  // namespace

const ResourceKind kQueueKind{.name = "queue",
                              .plural = "queues",
                              .project = "instance",
                              .read = ReadQueue,
                              .plan = PlanQueue,
                              .apply = ApplyQueue,
                              .restore = RestoreQueue,
                              .remove = RemoveQueue,
                              .drift = DriftOfQueues};

}  // namespace trunkline::deploy
