#include "app/demo_cloud.h"

#include <poll.h>
#include <unistd.h>

#include "base/json_read.h"

namespace trunkline::app {
namespace {

constexpr Milliseconds kStartLimit{10000};

// The first line a child writes, or an error when none comes in time.
Result<std::string> FirstLine(int descriptor, Milliseconds limit) {
  std::string line;
  pollfd wait{.fd = descriptor, .events = POLLIN, .revents = 0};
  for (char c = 0;;) {
    if (::poll(&wait, 1, static_cast<int>(limit.count())) <= 0) {
      return Error(ErrorKind::kUnreached, "the embedded cloud did not start within {}",
                   ToDurationText(limit));
    }
    if (::read(descriptor, &c, 1) <= 0)
      return Error(ErrorKind::kUnreached, "the embedded cloud ended at once");
    if (c == '\n') return line;
    line += c;
  }
}

}  // namespace

std::map<std::string, std::string> ChildEnvironment(const Environment& environment) {
  std::map<std::string, std::string> values;
  for (const char* name : {"PATH", "HOME", "TMPDIR", "LANG", "TRUNKLINE_BOOTSTRAP"}) {
    if (auto value = environment.Get(name)) values.emplace(name, *value);
  }
  return values;
}

Result<RunningCloud> StartCloud(const AppWorld& world, bool keep) {
  ProcessSpec spec{.arguments = {world.self, "up", "--ephemeral", "--port", "0", "--json"},
                   .environment = ChildEnvironment(world.environment),
                   .folder = {},
                   .input = {}};
  if (!keep) spec.arguments.emplace_back("--with-parent");
  RunningCloud cloud;
  TL_TRY(cloud.child, Spawn(spec));
  TL_TRY(const std::string line, FirstLine(cloud.child.stdout_fd(), kStartLimit));
  TL_TRY(const json::Value started, json::Parse(line));
  cloud.endpoint =
      started.IsObject() ? started.AsObject().GetString("endpoint") : std::string_view();
  return cloud;
}

Result<std::string> TemporaryFolder() {
  std::string pattern = "/tmp/trunkline-demo-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr)
    return Error(ErrorKind::kDenied, "cannot make a folder in '/tmp'");
  return pattern;
}

}  // namespace trunkline::app
