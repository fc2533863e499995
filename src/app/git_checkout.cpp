#include "app/git_checkout.h"

#include "base/subprocess.h"
#include "base/text.h"

namespace trunkline::app {

Result<std::string> GitCheckout::Git(const std::vector<std::string>& words) const {
  constexpr std::chrono::minutes kLimit(2);
  ProcessSpec spec{.arguments = {"git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com"},
                   .environment = {{"PATH", world_.environment.GetOr("PATH", "/usr/bin:/bin")},
                                   {"HOME", folder_},
                                   {"GIT_CONFIG_NOSYSTEM", "1"},
                                   {"GIT_CONFIG_GLOBAL", "/dev/null"},
                                   {"GIT_TERMINAL_PROMPT", "0"},
                                   {"NO_PROXY", "127.0.0.1,localhost"}},
                   .folder = folder_,
                   .input = {}};
  spec.arguments.insert(spec.arguments.end(), words.begin(), words.end());
  Result<ProcessOutput> done = RunProcess(spec, kLimit);
  if (!done && done.error().kind() == ErrorKind::kNotFound)
    return Error(ErrorKind::kNotFound, "git is needed here and is not on the PATH; install it");
  if (!done) return std::move(done).error();
  if (done->exit_code == 0) return std::string(Trim(done->out));
  return Error(ErrorKind::kInvalid, "'git {}' failed: {}", Join(words, " "), Trim(done->err));
}

Result<GitCheckout> GitCheckout::Init(AppWorld& world, const std::string& folder,
                                      const std::string& branch) {
  GitCheckout checkout(world, folder);
  TL_DO(checkout.Git({"init", "--quiet", "--initial-branch", branch}));
  return checkout;
}

Result<std::string> GitCheckout::Commit(const std::string& message) const {
  TL_DO(Git({"add", "--all"}));
  TL_DO(Git({"commit", "--quiet", "--message", message}));
  return Git({"rev-parse", "HEAD"});
}

Result<void> GitCheckout::Push(const std::string& url, const std::string& branch) const {
  TL_DO(Git({"push", "--quiet", url, "HEAD:refs/heads/" + branch}));
  return {};
}

}  // namespace trunkline::app
