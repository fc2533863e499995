// RunProcess: a child from its start to its end.
#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/subprocess.h"

namespace trunkline {
namespace {

// Feeds and drains the pipes until the child ends or the time is up.
class Conversation {
 public:
  Conversation(Child child, std::string_view input)
      : child_(std::move(child)),
        input_(input),
        in_(child_.TakeStdin()),
        out_(child_.TakeStdout()),
        err_(child_.TakeStderr()) {
    for (const int descriptor : {in_, out_, err_}) fcntl(descriptor, F_SETFL, O_NONBLOCK);
  }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation() {
    CloseOne(in_);
    CloseOne(out_);
    CloseOne(err_);
  }

  ProcessOutput Run(std::chrono::milliseconds limit) {
    using SteadyClock = std::chrono::steady_clock;
    const SteadyClock::time_point end = SteadyClock::now() + limit;
    for (;;) {
      Feed();
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - SteadyClock::now());
      if (left.count() <= 0) {
        child_.Kill(SIGKILL);
        result_.timed_out = true;
        break;
      }
      if (WaitForEvent(left)) break;
      Drain(out_, result_.out);
      Drain(err_, result_.err);
    }
    result_.exit_code = child_.Wait();
    // What the child wrote before its end is in the pipes; a program that left the group may hold
    // them open for ever, so nobody waits for their end.
    Drain(out_, result_.out);
    Drain(err_, result_.err);
    return std::move(result_);
  }

 private:
  static constexpr std::size_t kMaxOutput = 16U << 20U;

  // True when the child has ended.
  bool WaitForEvent(std::chrono::milliseconds left) {
    pollfd watched[4] = {{child_.pidfd(), POLLIN, 0},
                         {out_, POLLIN, 0},
                         {err_, POLLIN, 0},
                         {in_, POLLOUT, 0}};  // poll skips descriptor -1
    const auto wait = static_cast<int>(std::min<std::int64_t>(left.count(), 60'000));
    return poll(watched, 4, wait) > 0 && watched[0].revents != 0;
  }

  void Feed() {
    while (in_ >= 0) {
      if (input_.empty()) return CloseOne(in_);
      const ssize_t done = WriteToPipe(in_, input_);
      if (done < 0 && errno == EINTR) continue;
      if (done < 0 && errno == EAGAIN) return;
      if (done < 0) return CloseOne(in_);  // the child closed its input: its right
      input_.remove_prefix(static_cast<std::size_t>(done));
    }
  }

  static void Drain(int& descriptor, std::string& text) {
    char buffer[16384];
    while (descriptor >= 0) {
      const ssize_t got = read(descriptor, buffer, sizeof(buffer));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return;
      if (got <= 0) return CloseOne(descriptor);
      text.append(buffer, std::min(static_cast<std::size_t>(got), kMaxOutput - text.size()));
    }
  }

  Child child_;
  std::string_view input_;
  int in_;
  int out_;
  int err_;
  ProcessOutput result_;
};

}  // namespace

Result<ProcessOutput> RunProcess(const ProcessSpec& spec, std::chrono::milliseconds limit) {
  TL_TRY(Child child, Spawn(spec));
  Conversation conversation(std::move(child), spec.input);
  return conversation.Run(limit);
}

// SIGPIPE would end us: it is held back for this one write.
ssize_t WriteToPipe(int descriptor, std::string_view bytes) {
  sigset_t pipe_signal;
  sigset_t before;
  sigset_t pending;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const ssize_t done = write(descriptor, bytes.data(), bytes.size());
  const int code = errno;
  if (done < 0 && code == EPIPE && sigismember(&pending, SIGPIPE) == 0) {
    const timespec at_once{};
    sigtimedwait(&pipe_signal, nullptr, &at_once);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = code;
  return done;
}

}  // namespace trunkline
