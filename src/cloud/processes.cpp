#include "cloud/processes.h"

#include <cerrno>
#include <csignal>
#include <memory>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <poll.h>
#include <unistd.h>

#include "cloud/pipes.h"

namespace trunkline::cloud {
namespace {

namespace asio = net::asio;
using Steady = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, net::Executor>;

constexpr std::uint64_t kErrorLimit = 64U << 10U;

// Shared by the coroutine that waits and those that feed and drain the pipes; all on the loop.
struct Running {
  Running(net::Loop& loop, ProcessLimits its_limits)
      : limits(std::move(its_limits)), in(loop), out(loop), err(loop), ended(loop), timer(loop) {}

  ProcessLimits limits;
  std::string input;
  Child child;
  ProcessEnd end;
  bool over = false;
  Pipe in;
  Pipe out;
  Pipe err;
  Pipe ended;
  Timer timer;

  void TakeOut(std::string_view text) {
    if (limits.on_output) return limits.on_output(text);
    if (text.size() > limits.output - end.out.size()) {
      end.truncated = true;
      text = text.substr(0, limits.output - end.out.size());
      child.Kill(SIGKILL);
    }
    end.out += text;
  }
  void TakeErr(std::string_view text) {
    if (limits.on_output) return limits.on_output(text);
    end.err += text.substr(0, kErrorLimit - end.err.size());
  }
  // What the child wrote before its end is in the pipes; a program that left its group may hold
  // them open for ever, so nobody waits for their end.
  void DrainAndClose() {
    ReadWhatIsThere(out, [this](std::string_view text) { TakeOut(text); });
    ReadWhatIsThere(err, [this](std::string_view text) { TakeErr(text); });
    over = true;
    boost::system::error_code ignored;
    for (Pipe* pipe : {&in, &out, &err}) pipe->close(ignored);
  }
};

// A child that stops reading has its right to: what is left of the input is dropped.
net::aw<void> Feed(std::shared_ptr<Running> running) {
  std::string_view left = running->input;
  while (!left.empty() && !running->over) {
    const ssize_t done = WriteToPipe(running->in.native_handle(), left);
    if (done >= 0) {
      left.remove_prefix(static_cast<std::size_t>(done));
    } else if (errno == EAGAIN) {
      auto [error] = co_await running->in.async_wait(Pipe::wait_write, asio::as_tuple(net::kUseAw));
      if (error) co_return;
    } else if (errno != EINTR) {
      break;
    }
  }
  boost::system::error_code ignored;
  running->in.close(ignored);
}

Result<void> Start(Running& running, ProcessSpec spec) {
  running.input = std::move(spec.input);
  TL_TRY(running.child, Spawn(spec));
  const bool input = Adopt(running.in, running.child.TakeStdin());
  const bool output = Adopt(running.out, running.child.TakeStdout());
  const bool errors = Adopt(running.err, running.child.TakeStderr());
  const bool end = Adopt(running.ended, running.child.OpenPidfd());
  if (input && output && errors && end) return {};
  return Error(ErrorKind::kUnreached, "cannot watch '{}'", spec.arguments.front());
}

bool HasEnded(const Child& child) {
  pollfd descriptor{.fd = child.pidfd(), .events = POLLIN, .revents = 0};
  return ::poll(&descriptor, 1, 0) > 0;
}

}  // namespace

net::aw<Result<ProcessEnd>> RunToEnd(net::Loop& loop, ProcessSpec spec, ProcessLimits limits) {
  auto running = std::make_shared<Running>(loop, std::move(limits));
  TL_CO_DO(Start(*running, std::move(spec)));
  running->timer.expires_after(running->limits.time);
  running->timer.async_wait([running](const boost::system::error_code& error) {
    if (error || running->over) return;
    running->end.timed_out = true;
    running->child.Kill(SIGKILL);
  });
  asio::co_spawn(loop, Feed(running), asio::detached);
  Running& its = *running;
  const auto out = [&its](std::string_view text) { its.TakeOut(text); };
  const auto err = [&its](std::string_view text) { its.TakeErr(text); };
  asio::co_spawn(loop, ReadToEnd(running, its.out, out), asio::detached);
  asio::co_spawn(loop, ReadToEnd(running, its.err, err), asio::detached);
  // The reactor may wake early, and who waits for a child that is still writing stops reading.
  while (!HasEnded(running->child)) {
    auto [error] = co_await running->ended.async_wait(Pipe::wait_read, asio::as_tuple(net::kUseAw));
    if (error) break;
  }
  running->timer.cancel();
  running->end.exit_code = running->child.Wait();
  running->DrainAndClose();
  co_return std::move(running->end);
}

}  // namespace trunkline::cloud
