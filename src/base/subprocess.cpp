#include "base/subprocess.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/find_program.h"
#include "base/system_error.h"

namespace trunkline {
namespace {

// Both ends close on exec and lie above the standard descriptors, so that dup2 in the child never
// meets itself.
struct Pipe {
  int read = -1;
  int write = -1;

  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    if (read >= 0) close(read);
    if (write >= 0) close(write);
  }

  bool Open() {
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    read = Above(ends[0]);
    write = Above(ends[1]);
    return read >= 0 && write >= 0;
  }

 private:
  static int Above(int descriptor) {
    if (descriptor > STDERR_FILENO) return descriptor;
    const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(descriptor);
    return moved;
  }
};

// Arguments and environment as exec takes them; neither posix_spawn nor exec writes to them.
class ExecTexts {
 public:
  explicit ExecTexts(const ProcessSpec& spec) {
    arguments_.reserve(spec.arguments.size() + 1);
    for (const std::string& argument : spec.arguments)
      arguments_.push_back(const_cast<char*>(argument.c_str()));
    arguments_.push_back(nullptr);
    settings_.reserve(spec.environment.size());
    for (const auto& [name, value] : spec.environment)
      settings_.push_back(fmt::format("{}={}", name, value));
    environment_.reserve(settings_.size() + 1);
    for (std::string& setting : settings_) environment_.push_back(setting.data());
    environment_.push_back(nullptr);
  }
  ExecTexts(const ExecTexts&) = delete;
  ExecTexts& operator=(const ExecTexts&) = delete;

  char* const* arguments() const { return arguments_.data(); }
  char* const* environment() const { return environment_.data(); }

 private:
  std::vector<char*> arguments_;
  std::vector<std::string> settings_;
  std::vector<char*> environment_;
};

// What posix_spawn is told, freed on every way out.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  void Redirect(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }

  // A process group of its own, no signal blocked or ignored, no descriptor but the standard ones
  // (Asio's sockets are not closed on exec), the working folder.
  void Isolate(const std::string& folder) {
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }

  int Start(const std::string& program, const ExecTexts& texts, pid_t& pid) const {
    return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, texts.arguments(),
                       texts.environment());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

Result<pid_t> Start(const std::string& program, const ProcessSpec& spec, const Pipe& in,
                    const Pipe& out, const Pipe& err) {
  SpawnPlan plan;
  plan.Redirect(in.read, STDIN_FILENO);
  if (out.write >= 0) {
    plan.Redirect(out.write, STDOUT_FILENO);
    plan.Redirect(err.write, STDERR_FILENO);
  }
  plan.Isolate(spec.folder);
  pid_t pid = -1;
  if (const int code = plan.Start(program, ExecTexts(spec), pid); code != 0) {
    return Error(SystemErrorKind(code), "cannot start '{}': {}", spec.arguments.front(),
                 SystemReason(code));
  }
  return pid;
}

Result<pid_t> StartWithMounts(const std::string& program, const ProcessSpec& spec, const Pipe& in,
                              const Pipe& out, const Pipe& err) {
  TL_TRY(const MountPlan plan, MountPlan::Make(spec.mounts));
  const ExecTexts texts(spec);
  return StartPrivately(plan, {.program = program.c_str(),
                               .arguments = texts.arguments(),
                               .environment = texts.environment(),
                               .folder = spec.folder.empty() ? nullptr : spec.folder.c_str(),
                               .in = in.read,
                               .out = out.write,
                               .err = err.write});
}

int ExitCodeOf(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Child::Child(Child&& other) noexcept {
  *this = std::move(other);
}

Child& Child::operator=(Child&& other) noexcept {
  if (this == &other) return *this;
  Close();
  pid_ = std::exchange(other.pid_, -1);
  pidfd_ = std::exchange(other.pidfd_, -1);
  stdin_fd_ = std::exchange(other.stdin_fd_, -1);
  stdout_fd_ = std::exchange(other.stdout_fd_, -1);
  stderr_fd_ = std::exchange(other.stderr_fd_, -1);
  exit_code_ = std::exchange(other.exit_code_, std::nullopt);
  return *this;
}

Child::~Child() {
  Close();
}

void Child::Close() {
  if (pid_ > 0 && !exit_code_) {
    Kill(SIGKILL);
    Wait();
  }
  CloseOne(pidfd_);
  CloseOne(stdin_fd_);
  CloseOne(stdout_fd_);
  CloseOne(stderr_fd_);
  pid_ = -1;
}

void Child::Release() {
  pid_ = -1;
  Close();
}

int Child::TakeStdin() {
  return std::exchange(stdin_fd_, -1);
}
int Child::TakeStdout() {
  return std::exchange(stdout_fd_, -1);
}
int Child::TakeStderr() {
  return std::exchange(stderr_fd_, -1);
}

int Child::OpenPidfd() const {
  // glibc 2.36 declares pidfd_open for C only. The descriptor is closed on exec.
  return static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
}

void Child::Kill(int signal) const {
  // Once reaped, the number may belong to a stranger.
  if (pid_ > 0 && !exit_code_) kill(-pid_, signal);
}

std::optional<int> Child::Poll() {
  if (pid_ <= 0 || exit_code_) return exit_code_;
  siginfo_t ended{};
  const int got = waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
  if (got == 0 && ended.si_pid == 0) return std::nullopt;
  return Wait();
}

int Child::Wait() {
  if (pid_ <= 0 || exit_code_) return exit_code_.value_or(-1);
  siginfo_t ended{};
  while (waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  // Not reaped yet, so the group's number is still ours: what the child left running ends with it.
  kill(-pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  exit_code_ = ExitCodeOf(status);
  return *exit_code_;
}

Result<Child> Spawn(const ProcessSpec& spec, bool pipe_output) {
  TL_TRY(const std::string program, ProgramOf(spec));
  struct stat status {};
  if (!spec.folder.empty() &&
      (stat(spec.folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))) {
    return Error(ErrorKind::kNotFound,
                 "cannot start '{}' in folder '{}': the folder does not exist",
                 spec.arguments.front(), spec.folder);
  }
  Pipe in;
  Pipe out;
  Pipe err;
  if (!in.Open() || (pipe_output && (!out.Open() || !err.Open()))) {
    return Error(ErrorKind::kUnreached, "cannot start '{}': {}", spec.arguments.front(),
                 SystemReason(errno));
  }
  TL_TRY(const pid_t pid, spec.mounts.empty() ? Start(program, spec, in, out, err)
                                              : StartWithMounts(program, spec, in, out, err));
  Child child;
  child.pid_ = pid;
  child.pidfd_ = child.OpenPidfd();
  if (child.pidfd_ < 0) {
    return Error(ErrorKind::kUnreached, "cannot watch '{}': {}", spec.arguments.front(),
                 SystemReason(errno));
  }
  child.stdin_fd_ = std::exchange(in.write, -1);
  child.stdout_fd_ = std::exchange(out.read, -1);
  child.stderr_fd_ = std::exchange(err.read, -1);
  return child;
}

}  // namespace trunkline
