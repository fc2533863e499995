#include "functions/runtime.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <malloc.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "functions/function.h"
#include "net/client.h"

namespace trunkline::functions {
namespace {

constexpr std::string_view kApi = "/2018-06-01/runtime";

// Lambda freezes the process while it waits for the next invocation: there is no useful limit.
constexpr auto kForEver = std::chrono::hours(24 * 365);

struct Runtime {
  net::Client client;
  net::Url origin;
  FunctionWorld world;
};

net::Request Post(std::string_view path, const json::Value& body) {
  net::Request request;
  request.method = "POST";
  request.target = std::string(kApi) + std::string(path);
  request.headers.Set("Content-Type", "application/json");
  request.body = json::Write(body);
  return request;
}

// The steps tell which call it was: "Rate exceeded" alone helps nobody.
json::Object ErrorBody(const Error& error) {
  std::string message = error.message();
  for (const std::string& step : error.steps()) message += "\n  while " + step;
  return {{"errorMessage", std::move(message)},
          {"errorType", ToText(error.kind())},
          {"stackTrace", json::Array()}};
}

net::aw<Result<json::Value>> AnswerOne(const Runtime& runtime, const Function& function,
                                       std::string body) {
  TL_CO_TRY(json::Value event, json::Parse(body));
  co_return co_await function.answer(runtime.world, std::move(event));
}

net::aw<Result<void>> ServeOne(Runtime& runtime, const Function& function) {
  net::Request next;
  next.target = std::string(kApi) + "/invocation/next";
  TL_CO_TRY(const net::Response invocation,
            co_await runtime.client.Send(runtime.origin, std::move(next)));
  const std::string id(invocation.headers.Get("Lambda-Runtime-Aws-Request-Id"));
  Result<json::Value> answer = co_await AnswerOne(runtime, function, invocation.body);
  net::Request request =
      answer ? Post("/invocation/" + id + "/response", *answer)
             : Post("/invocation/" + id + "/error", json::Value(ErrorBody(answer.error())));
  TL_CO_DO(co_await runtime.client.Send(runtime.origin, std::move(request)));
  co_return Result<void>();
}

std::string KnownHandlers() {
  std::string names;
  for (const Function* function : AllFunctions())
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", function->name);
  return names;
}

net::aw<void> Serve(Runtime& runtime, int& exit_code) {
  const std::string handler = runtime.world.environment.GetOr("_HANDLER", "");
  const Function* function = FindFunction(handler);
  if (function == nullptr) {
    const Error error(ErrorKind::kNotFound, "there is no handler '{}'; there is {}", handler,
                      KnownHandlers());
    runtime.world.log.Warn("{}", error.message());
    net::Request report = Post("/init/error", json::Value(ErrorBody(error)));
    Result<net::Response> sent = co_await runtime.client.Send(runtime.origin, std::move(report));
    if (!sent) runtime.world.log.Warn("{}", sent.error().message());
    exit_code = 1;
    co_return;
  }
  for (;;) {
    const Result<void> served = co_await ServeOne(runtime, *function);
    if (served) continue;
    runtime.world.log.Warn("{}", served.error().message());
    exit_code = 1;
    co_return;
  }
}

}  // namespace

bool IsLambda(const Environment& environment) {
  return environment.Get("AWS_LAMBDA_RUNTIME_API").has_value();
}

int RunRuntime(const Environment& environment, Files& files, Clock& clock, Random& random,
               Log& log) {
  const std::string address = environment.GetOr("AWS_LAMBDA_RUNTIME_API", "");
  const auto origin = net::ParseUrl("http://" + address);
  if (!origin) {
    log.Warn("expected AWS_LAMBDA_RUNTIME_API to be host:port but got '{}'", address);
    return 1;
  }
  // Large blocks go back to the system when they are freed; otherwise glibc keeps blocks as large
  // as the largest that was ever freed, and a program that was packed stays in memory.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  net::Loop loop(1);
  net::ClientOptions options;
  options.answer_limit = kForEver;
  net::RealTimers timers(loop);
  const aws::ClientWorld client_world{.loop = loop,
                                      .environment = environment,
                                      .files = files,
                                      .clock = clock,
                                      .random = random,
                                      .log = log,
                                      .timers = timers};
  Memory memory;
  Runtime runtime{.client = net::Client(loop, environment, options),
                  .origin = *origin,
                  .world = {.environment = environment,
                            .files = files,
                            .clock = clock,
                            .random = random,
                            .log = log,
                            .timers = timers,
                            .client = aws::Client(client_world, {}),
                            .task_root = environment.GetOr("LAMBDA_TASK_ROOT", "."),
                            .memory = memory}};
  int exit_code = 0;
  net::asio::co_spawn(loop, Serve(runtime, exit_code), net::asio::detached);
  loop.run();
  return exit_code;
}

}  // namespace trunkline::functions
