#include "base/subprocess.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/system_error.h"
#include "base/text.h"

namespace trunkline {
namespace {

constexpr std::string_view kDefaultPath = "/usr/local/bin:/usr/bin:/bin";

bool IsProgram(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

std::optional<std::string> FindOnPath(std::string_view name, std::string_view path) {
  if (name.empty()) return std::nullopt;
  if (name.find('/') != std::string_view::npos) {
    return IsProgram(std::string(name)) ? std::optional(std::string(name)) : std::nullopt;
  }
  for (const std::string_view folder : Split(path, ':')) {
    if (folder.empty()) continue;  // POSIX: the working folder; a trap more than a feature
    std::string candidate = std::string(folder) + "/" + std::string(name);
    if (IsProgram(candidate)) return candidate;
  }
  return std::nullopt;
}

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

Result<std::string> ProgramOf(const ProcessSpec& spec) {
  if (spec.arguments.empty())
    return Error(ErrorKind::kInvalid, "cannot start a program without a name");
  const std::string& name = spec.arguments.front();
  const auto set = spec.environment.find("PATH");
  const std::string_view path =
      set == spec.environment.end() ? kDefaultPath : std::string_view(set->second);
  // A relative path is looked up by the child, in its working folder.
  const bool relative = name.find('/') != std::string::npos && name.front() != '/';
  if (relative && !spec.folder.empty()) return name;
  std::optional<std::string> found = FindOnPath(name, path);
  if (found) return std::move(*found);
  if (name.find('/') == std::string::npos) {
    return Error(ErrorKind::kNotFound, "program '{}' is not on the PATH ({})", name, path);
  }
  const bool exists = access(name.c_str(), F_OK) == 0;
  if (exists) return Error(ErrorKind::kDenied, "'{}' is not an executable file", name);
  return Error(ErrorKind::kNotFound, "program '{}' does not exist", name);
}

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

void CloseOne(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

// RunProcess's loop: feeds and drains the pipes until the child ends or the time is up.
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
  // glibc 2.36 declares pidfd_open for C only.
  child.pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (child.pidfd_ < 0) {
    return Error(ErrorKind::kUnreached, "cannot watch '{}': {}", spec.arguments.front(),
                 SystemReason(errno));
  }
  child.stdin_fd_ = std::exchange(in.write, -1);
  child.stdout_fd_ = std::exchange(out.read, -1);
  child.stderr_fd_ = std::exchange(err.read, -1);
  return child;
}

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

std::optional<std::string> FindProgram(std::string_view name, const Environment& environment) {
  return FindOnPath(name, environment.GetOr("PATH", kDefaultPath));
}

}  // namespace trunkline
