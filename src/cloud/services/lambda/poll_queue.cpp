// The poller of an event source mapping: receives messages in the function's role, calls it with
// them, deletes what it is done with. What fails becomes visible again, as the queue says.
//
// A poller is a job that ends when its mapping was changed: the change starts others. After a
// restart it goes on; messages that were under way come again.
#include "cloud/access/act_as.h"
#include "cloud/job_kinds.h"
#include "cloud/services/lambda/event_source.h"
#include "cloud/services/lambda/records.h"
#include "cloud/services/sqs/queue.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace lambda {
namespace {

constexpr std::int64_t kMostReceived = 10;
constexpr Milliseconds kAfterTrouble{1000};

struct Poll {
  json::Object mapping;  // as it is shown
  std::string queue_url;
  std::optional<Caller> role;
};

// The queue and the role of the function, which may have changed since the last time.
Answer<Poll> Prepare(const WaitContext& context, json::Object mapping) {
  Poll poll{.mapping = std::move(mapping), .queue_url = {}, .role = {}};
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const auto queue = sqs::FindQueueByArn(state, poll.mapping.GetString("EventSourceArn"));
    if (!queue) return ServiceError("ResourceNotFoundException", "the queue does not exist");
    poll.queue_url = sqs::QueueUrl(state, *queue);
    const json::Object named{{"FunctionName", poll.mapping.GetString("FunctionArn")}};
    TL_TRY(const Name name, ReadName(state, named));
    TL_TRY(const Resolved function, Resolve(state, name));
    const access::Deputy deputy{.service = "lambda.amazonaws.com",
                                .source_arn = {},
                                .source_account = state.caller.account};
    TL_TRY(poll.role,
           access::ActAs(state, deputy, function.configuration.GetString("Role"), name.function));
    return json::Object();
  }));
  return poll;
}

net::aw<Answer<json::Array>> Receive(WaitContext actor, std::string queue_url, std::int64_t most,
                                     std::int64_t wait) {
  json::Object input{{"QueueUrl", queue_url},
                     {"MaxNumberOfMessages", std::min(most, kMostReceived)},
                     {"WaitTimeSeconds", wait},
                     {"MessageSystemAttributeNames", json::Array{"All"}},
                     {"MessageAttributeNames", json::Array{"All"}}};
  Answer<> answer = co_await actor.Call("sqs", "ReceiveMessage", std::move(input));
  if (!answer) co_return std::move(answer).error();
  co_return answer->GetArray("Messages");
}

// A batch: what there is, and what comes within the mapping's window until it is full.
net::aw<Answer<json::Array>> Gather(WaitContext actor, const Poll& poll) {
  const std::int64_t size = poll.mapping.GetInt("BatchSize");
  const std::chrono::seconds window(poll.mapping.GetInt("MaximumBatchingWindowInSeconds"));
  Answer<json::Array> batch = co_await Receive(actor, poll.queue_url, size, 1);
  if (!batch || batch->empty()) co_return batch;
  const TimePoint end = actor.clock().Now() + window;
  while (static_cast<std::int64_t>(batch->size()) < size) {
    const std::int64_t left = size - static_cast<std::int64_t>(batch->size());
    const std::int64_t wait = actor.clock().Now() < end ? 1 : 0;
    const Answer<json::Array> more = co_await Receive(actor, poll.queue_url, left, wait);
    if (!more) break;
    for (const json::Value& message : *more) batch->push_back(message);
    if (more->empty() && wait == 0) break;
  }
  co_return batch;
}

void Delete(const WaitContext& actor, const Poll& poll, const json::Array& messages) {
  for (const json::Value& message : messages) {
    const auto deleted =
        actor.Dispatch("sqs", "DeleteMessage",
                       {{"QueueUrl", poll.queue_url},
                        {"ReceiptHandle", message.AsObject().GetString("ReceiptHandle")}});
    if (!deleted) actor.log().Warn("a message that was handled stays: {}", deleted.error().message);
  }
}

// What a poller took that is to end: for others, at once.
void PutBack(const WaitContext& actor, const Poll& poll, const json::Array& messages) {
  for (const json::Value& message : messages) {
    const auto visible =
        actor.Dispatch("sqs", "ChangeMessageVisibility",
                       {{"QueueUrl", poll.queue_url},
                        {"ReceiptHandle", message.AsObject().GetString("ReceiptHandle")},
                        {"VisibilityTimeout", 0}});
    // It is visible again when its time is up.
    if (!visible) actor.log().Warn("a message is not put back: {}", visible.error().message);
  }
}

// Messages that no filter wants are done with at once.
json::Array Wanted(const WaitContext& actor, const Poll& poll, json::Array messages) {
  json::Array wanted;
  json::Array dropped;
  for (json::Value& message : messages) {
    const json::Object record =
        ToRecord(message.AsObject(), poll.mapping.GetString("EventSourceArn"), actor.region());
    (PassesFilters(poll.mapping, record) ? wanted : dropped).push_back(std::move(message));
  }
  Delete(actor, poll, dropped);
  return wanted;
}

// Calls the function; the result as the mapping shows it.
net::aw<std::string> Handle(WaitContext context, WaitContext actor, const Poll& poll,
                            json::Array messages) {
  json::Object input{
      {"FunctionName", poll.mapping.GetString("FunctionArn")},
      {"InvocationType", "RequestResponse"},
      {"Payload", EventOf(messages, poll.mapping.GetString("EventSourceArn"), actor.region())}};
  const Answer<> answer = co_await context.Call("lambda", "Invoke", std::move(input));
  if (!answer) co_return "PROBLEM: " + answer.error().message;
  if (answer->Has("FunctionError")) co_return "PROBLEM: Function call failed";
  const std::string payload(answer->GetString("Payload"));
  Delete(actor, poll, DoneWith(poll.mapping, messages, payload));
  co_return "OK";
}

// One batch. The result; empty: there was nothing.
net::aw<std::string> PollOnce(WaitContext context, json::Object payload, json::Object mapping) {
  Answer<Poll> poll = Prepare(context, std::move(mapping));
  if (!poll) co_return "PROBLEM: " + poll.error().message;
  const WaitContext actor = context.As(*poll->role, context.region());
  Answer<json::Array> messages = co_await Gather(actor, *poll);
  if (!messages) co_return "PROBLEM: " + messages.error().message;
  if (!FindCurrent(context, payload)) {
    PutBack(actor, *poll, *messages);
    co_return std::string();
  }
  json::Array wanted = Wanted(actor, *poll, std::move(*messages));
  if (wanted.empty()) co_return std::string();
  co_return co_await Handle(context, actor, *poll, std::move(wanted));
}

net::aw<Answer<>> PollQueue(WaitContext context, json::Object payload) {
  while (std::optional<json::Object> mapping = FindCurrent(context, payload)) {
    const std::string result = co_await PollOnce(context, payload, std::move(*mapping));
    if (!result.empty()) NoteResult(context, payload, result);
    if (result.starts_with("PROBLEM")) co_await context.Sleep(kAfterTrouble);
  }
  co_return json::Object();
}

constexpr WaitHandler kPollQueue{PollQueue};

}  // namespace
}  // namespace lambda

constinit const JobKind kPollQueueJob{.name = "lambda.poll-queue", .wait = &lambda::kPollQueue};

}  // namespace trunkline::cloud
