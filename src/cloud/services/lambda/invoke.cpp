// Invoke: runs a function and waits for it, or queues the event.
#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/lambda/asynchronous.h"
#include "cloud/services/lambda/event_stream.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/run.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kRequestLimit = 6U << 20U;  // synchronous; Lambda quotas
constexpr std::size_t kEventLimit = 1U << 20U;    // asynchronous
constexpr std::size_t kLogTail = 4096;            // bytes of LogResult

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

// Of a caller from outside, the function sees the id that the answer's header has.
std::string RequestId(const WaitContext& context) {
  return context.request() != nullptr ? context.request_id() : NewUuid(context.random());
}

net::aw<Answer<>> InvokeNow(WaitContext context, Target target, json::Object input) {
  const bool tail = input.GetString("LogType") == "Tail";
  auto client_context = ReadClientContext(input);
  if (!client_context) co_return std::move(client_context).error();
  const std::string version = target.function.version;
  RunOrder order{.payload = std::string(input.GetString("Payload")),
                 .client_context = std::move(*client_context),
                 .request_id = RequestId(context)};
  auto ran = co_await Run(context, std::move(target), std::move(order));
  if (!ran) co_return std::move(ran).error();
  json::Object answer{{"StatusCode", 200},
                      {"ExecutedVersion", version},
                      {"Payload", std::move(ran->outcome.payload)}};
  if (ran->outcome.function_error) answer.Set("FunctionError", "Unhandled");
  // No member of Invoke's answer, and so not sent: whoever streams asks for it.
  answer.SetIfNotEmpty("StreamContentType", ran->outcome.stream_type);
  if (tail) {
    const std::string_view log = ran->log;
    answer.Set("LogResult",
               ToBase64(log.substr(log.size() > kLogTail ? log.size() - kLogTail : 0)));
  }
  co_return answer;
}

net::aw<Answer<>> Invoke(WaitContext context, json::Object input) {
  const std::string type(input.GetString("InvocationType", "RequestResponse"));
  TL_CO_DO(CheckPayload(input.GetString("Payload"), type == "Event" ? kEventLimit : kRequestLimit));
  TL_CO_TRY(Target target, FindTarget(context, input));
  if (type == "DryRun") co_return json::Object{{"StatusCode", 204}};
  if (type == "Event") co_return QueueEvent(context, input, RequestId(context));
  co_return co_await InvokeNow(context, std::move(target), std::move(input));
}

// The same, told as events
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html); here they
// come all at once, when the function has ended.
net::aw<Answer<>> InvokeWithResponseStream(WaitContext context, json::Object input) {
  TL_CO_DO(CheckPayload(input.GetString("Payload"), kRequestLimit));
  TL_CO_TRY(Target target, FindTarget(context, input));
  const std::string version = target.function.version;
  if (input.GetString("InvocationType") == "DryRun") co_return json::Object{{"StatusCode", 204}};
  auto invoked = co_await InvokeNow(context, std::move(target), std::move(input));
  if (!invoked) co_return std::move(invoked).error();
  json::Object answer{{"StatusCode", 200},
                      {"ExecutedVersion", version},
                      {"ResponseStreamContentType", "application/vnd.amazon.eventstream"},
                      {"EventStream", StreamOf(*invoked)}};
  co_return answer;
}

constexpr WaitHandler kInvoke{Invoke};
constexpr WaitHandler kInvokeStreamed{InvokeWithResponseStream};

constexpr Operation kOperations[] = {
    {.name = "Invoke", .wait = &kInvoke},
    {.name = "InvokeWithResponseStream", .wait = &kInvokeStreamed},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kInvokeOperations = kOperations;

}  // namespace trunkline::cloud::lambda
