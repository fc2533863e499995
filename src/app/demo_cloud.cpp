#include "app/demo_cloud.h"

#include <map>

#include <poll.h>
#include <unistd.h>

#include "base/files.h"
#include "base/json_read.h"
#include "base/subprocess.h"
#include "center/init.h"

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

// Of the caller's environment only what finds programs: nobody's credentials or configuration.
std::map<std::string, std::string> ChildEnvironment(const Environment& environment) {
  std::map<std::string, std::string> values;
  for (const char* name : {"PATH", "HOME", "TMPDIR", "LANG", "TRUNKLINE_BOOTSTRAP"}) {
    if (auto value = environment.Get(name)) values.emplace(name, *value);
  }
  return values;
}

struct RunningCloud {
  Child child;
  std::string endpoint;
};

// It ends with us, but with `keep`.
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

}  // namespace

Result<DemoOutcome> RunInDemoCloud(AppWorld& world, const DemoArgs& args,
                                   const std::function<void(const std::string&)>& tell,
                                   Result<void> (*chapters)(DemoRun& run)) {
  Steps steps(world.clock, tell);
  DemoOutcome outcome;
  TL_TRY(RunningCloud cloud, StartCloud(world, args.keep));
  outcome.endpoint = cloud.endpoint;
  steps.Done("started the embedded cloud at {}", cloud.endpoint);
  TL_TRY(outcome.folder, TemporaryFolder());
  FolderGuard guard(world.files, outcome.folder);
  TL_TRY(const std::vector<std::string> files, center::WriteTemplate(world.files, outcome.folder));
  steps.Done("wrote the ACME center: {} files in {}", files.size(), outcome.folder);
  std::map<std::string, std::string> values = ChildEnvironment(world.environment);
  values["GITHUB_TOKEN"] = "demo";  // the embedded cloud looks at no credentials of GitHub's
  const MapEnvironment environment(std::move(values));
  AppWorld inner = world.With(environment);
  DemoRun run{.world = inner, .args = args, .steps = steps, .tell = tell, .outcome = outcome};
  TL_DO(chapters(run));
  outcome.took = steps.all();
  if (args.keep) {
    guard.keep = true;
    outcome.cloud_pid = cloud.child.pid();
    cloud.child.Release();
  }
  return outcome;
}

}  // namespace trunkline::app
