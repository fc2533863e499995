// The job that hands the events of a batch to a subscription's function.
//
// What fits goes in chunks, each small enough for an asynchronous invocation. A chunk that failed
// for a passing reason is tried again, for a day; what was handed over is not repeated.
#include <algorithm>

#include "base/gzip.h"
#include "base/hash.h"
#include "base/json_write.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/job_kinds.h"
#include "cloud/services/logs/groups.h"
#include "cloud/services/logs/pattern.h"
#include "cloud/services/logs/subscriptions.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace logs {
namespace {

// Packed and in Base64 it fits into the 256 KiB of an asynchronous invocation, even if nothing
// could be compressed.
constexpr std::size_t kLargestChunk = 160UL * 1024;
constexpr std::size_t kOverhead = 128;      // of an event: id, time and names
constexpr std::int64_t kMostAttempts = 24;  // 1, 2, 4 s ... 1 h: about a day

json::Object ShownEvent(const Event& event, const Pattern& pattern) {
  json::Object shown{{"id", event.id}, {"timestamp", event.timestamp}, {"message", event.message}};
  if (!pattern.names_fields()) return shown;
  json::Object fields;
  for (const json::Member& one : pattern.Extract(event.message))
    fields.Set(std::string_view(one.key).substr(1), one.value);
  shown.Set("extractedFields", std::move(fields));
  return shown;
}

std::string FunctionEvent(const Context& context, const Record& filter, std::string_view stream,
                          json::Array events) {
  json::Object data{{"messageType", "DATA_MESSAGE"},
                    {"owner", context.caller.account},
                    {"logGroup", filter.parent},
                    {"logStream", stream},
                    {"subscriptionFilters", json::Array{filter.name}},
                    {"logEvents", std::move(events)}};
  const json::Object packed{{"data", ToBase64(Gzip(json::Write(data)))}};
  return json::Write(json::Object{{"awslogs", packed}});
}

// "Function" and "Payload" of the next chunk, and "Next", from where to go on; nothing when there
// is nothing left, or the filter or the events are gone.
Answer<> NextChunk(Context& context, const json::Object& job) {
  const Record* filter =
      context.store.Find(context.RegionScope(), kSubscription, job.GetString("Filter"));
  const Record* batch = context.store.Find(context.RegionScope(), kBatch, job.GetString("Batch"));
  if (!filter || !batch) return json::Object();
  const Result<Pattern> pattern = Pattern::Read(filter->body.GetString("filterPattern"));
  if (!pattern) return json::Object();
  const std::vector<Event> all = EventsOf(*batch, job.GetString("Stream"));
  json::Array chunk;
  std::size_t size = 0;
  auto next = static_cast<std::size_t>(job.GetInt("First"));
  for (; next < all.size(); ++next) {
    if (!pattern->Matches(all[next].message)) continue;
    size += all[next].message.size() + kOverhead;
    if (size > kLargestChunk && !chunk.empty()) break;
    chunk.push_back(ShownEvent(all[next], *pattern));
  }
  if (chunk.empty()) return json::Object();
  const std::string_view function = filter->body.GetString("destinationArn");
  if (!MayInvokeFor(context, function, filter->parent)) {
    return ServiceError("AccessDeniedException",
                        fmt::format("the policy of {} does not let CloudWatch Logs invoke it for "
                                    "log group '{}'",
                                    function, filter->parent));
  }
  return json::Object{
      {"Function", function},
      {"Payload", FunctionEvent(context, *filter, job.GetString("Stream"), std::move(chunk))},
      {"Next", next}};
}

// Throttling and faults may pass; what is missing or forbidden stays so.
Answer<> TryAgain(Context& context, const json::Object& job, const ServiceError& error) {
  const std::int64_t attempt = job.GetInt("Attempt");
  const bool passing = error.status >= 500 || error.code == "TooManyRequestsException";
  if (!passing || attempt >= kMostAttempts) return json::Object();
  json::Object again = job;
  again.Set("Attempt", attempt + 1);
  const std::chrono::seconds pause(
      std::min<std::int64_t>(3600, std::int64_t{1} << std::min<std::int64_t>(attempt, 12)));
  context.jobs.ScheduleAt(context, kDeliverLogEventsJob, std::move(again), context.Now() + pause);
  return json::Object();
}

net::aw<Answer<>> SendChunk(WaitContext context, json::Object chunk) {
  const std::string function(chunk.GetString("Function"));
  const auto arn = ParseArn(function);
  WaitContext there = context.As(RootCaller(arn->account), arn->region);
  json::Object input{{"FunctionName", function},
                     {"InvocationType", "Event"},
                     {"Payload", chunk.GetString("Payload")}};
  co_return co_await there.Call("lambda", "Invoke", std::move(input));
}

net::aw<Answer<>> DeliverLogEvents(WaitContext context, json::Object job) {
  for (;;) {
    auto chunk = context.State([&job](Context& state) { return NextChunk(state, job); });
    if (chunk && chunk->empty()) co_return json::Object();
    Answer<> sent = json::Object();
    if (chunk) {
      sent = co_await SendChunk(context, *chunk);
      if (sent) {
        job.Set("First", chunk->At("Next"));
        job.Set("Attempt", 0);
        continue;
      }
    } else {
      sent = chunk.error();
    }
    context.log().Warn("events of log stream '{}' were not delivered by subscription '{}': {}: {}",
                       job.GetString("Stream"), job.GetString("Filter"), sent.error().code,
                       sent.error().message);
    co_return context.State([&](Context& state) { return TryAgain(state, job, sent.error()); });
  }
}

constexpr WaitHandler kDeliverLogEvents{DeliverLogEvents};

}  // namespace
}  // namespace logs

constinit const JobKind kDeliverLogEventsJob{.name = "logs.deliver",
                                             .wait = &logs::kDeliverLogEvents};

}  // namespace trunkline::cloud
