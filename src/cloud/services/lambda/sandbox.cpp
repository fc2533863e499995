#include "cloud/services/lambda/sandbox.h"

#include <charconv>
#include <csignal>
#include <fstream>
#include <optional>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unistd.h>

#include "base/clock.h"
#include "base/json_write.h"
#include "base/subprocess.h"
#include "cloud/pipes.h"
#include "net/http.h"
#include "net/server.h"

namespace trunkline::cloud::lambda {
namespace {

using Steady = std::chrono::steady_clock;
using Timer =
    net::asio::basic_waitable_timer<Steady, net::asio::wait_traits<Steady>, net::Executor>;

constexpr std::size_t kOutputLimit = 256U << 10U;
constexpr std::size_t kAnswerLimit = 6291556;     // bytes of a synchronous answer; Lambda quotas
constexpr std::size_t kStreamLimit = 20U << 20U;  // bytes of a streamed one
constexpr std::size_t kReadLimit = 64U << 20U;    // larger answers than that are not even read
constexpr std::string_view kApi = "/2018-06-01/runtime/";
// How often a running invocation's memory is looked at.
constexpr std::chrono::milliseconds kMemoryPoll{100};
// What an interpreter needs beside the function's own memory.
constexpr std::int64_t kInterpreterMb = 96;

net::Response Accepted() {
  net::Response response;
  response.status = 202;
  response.headers.Set("Content-Type", "application/json");
  response.body = R"({"status":"OK"})";
  return response;
}

net::Response Refused(int status, std::string_view type, std::string_view message) {
  net::Response response;
  response.status = status;
  response.headers.Set("Content-Type", "application/json");
  response.body = json::Write(json::Object{{"errorType", type}, {"errorMessage", message}});
  return response;
}

std::string ErrorPayload(std::string_view type, const std::string& message) {
  return json::Write(json::Object{{"errorType", type}, {"errorMessage", message}});
}

// A number of /proc/<pid>/status, in MB; 0 when the process is gone.
std::int64_t MemoryMb(int pid, std::string_view field) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(status, line);) {
    if (line.compare(0, field.size(), field) != 0) continue;
    const std::size_t digit = line.find_first_of("0123456789");
    std::int64_t kilobytes = 0;
    std::from_chars(line.data() + std::min(digit, line.size()), line.data() + line.size(),
                    kilobytes);
    return kilobytes / 1024;
  }
  return 0;
}

}  // namespace

// Everything happens on the loop's thread. `next` wakes the runtime's long poll, `done` the
// invoker.
struct Sandbox::State : std::enable_shared_from_this<Sandbox::State> {
  State(net::Loop& io, Launch how, Log& to)
      : loop(io), launch(std::move(how)), log(to), next(io), done(io), out(io), err(io), end(io) {}

  net::Loop& loop;
  Launch launch;
  Log& log;
  Child child;
  std::unique_ptr<net::Server> server;
  std::optional<Invocation> waiting;  // not yet fetched by the runtime
  std::string current;                // request id that may be answered
  Steady::time_point deadline;
  std::optional<Outcome> outcome;
  std::string output;
  bool dead = false;
  bool initialised = false;
  int exit_code = 0;
  Timer next;
  Timer done;
  Pipe out;
  Pipe err;
  Pipe end;

  void Finish(Outcome result) {
    if (current.empty() || outcome) return;
    outcome = std::move(result);
    done.cancel();
  }

  void AddOutput(std::string_view text) {
    if (output.size() < kOutputLimit) output.append(text.substr(0, kOutputLimit - output.size()));
  }

  // What the child wrote before it answered is in the pipes by now.
  void DrainOutput() {
    for (Pipe* pipe : {&out, &err})
      ReadWhatIsThere(*pipe, [this](std::string_view text) { AddOutput(text); });
  }

  void Die() {
    if (dead) return;
    dead = true;
    child.Kill(SIGKILL);
    if (server) server->Stop();
    next.cancel();
  }

  net::aw<net::Response> Next() {
    while (!waiting && !dead) {
      next.expires_at(Steady::time_point::max());
      co_await next.async_wait(net::asio::as_tuple(net::kUseAw));
    }
    if (dead) co_return Refused(410, "Runtime.Ended", "the sandbox has ended");
    initialised = true;
    Invocation invocation = std::move(*waiting);
    waiting.reset();
    const auto left = std::chrono::duration_cast<Milliseconds>(deadline - Steady::now());
    const auto now = std::chrono::duration_cast<Milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    net::Response response;
    response.headers.Set("Content-Type", "application/json");
    response.headers.Set("Lambda-Runtime-Aws-Request-Id", invocation.request_id);
    response.headers.Set("Lambda-Runtime-Deadline-Ms", std::to_string((now + left).count()));
    response.headers.Set("Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn);
    response.headers.Set("Lambda-Runtime-Trace-Id",
                         "Root=1-00000000-000000000000000000000000;Sampled=0");
    if (!invocation.client_context.empty())
      response.headers.Set("Lambda-Runtime-Client-Context", invocation.client_context);
    response.body = std::move(invocation.payload);
    co_return response;
  }

  net::Response Answered(const std::string& id, bool error, std::string body) {
    if (id != current || outcome)
      return Refused(403, "InvalidRequestID", "there is no such invocation under way");
    if (!error && body.size() > kAnswerLimit) return TooLarge(body.size());
    Finish({.payload = std::move(body), .function_error = error});
    return Accepted();
  }

  // What the runtime wrote bit by bit is handed on when all of it is there.
  net::Response Streamed(const std::string& id, net::Request request) {
    if (id != current || outcome)
      return Refused(403, "InvalidRequestID", "there is no such invocation under way");
    if (request.body.size() > kStreamLimit) return TooLarge(request.body.size());
    const std::string_view type = request.headers.Get("Content-Type");
    Outcome result{.payload = std::move(request.body)};
    result.stream_type = type.empty() ? "application/octet-stream" : type;
    Finish(std::move(result));
    return Accepted();
  }

  net::Response TooLarge(std::size_t size) {
    Finish({.payload = ErrorPayload(
                "Function.ResponseSizeTooLarge",
                fmt::format("Response payload size ({} bytes) exceeded maximum allowed payload "
                            "size ({} bytes).",
                            size, kAnswerLimit)),
            .function_error = true});
    return Refused(413, "RequestEntityTooLarge", "the answer is too large");
  }

  net::Response InitFailed(std::string body) {
    Finish({.payload = std::move(body), .function_error = true, .alive = false});
    return Accepted();
  }

  net::aw<net::Response> Serve(net::Request request) {
    const std::string path(request.path());
    if (path.compare(0, kApi.size(), kApi) != 0) co_return Refused(404, "NotFound", "unknown path");
    const std::string rest = path.substr(kApi.size());
    if (request.method == "GET" && rest == "invocation/next") co_return co_await Next();
    if (request.method == "POST" && rest == "init/error")
      co_return InitFailed(std::move(request.body));
    constexpr std::string_view kInvocation = "invocation/";
    const std::size_t slash = rest.rfind('/');
    const std::string last = slash == std::string::npos ? "" : rest.substr(slash + 1);
    if (request.method != "POST" || rest.compare(0, kInvocation.size(), kInvocation) != 0 ||
        slash <= kInvocation.size() || (last != "response" && last != "error")) {
      co_return Refused(404, "NotFound", "unknown path");
    }
    const std::string id = rest.substr(kInvocation.size(), slash - kInvocation.size());
    if (last == "response" &&
        request.headers.Get("Lambda-Runtime-Function-Response-Mode") == "streaming")
      co_return Streamed(id, std::move(request));
    co_return Answered(id, last == "error", std::move(request.body));
  }
};

Sandbox::Sandbox(std::shared_ptr<State> state) : state_(std::move(state)) {}

Sandbox::~Sandbox() {
  state_->Die();
}

bool Sandbox::alive() const {
  return !state_->dead;
}

const std::string& Sandbox::log_stream() const {
  return state_->launch.log_stream;
}

void Sandbox::Kill() {
  state_->Die();
}

Result<std::shared_ptr<Sandbox>> Sandbox::Start(net::Loop& loop, Launch launch, Log& log) {
  auto state = std::make_shared<State>(loop, std::move(launch), log);
  net::ServerOptions options;
  options.idle = std::chrono::hours(24 * 365);  // a warm process may wait as long as it likes
  options.max_body = kReadLimit;
  // A session that answers after the sandbox is gone holds the state, not the sandbox.
  const std::weak_ptr<State> weak = state;
  const auto serve = [weak](net::Request request) -> net::aw<net::Response> {
    const std::shared_ptr<State> held = weak.lock();
    if (!held) co_return Refused(410, "Runtime.Ended", "the sandbox has ended");
    co_return co_await held->Serve(std::move(request));
  };
  TL_TRY(state->server, net::Server::Listen(loop, options, serve, log));
  ProcessSpec spec{.arguments = state->launch.arguments,
                   .environment = state->launch.environment,
                   .folder = state->launch.folder,
                   .input = {},
                   .mounts = state->launch.mounts};
  spec.environment["AWS_LAMBDA_RUNTIME_API"] = fmt::format("127.0.0.1:{}", state->server->port());
  TL_TRY(state->child, Spawn(spec));
  ::close(state->child.TakeStdin());
  if (!Adopt(state->out, state->child.TakeStdout()) ||
      !Adopt(state->err, state->child.TakeStderr()) ||
      !Adopt(state->end, state->child.OpenPidfd())) {
    return Error(ErrorKind::kUnreached, "cannot watch the function's process");
  }
  const auto add = [raw = state.get()](std::string_view text) { raw->AddOutput(text); };
  net::asio::co_spawn(loop, ReadToEnd(state, state->out, add), net::asio::detached);
  net::asio::co_spawn(loop, ReadToEnd(state, state->err, add), net::asio::detached);
  state->end.async_wait(Pipe::wait_read, [state](const boost::system::error_code& error) {
    if (error) return;
    state->exit_code = state->child.Poll().value_or(0);
    state->DrainOutput();
    state->Finish({.payload = {}, .function_error = true, .alive = false});
    state->Die();
  });
  return std::shared_ptr<Sandbox>(new Sandbox(std::move(state)));
}

net::aw<Outcome> Sandbox::Invoke(Invocation invocation) {
  const std::shared_ptr<State> state =
      state_;  // the process may end, and the sandbox with it, while we wait
  const Steady::time_point begin = Steady::now();
  const std::string id = invocation.request_id;
  const std::chrono::milliseconds limit = invocation.limit;
  state->output.clear();
  state->outcome.reset();
  state->current = id;
  state->deadline = begin + limit;
  state->waiting = std::move(invocation);
  state->next.cancel();
  bool too_large = false;
  while (!state->outcome && !state->dead && Steady::now() < state->deadline && !too_large) {
    state->done.expires_at(std::min(state->deadline, Steady::now() + kMemoryPoll));
    co_await state->done.async_wait(net::asio::as_tuple(net::kUseAw));
    too_large = !state->outcome &&
                MemoryMb(state->child.pid(), "VmRSS:") > state->launch.memory_mb + kInterpreterMb;
  }
  Outcome outcome;
  if (state->outcome) {
    outcome = std::move(*state->outcome);
  } else if (!state->dead && !too_large) {
    outcome.timed_out = true;
    outcome.note = fmt::format("Task timed out after {}.{:02} seconds", limit.count() / 1000,
                               limit.count() % 1000 / 10);
    outcome.payload =
        ErrorPayload("Sandbox.Timedout", fmt::format("RequestId: {} Error: {}", id, outcome.note));
  }
  outcome.peak_memory_mb = MemoryMb(state->child.pid(), "VmHWM:");
  state->DrainOutput();
  if (outcome.payload.empty() && !(state->outcome && !outcome.function_error) &&
      (state->dead || too_large || !outcome.alive)) {
    const std::string how =
        too_large ? "signal: killed" : fmt::format("exit status {}", state->exit_code);
    outcome.payload =
        ErrorPayload(too_large ? "Runtime.OutOfMemory" : "Runtime.ExitError",
                     fmt::format("RequestId: {} Error: Runtime exited with error: {}", id, how));
    outcome.function_error = true;
  }
  outcome.function_error = outcome.function_error || outcome.timed_out;
  outcome.alive = outcome.alive && !outcome.timed_out && !too_large && !state->dead;
  outcome.output = std::move(state->output);
  outcome.duration = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begin);
  state->output.clear();
  state->current.clear();
  state->outcome.reset();
  state->waiting.reset();
  if (!outcome.alive) state->Die();
  co_return outcome;
}

}  // namespace trunkline::cloud::lambda
