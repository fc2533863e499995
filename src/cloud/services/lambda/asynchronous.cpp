// The job that runs a queued event, and tries again.
#include "cloud/services/lambda/asynchronous.h"

#include <algorithm>
#include <optional>

#include "base/json_write.h"
#include "cloud/job_kinds.h"
#include "cloud/services/lambda/run.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace lambda {
namespace {

// An event as its job keeps it: "input", "attempt" (from 1), "request", "accepted" (seconds),
// "throttles", and of the last attempt that ran "response" and "answer".
struct Event {
  json::Object job;
  Name name;
  EventInvoke rules;
  std::int64_t Attempt() const { return job.GetInt("attempt", 1); }
  TimePoint Expires() const { return FromEpochSeconds(job.GetDouble("accepted")) + rules.age; }
};

double Seconds(TimePoint time) {
  return static_cast<double>(time.time_since_epoch().count()) / 1000;
}

// The configuration counts as it is when the event is looked at. Nothing: the function is gone.
std::optional<Event> ReadEvent(const WaitContext& context, json::Object job) {
  if (!job.Has("accepted")) job.Set("accepted", Seconds(context.clock().Now()));
  if (!job.Has("request")) job.Set("request", NewUuid(context.random()));
  Event event{.job = std::move(job), .name = {}, .rules = {}};
  const Answer<> read = context.State([&](Context& state) -> Answer<> {
    TL_TRY(event.name, ReadName(state, event.job.GetObject("input")));
    TL_DO(Resolve(state, event.name));
    event.rules = FindEventInvoke(state, event.name);
    return json::Object();
  });
  if (read) return event;
  context.log().Warn("an event for a function that is gone is lost: {}", read.error().message);
  return std::nullopt;
}

Ended End(const Event& event, std::string condition, std::int64_t count) {
  return {.condition = std::move(condition),
          .request_id = std::string(event.job.GetString("request")),
          .payload = std::string(event.job.GetObject("input").GetString("Payload")),
          .count = count,
          .response = event.job.GetObject("response"),
          .answer = std::string(event.job.GetString("answer"))};
}

void Again(const WaitContext& context, const json::Object& job, TimePoint due) {
  const Answer<> kept = context.State([&](Context& state) -> Answer<> {
    state.jobs.ScheduleAt(state, kInvokeEventJob, job, due);
    return json::Object();
  });
  if (!kept) context.log().Warn("an event is lost: {}", kept.error().message);
}

// Throttling and faults of the service pass: 1 s, 2 s, 4 s ... 5 min, as long as the event lives.
bool MayPass(const ServiceError& error) {
  return error.status >= 500 || error.code == "TooManyRequestsException" ||
         error.code == "ResourceConflictException";
}

void AfterThrottle(const WaitContext& context, Event& event) {
  constexpr std::int64_t kLongest = 300;
  const std::int64_t times = event.job.GetInt("throttles");
  event.job.Set("throttles", times + 1);
  const std::chrono::seconds pause(
      std::min(kLongest, std::int64_t{1} << std::min<std::int64_t>(times, 10)));
  Again(context, event.job, std::min(context.clock().Now() + pause, event.Expires()));
}

// What the function said, kept for whoever is told in the end.
void Note(Event& event, const Target& target, const Answer<Ran>& ran) {
  json::Object response{{"statusCode", 200}, {"executedVersion", target.function.version}};
  if (!ran || ran->outcome.function_error) response.Set("functionError", "Unhandled");
  event.job.Set("response", std::move(response));
  if (ran) {
    event.job.Set("answer", ran->outcome.payload);
  } else {
    event.job.Set("answer", json::Write(json::Object{{"errorType", ran.error().code},
                                                     {"errorMessage", ran.error().message}}));
  }
}

// The function failed: again after one and after two minutes (documented). An event whose life ends
// before is looked at then. Nothing: it goes on.
std::optional<Ended> AfterFailure(const WaitContext& context, Event& event) {
  const std::int64_t attempt = event.Attempt();
  if (attempt > event.rules.retries) return End(event, "RetriesExhausted", attempt);
  event.job.Set("attempt", attempt + 1);
  const TimePoint next = context.clock().Now() + std::chrono::minutes(attempt);
  Again(context, event.job, std::min(next, event.Expires()));
  return std::nullopt;
}

net::aw<std::optional<Ended>> RunEvent(WaitContext context, Event& event, Target target) {
  if (target.limit == 0) co_return End(event, "ZeroReservedConcurrency", event.Attempt() - 1);
  RunOrder order{.payload = std::string(event.job.GetObject("input").GetString("Payload")),
                 .client_context = {},
                 .request_id = std::string(event.job.GetString("request"))};
  const Answer<Ran> ran = co_await Run(context, target, std::move(order));
  if (!ran && MayPass(ran.error())) {
    AfterThrottle(context, event);
    co_return std::nullopt;
  }
  Note(event, target, ran);
  if (ran && !ran->outcome.function_error) co_return End(event, "Success", event.Attempt());
  co_return AfterFailure(context, event);
}

net::aw<Answer<>> InvokeEvent(WaitContext context, json::Object job) {
  std::optional<Event> event = ReadEvent(context, std::move(job));
  if (!event) co_return json::Object();
  const json::Object input = event->job.GetObject("input");
  Answer<Target> target = FindTarget(context, input);
  if (!target && target.error().code == "ResourceNotFoundException") co_return json::Object();
  std::optional<Ended> ended;
  if (context.clock().Now() >= event->Expires()) {
    ended = End(*event, "EventAgeExceeded", event->Attempt() - 1);
  } else if (!target) {
    AfterThrottle(context, *event);
  } else {
    ended = co_await RunEvent(context, *event, *target);
  }
  if (ended && target)
    co_await TellDestinations(context, target->function, event->rules, std::move(*ended));
  co_return json::Object();
}

constexpr WaitHandler kInvokeEvent{InvokeEvent};

}  // namespace

Answer<> QueueEvent(const WaitContext& context, const json::Object& input,
                    const std::string& request_id) {
  return context.State([&](Context& state) -> Answer<> {
    json::Object job{{"input", input},
                     {"attempt", 1},
                     {"request", request_id},
                     {"accepted", Seconds(state.Now())}};
    state.jobs.ScheduleAt(state, kInvokeEventJob, std::move(job), state.Now());
    return json::Object{{"StatusCode", 202}};
  });
}

}  // namespace lambda

constinit const JobKind kInvokeEventJob{.name = "lambda.invoke-event",
                                        .wait = &lambda::kInvokeEvent};

}  // namespace trunkline::cloud
