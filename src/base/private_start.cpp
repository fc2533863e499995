// StartPrivately: fork, mounts, exec. posix_spawn cannot do it: a new namespace needs a process
// that shares no memory with us.
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/private_mounts.h"
#include "base/system_error.h"

namespace trunkline {
namespace {

constexpr int kReport = STDERR_FILENO + 1;  // of the child: where it says what went wrong
constexpr int kNotStarted = 127;

void ResetSignals() {
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number) sigaction(number, &usual, nullptr);
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

// Standard descriptors, the report, and no other. 0, or an errno.
int ArrangeDescriptors(const PrivateStart& start, int report) {
  const std::array<int, 3> wanted = {start.in, start.out, start.err};
  for (int to = 0; to < 3; ++to) {
    const int from = wanted[static_cast<std::size_t>(to)];
    if (from >= 0 && dup2(from, to) < 0) return errno;
  }
  if (report != kReport && dup3(report, kReport, O_CLOEXEC) < 0) return errno;
  return syscall(SYS_close_range, kReport + 1, ~0U, 0) == 0 ? 0 : errno;
}

// Runs in the child and does not come back. It may only make system calls: threads of ours may have
// held the locks of everything else when it was forked.
[[noreturn]] void Become(const MountPlan& plan, const PrivateStart& start, int report) {
  setpgid(0, 0);
  int code = ArrangeDescriptors(start, report);
  const int to = code == 0 ? kReport : report;
  if (code == 0) code = plan.Carry();
  if (code == 0 && start.folder != nullptr && chdir(start.folder) != 0) code = errno;
  if (code == 0) {
    ResetSignals();
    execve(start.program, start.arguments, start.environment);
    code = errno;
  }
  static_cast<void>(!write(to, &code, sizeof(code)));
  _exit(kNotStarted);
}

// 0 when the pipe was closed by exec.
int ReadReport(int report) {
  int code = 0;
  ssize_t got = 0;
  do {
    got = read(report, &code, sizeof(code));
  } while (got < 0 && errno == EINTR);
  return got == static_cast<ssize_t>(sizeof(code)) ? code : 0;
}

// Handlers of ours must not run in the child: signals wait until it has none.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

Result<pid_t> StartPrivately(const MountPlan& plan, const PrivateStart& start) {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0)
    return Error(ErrorKind::kUnreached, "cannot start '{}': {}", start.program,
                 SystemReason(errno));
  pid_t pid = -1;
  int failure = 0;
  {
    const SignalsHeld held;
    pid = static_cast<pid_t>(syscall(SYS_clone, plan.namespaces() | SIGCHLD, 0, 0, 0, 0));
    if (pid == 0) Become(plan, start, ends[1]);
    failure = errno;
  }
  close(ends[1]);
  const int code = pid < 0 ? failure : ReadReport(ends[0]);
  close(ends[0]);
  if (code == 0) return pid;
  if (pid > 0) waitpid(pid, nullptr, 0);
  return Error(SystemErrorKind(code), "cannot start '{}': {}", start.program, SystemReason(code));
}

}  // namespace trunkline
