// Private mounts: what a child sees at another place than we do, such as a function's layers at
// /opt.
//
// The child gets a mount namespace of its own: as root at once, else inside a user namespace in
// which it stays the user it is. Nobody else sees its mounts, and they go with it. The folder of a
// target keeps what else it holds; where it does not exist, or where namespaces are forbidden
// (containers, hardened kernels), there are no private mounts: ask first (CanMountPrivately).
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "base/result.h"

namespace trunkline {

struct PrivateMount {
  std::string source;  // a file or folder, absolute
  std::string target;  // absolute, in a folder that exists; read-only for the child
};

// Whether children can have these; the reason if not. Starts one to see.
Result<void> CanMountPrivately(const std::vector<PrivateMount>& mounts);

// Everything that is done between fork and exec, where nothing may be allocated: made before.
class MountPlan {
 public:
  static Result<MountPlan> Make(const std::vector<PrivateMount>& mounts);
  // In the child: system calls only. 0, or the errno of what went wrong.
  int Carry() const;
  // What clone() is told: CLONE_NEWNS, and CLONE_NEWUSER for who is not root.
  unsigned long namespaces() const;

 private:
  enum class Do { kEnter, kCover, kFolder, kFile, kLink, kBind, kProtect };
  struct Step {
    Do what;
    std::string source;
    std::string target;
  };
  static int Carry(const Step& step);
  int MapIds() const;
  Result<void> Cover(const std::string& folder, const std::vector<PrivateMount>& mounts);
  void KeepEntry(const std::string& folder, const std::string& name);
  void Bind(const PrivateMount& mount);

  std::vector<Step> steps_;
  std::string user_map_;  // empty: root
  std::string group_map_;
};

// How the child starts once its mounts are there.
struct PrivateStart {
  const char* program;
  char* const* arguments;
  char* const* environment;
  const char* folder;  // null: ours
  int in;
  int out;  // negative: as ours
  int err;  // the same
};
// In a process group of its own, with no signal blocked or ignored and no descriptor but the
// standard ones.
Result<pid_t> StartPrivately(const MountPlan& plan, const PrivateStart& start);

}  // namespace trunkline
