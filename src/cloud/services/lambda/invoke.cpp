// Invoke: runs a function and waits for it, or queues the event.
#include <algorithm>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/engine.h"
#include "cloud/job_kinds.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/function_log.h"
#include "cloud/services/lambda/launch.h"
#include "cloud/services/lambda/records.h"
#include "cloud/services/lambda/sandboxes.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace lambda {
namespace {

constexpr std::size_t kRequestLimit = 6U << 20U;  // synchronous; Lambda quotas
constexpr std::size_t kEventLimit = 1U << 20U;    // asynchronous
constexpr std::size_t kAccountConcurrency = 1000;
constexpr std::size_t kLogTail = 4096;  // bytes of LogResult

struct Target {
  Resolved function;
  std::string arn;          // without qualifier
  std::string invoked_arn;  // as the caller named it
  std::size_t limit = kAccountConcurrency;
};

Answer<Target> FindTarget(const WaitContext& context, const json::Object& input) {
  Target target;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Name name, ReadName(state, input));
    TL_TRY(target.function, Resolve(state, name));
    target.arn = FunctionArn(state, name.function);
    target.invoked_arn = FunctionArn(state, name.function, name.qualifier);
    const Record* record = state.store.Find(state.RegionScope(), kFunction, name.function);
    target.limit = static_cast<std::size_t>(record->body.GetInt("Reserved", kAccountConcurrency));
    return json::Object();
  }));
  const std::string_view status = target.function.configuration.GetString("State");
  if (status != "Active") {
    return ServiceError("ResourceConflictException",
                        fmt::format("The operation cannot be performed at this time. The function "
                                    "is currently in the following state: {}",
                                    status));
  }
  return target;
}

Answer<void> CheckPayload(std::string_view payload, std::size_t limit) {
  if (payload.size() > limit) {
    return ServiceError(
        "RequestTooLargeException",
        fmt::format("{} byte payload is too large for the invocation (limit {} bytes)",
                    payload.size(), limit));
  }
  if (payload.empty()) return {};
  const Result<json::Value> parsed = json::Parse(payload);
  if (parsed) return {};
  return ServiceError(
      "InvalidRequestContentException",
      fmt::format("Could not parse request body into json: {}", parsed.error().message()));
}

// Base64 on the wire; the function's runtime is given the JSON itself, in a header: on one line.
Answer<std::string> ReadClientContext(const json::Object& input) {
  const auto text = FromBase64(input.GetString("ClientContext"));
  if (text && text->empty()) return std::string();
  if (const Result<json::Value> told = json::Parse(text.value_or("")); told && told->IsObject())
    return json::Write(*told);
  return ServiceError("InvalidRequestContentException",
                      "expected the client context to be a JSON object in Base64");
}

net::aw<Answer<std::shared_ptr<Sandbox>>> TakeOrStart(WaitContext context, const Target& target,
                                                      const SandboxKey& key) {
  Sandboxes& sandboxes = context.engine().Get<Sandboxes>();
  if (std::shared_ptr<Sandbox> warm = sandboxes.Take(key)) co_return warm;
  auto launch = co_await PrepareLaunch(context, target.function);
  if (!launch) co_return std::move(launch).error();
  auto started = Sandbox::Start(context.loop(), std::move(*launch), context.log());
  if (started) co_return std::move(*started);
  // The program in the zip is not there or not executable: the function's fault, told as Lambda
  // does.
  co_return ServiceError("InvalidEntrypoint", started.error().message());
}

struct Ran {
  Outcome outcome;
  std::string log;
};

net::aw<Answer<Ran>> RunOnce(WaitContext context, const Target& target, std::string payload,
                             std::string client_context) {
  const json::Object& configuration = target.function.configuration;
  const SandboxKey key{.function_arn = target.arn,
                       .version = target.function.version,
                       .revision = std::string(configuration.GetString("RevisionId"))};
  auto sandbox = co_await TakeOrStart(context, target, key);
  if (!sandbox && sandbox.error().code != "InvalidEntrypoint") co_return std::move(sandbox).error();
  const std::string request_id = NewUuid(context.random());
  Outcome outcome;
  LogPlace place{.group = LogGroupOf(configuration), .stream = {}};
  if (sandbox) {
    place.stream = (*sandbox)->log_stream();
    Invocation invocation{.request_id = request_id,
                          .function_arn = target.invoked_arn,
                          .payload = payload.empty() ? "{}" : std::move(payload),
                          .client_context = std::move(client_context),
                          .limit = std::chrono::seconds(configuration.GetInt("Timeout", 3))};
    outcome = co_await (*sandbox)->Invoke(std::move(invocation));
    context.engine().Get<Sandboxes>().GiveBack(key, std::move(*sandbox));
  } else {
    place.stream = NewLogStream(context, target.function.version);
    outcome.function_error = true;
    outcome.output = sandbox.error().message;
    outcome.payload =
        json::Write(json::Object{{"errorType", "Runtime.InvalidEntrypoint"},
                                 {"errorMessage", fmt::format("RequestId: {} Error: {}", request_id,
                                                              sandbox.error().message)}});
  }
  Ran ran{.outcome = std::move(outcome), .log = {}};
  ran.log = LogText(ran.outcome, request_id, target.function.version,
                    configuration.GetInt("MemorySize", 128));
  WriteLog(context, place, ran.log);
  co_return ran;
}

ServiceError TooMany(std::size_t limit) {
  json::Object members{
      {"Reason", limit < kAccountConcurrency ? "ReservedFunctionConcurrentInvocationLimitExceeded"
                                             : "ConcurrentInvocationLimitExceeded"},
      {"Type", "User"}};
  return {"TooManyRequestsException", "Rate Exceeded.", std::move(members)};
}

net::aw<Answer<Ran>> Run(WaitContext context, Target target, std::string payload,
                         std::string client_context) {
  Sandboxes& sandboxes = context.engine().Get<Sandboxes>();
  if (!sandboxes.Enter(target.arn, target.limit)) co_return TooMany(target.limit);
  Answer<Ran> ran =
      co_await RunOnce(context, target, std::move(payload), std::move(client_context));
  sandboxes.Leave(target.arn);
  co_return ran;
}

net::aw<Answer<>> InvokeNow(WaitContext context, Target target, json::Object input) {
  const bool tail = input.GetString("LogType") == "Tail";
  auto client_context = ReadClientContext(input);
  if (!client_context) co_return std::move(client_context).error();
  const std::string version = target.function.version;
  auto ran = co_await Run(context, std::move(target), std::string(input.GetString("Payload")),
                          std::move(*client_context));
  if (!ran) co_return std::move(ran).error();
  json::Object answer{{"StatusCode", 200},
                      {"ExecutedVersion", version},
                      {"Payload", std::move(ran->outcome.payload)}};
  if (ran->outcome.function_error) answer.Set("FunctionError", "Unhandled");
  if (tail) {
    const std::string_view log = ran->log;
    answer.Set("LogResult",
               ToBase64(log.substr(log.size() > kLogTail ? log.size() - kLogTail : 0)));
  }
  co_return answer;
}

Answer<> Queue(const WaitContext& context, const json::Object& input) {
  return context.State([&](Context& state) -> Answer<> {
    json::Object payload{{"input", input}, {"attempt", 1}};
    state.jobs.ScheduleAt(state, kInvokeEventJob, std::move(payload), state.Now());
    return json::Object{{"StatusCode", 202}};
  });
}

net::aw<Answer<>> Invoke(WaitContext context, json::Object input) {
  const std::string type(input.GetString("InvocationType", "RequestResponse"));
  TL_CO_DO(CheckPayload(input.GetString("Payload"), type == "Event" ? kEventLimit : kRequestLimit));
  TL_CO_TRY(Target target, FindTarget(context, input));
  if (type == "DryRun") co_return json::Object{{"StatusCode", 204}};
  if (type == "Event") co_return Queue(context, input);
  co_return co_await InvokeNow(context, std::move(target), std::move(input));
}

// Asynchronous invocations are tried again after one and after two minutes when the function fails
// (Lambda's default).
constexpr int kAttempts = 3;

net::aw<Answer<>> InvokeEvent(WaitContext context, json::Object payload) {
  const json::Object input = payload.GetObject("input");
  TL_CO_TRY(Target target, FindTarget(context, input));
  auto ran = co_await Run(context, std::move(target), std::string(input.GetString("Payload")), {});
  const std::int64_t attempt = payload.GetInt("attempt", 1);
  if ((ran && !ran->outcome.function_error) || attempt >= kAttempts) co_return json::Object();
  co_return context.State([&](Context& state) -> Answer<> {
    json::Object again{{"input", input}, {"attempt", attempt + 1}};
    state.jobs.ScheduleAt(state, kInvokeEventJob, std::move(again),
                          state.Now() + std::chrono::minutes(attempt));
    return json::Object();
  });
}

constexpr WaitHandler kInvoke{Invoke};
constexpr WaitHandler kInvokeEvent{InvokeEvent};

constexpr Operation kOperations[] = {
    {.name = "Invoke", .wait = &kInvoke},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kInvokeOperations = kOperations;

}  // namespace lambda

constinit const JobKind kInvokeEventJob{.name = "lambda.invoke-event",
                                        .wait = &lambda::kInvokeEvent};

}  // namespace trunkline::cloud
