#include "tests/cloud/git/git_test.h"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>

#include "base/files.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/processes.h"
#include "cloud/wait.h"

namespace trunkline::cloud::tests {
namespace {

// Longer than git takes, even under a sanitizer.
constexpr std::chrono::seconds kPatience{60};

CloudOptions OnAFreePort(CloudOptions options) {
  options.port = 0;
  return options;
}

template <class T>
net::aw<void> Keep(net::aw<T> work, std::optional<T>* result) {
  result->emplace(co_await std::move(work));
}

// What a coroutine answers, run to its end.
template <class T>
T RunOn(net::Loop& loop, net::aw<T> work) {
  std::optional<T> result;
  net::asio::co_spawn(loop, Keep(std::move(work), &result), [](const std::exception_ptr& thrown) {
    if (thrown) std::rethrow_exception(thrown);
  });
  loop.restart();
  while (!result && loop.run_one_for(kPatience) != 0) {
  }
  if (!result) throw std::runtime_error("nothing answers");
  return std::move(*result);
}

std::map<std::string, std::string> GitEnvironment(const std::string& home) {
  return {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
          {"HOME", home},
          {"GIT_CONFIG_NOSYSTEM", "1"},
          {"GIT_TERMINAL_PROMPT", "0"},
          {"GIT_AUTHOR_NAME", "Ann Author"},
          {"GIT_AUTHOR_EMAIL", "ann@example.com"},
          {"GIT_AUTHOR_DATE", "2026-11-20T10:00:00+02:00"},
          {"GIT_COMMITTER_NAME", "Carl Committer"},
          {"GIT_COMMITTER_EMAIL", "carl@example.com"},
          {"GIT_COMMITTER_DATE", "2026-11-20T11:00:00+02:00"},
          {"NO_PROXY", "127.0.0.1"}};
}

}  // namespace

GitTest::GitTest(CloudOptions options) : CloudTest(OnAFreePort(std::move(options))) {
  checkout_ = workplace() + "/checkout";
  if (const auto started = cloud().Start(); !started)
    throw std::runtime_error(started.error().message());
  Git({"init", "--quiet", "-b", "main", checkout_}, workplace());
}

// The receiver refers to the loop, which the base class destroys.
GitTest::~GitTest() {
  receiver_.reset();
}

void GitTest::RestartServer() {
  receiver_.reset();
  Restart();
  if (const auto started = cloud().Start(); !started)
    throw std::runtime_error(started.error().message());
}

GitTest::Ran GitTest::RunGitProgram(std::vector<std::string> arguments, const std::string& folder) {
  ProcessSpec spec{.arguments = {"git"},
                   .environment = GitEnvironment(workplace()),
                   .folder = folder.empty() ? checkout_ : folder,
                   .input = {}};
  for (std::string& argument : arguments) spec.arguments.push_back(std::move(argument));
  auto end = RunOn(loop(), RunToEnd(loop(), std::move(spec), {}));
  if (!end) throw std::runtime_error(end.error().message());
  return {.exit_code = end->exit_code, .out = std::move(end->out), .err = std::move(end->err)};
}

std::string GitTest::Git(std::vector<std::string> arguments, const std::string& folder) {
  const std::string name = Join(arguments, " ");
  Ran ran = RunGitProgram(std::move(arguments), folder);
  EXPECT_EQ(ran.exit_code, 0) << "git " << name << ": " << ran.err;
  return std::string(Trim(ran.out));
}

std::string GitTest::GitRefused(std::vector<std::string> arguments, const std::string& folder) {
  const std::string name = Join(arguments, " ");
  Ran ran = RunGitProgram(std::move(arguments), folder);
  EXPECT_NE(ran.exit_code, 0) << "git " << name;
  return ran.err;
}

void GitTest::Write(const std::string& path, std::string_view text) {
  ASSERT_TRUE(DiskFiles().Write(checkout_ + "/" + path, text).ok());
}

std::string GitTest::Commit(const std::string& message) {
  Git({"add", "--all"});
  Git({"commit", "--quiet", "--allow-empty", "-m", message});
  return Git({"rev-parse", "HEAD"});
}

void GitTest::Push(std::vector<std::string> refs) {
  std::vector<std::string> arguments{"push", "--quiet", "--force", RepositoryUrl()};
  for (std::string& ref : refs) arguments.push_back(std::move(ref));
  Git(std::move(arguments));
  Settle();
}

std::string GitTest::RepositoryUrl(std::string_view name) {
  return fmt::format("{}/_trunkline/git/{}.git", cloud().endpoint(), name);
}

net::Response GitTest::Page(std::string_view method, std::string_view path,
                            const json::Value& body) {
  net::Request request;
  request.method = method;
  request.target = "/_trunkline/" + std::string(path);
  request.headers.Add("Host", "127.0.0.1");
  if (!body.IsNull()) request.body = json::Write(body);
  return Send(std::move(request));
}

json::Value GitTest::Read(std::string_view path) {
  const net::Response response = Page("GET", path);
  EXPECT_EQ(response.status, 200) << path << ": " << response.body;
  auto value = json::Parse(response.body);
  return value ? std::move(*value) : json::Value();
}

void GitTest::Settle() {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (engine().jobs.pending() > 0) {
    if (std::chrono::steady_clock::now() > end) {
      ADD_FAILURE() << "jobs do not end";
      return;
    }
    Advance(Milliseconds(50));
    loop().restart();
    loop().run_for(std::chrono::milliseconds(2));
  }
}

void GitTest::ListenForHooks() {
  if (receiver_) return;
  const auto take = [this](net::Request request) -> net::aw<net::Response> {
    received.push_back(std::move(request));
    net::Response response;
    response.status = receiver_answers;
    response.body = "thanks";
    co_return response;
  };
  auto server = net::Server::Listen(loop(), {}, take, log());
  if (!server) throw std::runtime_error(server.error().message());
  receiver_ = std::move(*server);
}

std::string GitTest::ReceiverUrl() const {
  return fmt::format("http://127.0.0.1:{}/hook?x=1", receiver_->port());
}

std::int64_t GitTest::MakeHook(json::Object config) {
  ListenForHooks();
  config.Set("url", ReceiverUrl());
  json::Object hook{{"config", std::move(config)}};
  const net::Response response = Page("POST", "github/repos/acme/center/hooks", std::move(hook));
  EXPECT_EQ(response.status, 201) << response.body;
  Settle();
  const auto made = json::Parse(response.body);
  return made ? made->AsObject().GetInt("id") : 0;
}

WaitContext GitTest::MakeContext() {
  return {engine(), RootCaller(account()), region(), "request"};
}

Answer<git::CommitArchive> GitTest::Archive(const std::string& connection,
                                            const std::string& revision,
                                            const std::string& repository) {
  return RunOn(loop(), git::ArchiveCommit(MakeContext(), connection, repository, revision));
}

Answer<std::string> GitTest::Clone(const std::string& connection, const std::string& revision,
                                   const std::string& folder) {
  return RunOn(loop(),
               git::CloneCommit(MakeContext(), connection, "acme/center", revision, folder));
}

}  // namespace trunkline::cloud::tests
