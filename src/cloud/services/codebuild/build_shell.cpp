#include "cloud/services/codebuild/build_shell.h"

#include <chrono>
#include <csignal>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unistd.h>

#include "base/subprocess.h"
#include "base/text.h"
#include "cloud/pipes.h"

namespace trunkline::cloud::codebuild {
namespace {

using Steady = std::chrono::steady_clock;
using Timer =
    net::asio::basic_waitable_timer<Steady, net::asio::wait_traits<Steady>, net::Executor>;

constexpr std::chrono::milliseconds kTick{250};

// $1: the build's shell. Each line of its input is the name of a script.
constexpr std::string_view kSupervisor =
    "while IFS= read -r script; do ( \"$1\" \"$script\" </dev/null 2>&1; echo $? >&2 ) & done; "
    "kill -9 0";

}  // namespace

// Everything happens on the loop's thread.
struct BuildShell::State : std::enable_shared_from_this<BuildShell::State> {
  State(net::Loop& loop, std::function<void(std::string_view)> to)
      : output(std::move(to)), changed(loop), out(loop), told(loop), end(loop) {}

  std::function<void(std::string_view)> output;
  Child child;
  int input = -1;
  std::string status_text;
  std::optional<int> status;
  bool dead = false;
  Timer changed;
  Pipe out;
  Pipe told;
  Pipe end;

  ~State() {
    if (input >= 0) ::close(input);
  }

  bool DrainOutput() {
    return ReadWhatIsThere(out, [this](std::string_view bytes) {
      if (output) output(bytes);
    });
  }

  bool DrainStatus() {
    const bool open =
        ReadWhatIsThere(told, [this](std::string_view bytes) { status_text += bytes; });
    if (const std::size_t line = status_text.find('\n'); line != std::string::npos) {
      DrainOutput();  // what the command wrote is in the pipe by now
      status = static_cast<int>(ToInt(Trim(status_text.substr(0, line))).value_or(1));
      status_text.erase(0, line + 1);
      changed.cancel();
    }
    return open;
  }

  // Calls `drain` whenever there is something to read, until the pipe ends.
  void Watch(Pipe& pipe, bool (State::*drain)()) {
    pipe.async_wait(Pipe::wait_read,
                    [self = shared_from_this(), &pipe, drain](const boost::system::error_code& no) {
                      if (no) return;
                      if ((self.get()->*drain)()) {
                        self->Watch(pipe, drain);
                      } else {
                        pipe.close();
                      }
                    });
  }

  void WatchEnd() {
    end.async_wait(Pipe::wait_read,
                   [self = shared_from_this()](const boost::system::error_code& error) {
                     if (error || !self->child.Poll()) return;
                     self->DrainOutput();
                     self->Die();
                   });
  }

  void Die() {
    if (dead) return;
    dead = true;
    child.Kill(SIGKILL);
    changed.cancel();
  }
};

BuildShell::BuildShell(std::shared_ptr<State> state) : state_(std::move(state)) {}

BuildShell::~BuildShell() {
  state_->output = nullptr;
  state_->Die();
  // What waits for the pipes holds the state.
  boost::system::error_code ignored;
  for (Pipe* pipe : {&state_->out, &state_->told}) pipe->close(ignored);
}

void BuildShell::Kill() {
  state_->Die();
}

Result<std::unique_ptr<BuildShell>> BuildShell::Start(net::Loop& loop, Options options) {
  auto state = std::make_shared<State>(loop, std::move(options.output));
  ProcessSpec spec{.arguments = {"/bin/sh", "-c", std::string(kSupervisor), "codebuild",
                                 std::move(options.shell)},
                   .environment = std::move(options.environment),
                   .folder = std::move(options.folder),
                   .input = {}};
  TL_TRY(state->child, Spawn(spec));
  state->input = state->child.TakeStdin();
  if (!Adopt(state->out, state->child.TakeStdout()) ||
      !Adopt(state->told, state->child.TakeStderr()) ||
      !Adopt(state->end, state->child.OpenPidfd())) {
    return Error(ErrorKind::kUnreached, "cannot watch the build's shell");
  }
  state->Watch(state->out, &State::DrainOutput);
  state->Watch(state->told, &State::DrainStatus);
  state->WatchEnd();
  return std::unique_ptr<BuildShell>(new BuildShell(std::move(state)));
}

net::aw<std::optional<int>> BuildShell::Run(std::string script, std::function<void()> tick) {
  const std::shared_ptr<State> state = state_;  // the shell may be gone while we wait
  state->status.reset();
  const std::string line = script + "\n";
  // Shorter than PIPE_BUF into an empty pipe: never in part. Our program ignores SIGPIPE.
  if (state->dead || ::write(state->input, line.data(), line.size()) < 0) co_return std::nullopt;
  while (!state->status && !state->dead) {
    state->changed.expires_after(kTick);
    co_await state->changed.async_wait(net::asio::as_tuple(net::kUseAw));
    tick();
  }
  co_return state->status;
}

}  // namespace trunkline::cloud::codebuild
