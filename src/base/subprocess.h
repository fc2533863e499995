// Child processes. Started by posix_spawn in a process group of their own, without a shell, with
// exactly the environment given; the whole group is ended together. A pidfd makes the end of a
// child waitable in any loop.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "base/environment.h"
#include "base/private_mounts.h"
#include "base/result.h"

namespace trunkline {

struct ProcessSpec {
  std::vector<std::string> arguments;  // [0]: a path, or a name on the PATH of `environment`
  std::map<std::string, std::string> environment;  // all of it: nothing is inherited
  std::string folder;                              // working folder; empty: ours
  std::string input;                               // RunProcess only: given on standard input
  std::vector<PrivateMount> mounts{};              // what it sees elsewhere than we do
};

// A running child. Moving it moves the ownership of its file descriptors; the destructor kills the
// group.
class Child {
 public:
  Child() = default;
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();

  int pid() const { return pid_; }
  int pidfd() const { return pidfd_; }  // readable when the child has ended
  // Another one for a caller who closes it; -1: errno. No duplicate: what watches a duplicate with
  // epoll and closes it is told of the child's end all the same, or whoever comes after it is.
  int OpenPidfd() const;
  int stdin_fd() const { return stdin_fd_; }
  int stdout_fd() const { return stdout_fd_; }
  int stderr_fd() const { return stderr_fd_; }
  // Hands a descriptor over to the caller (who closes it); -1 from then on.
  int TakeStdin();
  int TakeStdout();
  int TakeStderr();
  void Kill(int signal) const;  // the whole group
  // The exit code, or 128 + signal, when it has ended; reaps it and kills what it left running in
  // its group.
  std::optional<int> Poll();
  int Wait();  // the same, but blocks until then
  // Lets it go on without us: the destructor no longer ends it. Its pipes are closed.
  void Release();

 private:
  friend Result<Child> Spawn(const ProcessSpec& spec, bool pipe_output);
  void Close();
  int pid_ = -1;
  int pidfd_ = -1;
  int stdin_fd_ = -1;
  int stdout_fd_ = -1;
  int stderr_fd_ = -1;
  std::optional<int> exit_code_;
};

// pipe_output false: the child writes to our stdout and stderr. Not found: ErrorKind::kNotFound and
// the name.
Result<Child> Spawn(const ProcessSpec& spec, bool pipe_output = true);

struct ProcessOutput {
  int exit_code = 0;  // 128 + signal when a signal ended it
  bool timed_out = false;
  std::string out;
  std::string err;
};

// Runs to the end; output beyond 16 MB a stream is dropped. After `limit` the group is killed.
Result<ProcessOutput> RunProcess(const ProcessSpec& spec, std::chrono::milliseconds limit);

// write(2) to a child's standard input: a child that does not read is EPIPE, and never a SIGPIPE
// for us.
ssize_t WriteToPipe(int descriptor, std::string_view bytes);

// Where `name` is on the PATH of `environment`, or nothing.
std::optional<std::string> FindProgram(std::string_view name, const Environment& environment);

}  // namespace trunkline
