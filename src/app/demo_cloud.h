// What the demos stand on: an embedded cloud of their own, a folder that goes with them, and
// somebody who says each step with its time.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "app/world.h"
#include "base/files.h"
#include "base/result.h"
#include "base/subprocess.h"

namespace trunkline::app {

// Of the caller's environment only what finds programs: nobody's credentials or configuration.
std::map<std::string, std::string> ChildEnvironment(const Environment& environment);

struct RunningCloud {
  Child child;
  std::string endpoint;
};

// However a demo ends, Ctrl-C and kill -9 included, its cloud ends with it, but with `keep`.
Result<RunningCloud> StartCloud(const AppWorld& world, bool keep);

// Says each step with the time it took.
class Steps {
 public:
  Steps(const Clock& clock, const std::function<void(const std::string&)>& tell)
      : clock_(clock), tell_(tell), at_(clock.Now()), began_(at_) {}

  template <class... Args>
  void Done(fmt::format_string<Args...> text, Args&&... args) {
    Took(clock_.Now() - at_, fmt::format(text, std::forward<Args>(args)...));
  }
  // A step that knows its own time, as several that end together do.
  void Took(Milliseconds duration, std::string_view text) {
    tell_(fmt::format("{:>7}  {}", ToDurationText(duration), text));
    at_ = clock_.Now();
  }
  Milliseconds all() const { return clock_.Now() - began_; }

 private:
  const Clock& clock_;
  const std::function<void(const std::string&)>& tell_;
  TimePoint at_;
  TimePoint began_;
};

Result<std::string> TemporaryFolder();

// Takes the folder away when the demo ends, with whatever result.
struct FolderGuard {
  Files& files;
  std::string folder;
  bool keep = false;

  FolderGuard(Files& in, std::string path) : files(in), folder(std::move(path)) {}
  FolderGuard(const FolderGuard&) = delete;
  FolderGuard& operator=(const FolderGuard&) = delete;
  ~FolderGuard() {
    if (!keep) static_cast<void>(files.Remove(folder));  // nothing hangs on it
  }
};

}  // namespace trunkline::app
