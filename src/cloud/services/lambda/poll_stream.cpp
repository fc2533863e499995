// The poller of a stream: reads the changes of a table in the function's role, in order, and calls
// the function with them until it takes them.
//
// How far it got stands in the mapping's record, so that a restart goes on there. A batch that
// fails is tried again, as often and as long as the mapping says, in halves if it says so.
#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/job_kinds.h"
#include "cloud/services/dynamodb/streams.h"
#include "cloud/services/lambda/event_source.h"
#include "cloud/services/lambda/records.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace lambda {
namespace {

constexpr Milliseconds kPause{1000};
constexpr std::int64_t kMostRecords = 1000;

// How far the poller got.
struct Progress {
  std::string after;
  std::int64_t attempts = 0;
  std::int64_t most = 0;  // records of the next batch; 0: as the mapping says
};

struct Poll {
  json::Object mapping;
  Progress progress;
  std::string shard;
  std::optional<Caller> role;
};

Answer<Poll> Prepare(const WaitContext& context, const json::Object& payload,
                     json::Object mapping) {
  Poll poll{.mapping = std::move(mapping), .progress = {}, .shard = {}, .role = {}};
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const Record* stream = state.store.Find(state.RegionScope(), dynamodb::kStream,
                                            poll.mapping.GetString("EventSourceArn"));
    const Record* record =
        state.store.Find(state.RegionScope(), kEventSource, payload.GetString("UUID"));
    if (!stream || !record)
      return ServiceError("ResourceNotFoundException", "the stream does not exist");
    poll.shard = stream->body.GetString("ShardId");
    poll.progress = {.after = std::string(record->body.GetString("After")),
                     .attempts = record->body.GetInt("Attempts"),
                     .most = record->body.GetInt("Most")};
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

net::aw<Answer<json::Array>> Read(WaitContext actor, const Poll& poll) {
  json::Object where{{"StreamArn", poll.mapping.GetString("EventSourceArn")},
                     {"ShardId", poll.shard},
                     {"ShardIteratorType", "TRIM_HORIZON"}};
  if (!poll.progress.after.empty()) {
    where.Set("ShardIteratorType", "AFTER_SEQUENCE_NUMBER");
    where.Set("SequenceNumber", poll.progress.after);
  }
  Answer<> iterator = co_await actor.Call("dynamodbstreams", "GetShardIterator", std::move(where));
  if (!iterator) co_return std::move(iterator).error();
  const std::int64_t size =
      poll.progress.most > 0 ? poll.progress.most : poll.mapping.GetInt("BatchSize");
  json::Object input{{"ShardIterator", iterator->GetString("ShardIterator")},
                     {"Limit", std::min(size, kMostRecords)}};
  Answer<> answer = co_await actor.Call("dynamodbstreams", "GetRecords", std::move(input));
  if (!answer) co_return std::move(answer).error();
  co_return answer->GetArray("Records");
}

// What there is, and what comes within the mapping's window until it is full.
net::aw<Answer<json::Array>> Gather(WaitContext actor, const Poll& poll) {
  Answer<json::Array> batch = co_await Read(actor, poll);
  const std::chrono::seconds window(poll.mapping.GetInt("MaximumBatchingWindowInSeconds"));
  if (!batch || batch->empty() || window.count() == 0 || poll.progress.attempts > 0)
    co_return batch;
  if (static_cast<std::int64_t>(batch->size()) >= poll.mapping.GetInt("BatchSize")) co_return batch;
  co_await actor.Sleep(window);
  co_return co_await Read(actor, poll);
}

std::string SequenceOf(const json::Value& record) {
  return std::string(record.AsObject().GetObject("dynamodb").GetString("SequenceNumber"));
}

// A record as functions see it.
json::Object ToEvent(json::Object record, std::string_view source) {
  dynamodb::EncodeImages(record["dynamodb"].AsObject());
  if (record.Has("userIdentity")) {
    const json::Object identity = record.GetObject("userIdentity");
    record.Set("userIdentity", json::Object{{"type", identity.At("Type")},
                                            {"principalId", identity.At("PrincipalId")}});
  }
  record.Set("eventSourceARN", source);
  return record;
}

// The records a function is called with: those that a filter wants, and that are not too old.
json::Array Wanted(const WaitContext& context, const Poll& poll, const json::Array& records) {
  json::Array wanted;
  const std::int64_t age = poll.mapping.GetInt("MaximumRecordAgeInSeconds", -1);
  const std::int64_t now = context.clock().Now().time_since_epoch().count() / 1000;
  for (const json::Value& record : records) {
    json::Object event = ToEvent(record.AsObject(), poll.mapping.GetString("EventSourceArn"));
    const std::int64_t made = event.GetObject("dynamodb").GetInt("ApproximateCreationDateTime");
    if (age >= 0 && made + age < now) continue;
    if (PassesFilters(poll.mapping, event)) wanted.emplace_back(std::move(event));
  }
  return wanted;
}

// The first record that the function says it could not handle; empty: none. A name it was not given
// stands for all.
std::string FirstFailure(const Poll& poll, const json::Array& records, const std::string& answer) {
  if (poll.mapping.GetArray("FunctionResponseTypes").empty()) return {};
  const Result<json::Value> parsed = json::Parse(answer);
  if (!parsed || !parsed->IsObject()) return {};
  std::string first;
  for (const json::Value& one : parsed->AsObject().GetArray("batchItemFailures")) {
    const std::string failed(one.IsObject() ? one.AsObject().GetString("itemIdentifier") : "");
    const bool known = std::any_of(records.begin(), records.end(), [&](const json::Value& record) {
      return SequenceOf(record) == failed;
    });
    if (!known) return SequenceOf(records.front());
    if (first.empty() || failed < first) first = failed;
  }
  return first;
}

// Done with everything before `first`.
void MoveBefore(Progress& progress, const json::Array& records, const std::string& first) {
  for (const json::Value& record : records) {
    if (SequenceOf(record) >= first) return;
    progress = {.after = SequenceOf(record)};
  }
}

void Fail(Progress& progress, const Poll& poll, const json::Array& records) {
  const std::int64_t retries = poll.mapping.GetInt("MaximumRetryAttempts", -1);
  if (poll.mapping.GetBool("BisectBatchOnFunctionError") && records.size() > 1) {
    progress.most = static_cast<std::int64_t>(records.size()) / 2;
    return;
  }
  ++progress.attempts;
  if (retries >= 0 && progress.attempts > retries) progress = {.after = SequenceOf(records.back())};
}

net::aw<std::string> Handle(WaitContext context, Poll* poll, json::Array records) {
  Progress& progress = poll->progress;
  json::Array wanted = Wanted(context, *poll, records);
  if (wanted.empty()) {
    progress = {.after = SequenceOf(records.back())};
    co_return std::string();
  }
  json::Object event{{"Records", std::move(wanted)}};
  json::Object input{{"FunctionName", poll->mapping.GetString("FunctionArn")},
                     {"InvocationType", "RequestResponse"},
                     {"Payload", json::Write(event)}};
  const Answer<> answer = co_await context.Call("lambda", "Invoke", std::move(input));
  if (!answer || answer->Has("FunctionError")) {
    Fail(progress, *poll, records);
    co_return "PROBLEM: " + (answer ? "Function call failed" : answer.error().message);
  }
  const std::string first = FirstFailure(*poll, records, std::string(answer->GetString("Payload")));
  if (first.empty()) {
    progress = {.after = SequenceOf(records.back())};
    co_return "OK";
  }
  MoveBefore(progress, records, first);
  ++progress.attempts;
  co_return "PROBLEM: Function call failed";
}

void Keep(const WaitContext& context, const json::Object& payload, const Progress& progress) {
  const auto kept = context.State([&](Context& state) -> Answer<> {
    const Record* found =
        state.store.Find(state.RegionScope(), kEventSource, payload.GetString("UUID"));
    if (!found) return json::Object();
    Record record = *found;
    record.body.Set("After", progress.after);
    record.body.Set("Attempts", progress.attempts);
    record.body.Set("Most", progress.most);
    state.store.Put(state.RegionScope(), kEventSource, std::move(record));
    return json::Object();
  });
  if (!kept) context.log().Warn("a poller's progress is lost: {}", kept.error().message);
}

// One batch. The result; empty: there was nothing.
net::aw<std::string> PollOnce(WaitContext context, json::Object payload, json::Object mapping) {
  Answer<Poll> poll = Prepare(context, payload, std::move(mapping));
  if (!poll) co_return "PROBLEM: " + poll.error().message;
  const WaitContext actor = context.As(*poll->role, context.region());
  Answer<json::Array> records = co_await Gather(actor, *poll);
  if (!records) co_return "PROBLEM: " + records.error().message;
  if (records->empty() || !FindCurrent(context, payload)) {
    co_await context.Sleep(kPause);
    co_return std::string();
  }
  std::string result = co_await Handle(context, &*poll, std::move(*records));
  Keep(context, payload, poll->progress);
  co_return result;
}

net::aw<Answer<>> PollStream(WaitContext context, json::Object payload) {
  while (std::optional<json::Object> mapping = FindCurrent(context, payload)) {
    const std::string result = co_await PollOnce(context, payload, std::move(*mapping));
    if (!result.empty()) NoteResult(context, payload, result);
    if (result.starts_with("PROBLEM")) co_await context.Sleep(kPause);
  }
  co_return json::Object();
}

constexpr WaitHandler kPollStream{PollStream};

}  // namespace
}  // namespace lambda

constinit const JobKind kPollStreamJob{.name = "lambda.poll-stream", .wait = &lambda::kPollStream};

}  // namespace trunkline::cloud
