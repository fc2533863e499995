// /_trunkline/git/<owner>/<name>[.git]: repositories over git's smart HTTP protocol (versions 0 to
// 2), for clone, fetch and push. docs/git.md describes it.
//
// The wire is git's own: `git upload-pack` and `git receive-pack` run as children for each request.
// A push to an unknown repository creates it. Pushes to one repository run one after the other;
// what they changed is then announced.
#include <algorithm>
#include <utility>

#include "base/gzip.h"
#include "base/hash.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/git/announce.h"
#include "cloud/git/history.h"
#include "cloud/git/program.h"
#include "cloud/git/repositories.h"
#include "cloud/git/turns.h"

namespace trunkline::cloud {

namespace git {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/git";
constexpr std::string_view kUpload = "git-upload-pack";
constexpr std::string_view kReceive = "git-receive-pack";
// What a fetch may take, and what a compressed request may become. The server bounds a push: it
// refuses bodies above 512 MB with 413.
constexpr std::uint64_t kMaxAnswer = 1ULL << 30U;
constexpr std::uint64_t kMaxUnpacked = 64ULL << 20U;
constexpr std::chrono::minutes kTime{10};

// git shows the text of an error only where it is plain.
net::Response Fail(int status, std::string_view message) {
  net::Response response;
  response.status = status;
  response.headers.Set("Content-Type", "text/plain; charset=utf-8");
  response.body = std::string(message) + "\n";
  return response;
}

net::Response Fail(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kNotFound:
      // git not being there is no matter of the path.
      return Fail(error.message().starts_with("the program") ? 500 : 404, error.message());
    case ErrorKind::kInvalid:
      return Fail(400, error.message());
    default:
      return Fail(500, error.message());
  }
}

net::Response Speak(std::string_view service, std::string_view what, std::string body) {
  net::Response response;
  response.headers.Set("Content-Type", fmt::format("application/x-{}-{}", service, what));
  response.headers.Set("Expires", "Fri, 01 Jan 1980 00:00:00 GMT");
  response.headers.Set("Pragma", "no-cache");
  response.headers.Set("Cache-Control", "no-cache, max-age=0, must-revalidate");
  response.body = std::move(body);
  return response;
}

// "version=2": what a client may ask for. Anything else is not handed to a child's environment.
std::string ProtocolOf(const net::Request& request) {
  const std::string_view value = request.headers.Get("Git-Protocol");
  constexpr std::size_t kLongest = 100;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '=' || c == ':' || c == '-';
  };
  const bool plain = value.size() <= kLongest && std::all_of(value.begin(), value.end(), allowed);
  return plain ? std::string(value) : std::string();
}

GitCommand ServiceCommand(std::string_view service, const Repository& repository, bool advertise) {
  GitCommand command{};
  command.arguments.emplace_back(service.substr(std::string_view("git-").size()));
  command.arguments.emplace_back("--stateless-rpc");
  if (advertise) command.arguments.emplace_back("--advertise-refs");
  if (service == kUpload) command.arguments.emplace_back("--strict");
  command.arguments.emplace_back("--end-of-options");
  command.arguments.push_back(repository.git_dir);
  command.time = kTime;
  command.output = kMaxAnswer;
  return command;
}

// Asked for by a client that is about to push: the repository is made, and what it holds already is
// not taken for a push.
net::aw<Result<Repository>> PrepareToReceive(Engine& engine, std::string full_name) {
  const Turn turn = co_await TakeTurn(engine, full_name);
  auto repository = FindRepository(engine, full_name);
  if (!repository && repository.error().kind() == ErrorKind::kNotFound &&
      !engine.store.Find(Context::GlobalScope(), kRepository, full_name)) {
    repository = co_await CreateRepository(engine, full_name);
  }
  TL_CO_DO(repository);
  TL_CO_DO(co_await Remember(engine, *repository));
  co_return repository;
}

net::aw<net::Response> Advertise(Engine& engine, net::Request request, std::string full_name) {
  std::string service;
  for (const auto& [key, value] : net::ParseQuery(request.query()))
    if (key == "service") service = value;
  if (service != kUpload && service != kReceive) {
    co_return Fail(403,
                   "only git's smart HTTP protocol is served here: use a git of 1.6.6 or later");
  }
  auto repository = FindRepository(engine, full_name);
  if (service == kReceive) repository = co_await PrepareToReceive(engine, full_name);
  if (!repository) co_return Fail(repository.error());
  GitCommand command = ServiceCommand(service, *repository, true);
  command.protocol = ProtocolOf(request);
  auto refs = co_await RunGit(engine, std::move(command));
  if (!refs) co_return Fail(refs.error());
  std::string body;
  // Version 2 begins with its own number, the others with the service's name and a flush.
  if (!refs->starts_with("000eversion 2"))
    body = fmt::format("{:04x}# service={}\n0000", service.size() + 15, service);
  body += *refs;
  co_return Speak(service, "advertisement", std::move(body));
}

Result<std::string> BodyOf(net::Request& request) {
  const std::string_view encoding = request.headers.Get("Content-Encoding");
  if (encoding.empty() || encoding == "identity") return std::move(request.body);
  if (encoding == "gzip" || encoding == "x-gzip") return Gunzip(request.body, kMaxUnpacked);
  return Error(ErrorKind::kInvalid, "expected a body in gzip or as it is but got '{}'",
               AsUtf8(encoding));
}

// An exit code alone is no failure of ours: git has told the client in its own protocol.
net::Response Outcome(std::string_view service, Result<ProcessEnd> end) {
  if (!end) return Fail(end.error());
  if (end->timed_out) return Fail(504, "git did not end within ten minutes");
  if (end->truncated) return Fail(500, "the answer has more than 1 GB: clone with --depth");
  if (end->out.empty() && end->exit_code != 0) return Fail(400, AsUtf8(Trim(end->err)));
  return Speak(service, "result", std::move(end->out));
}

net::aw<net::Response> Upload(Engine& engine, net::Request request, std::string full_name) {
  auto repository = FindRepository(engine, full_name);
  if (!repository) co_return Fail(repository.error());
  auto body = BodyOf(request);
  if (!body) co_return Fail(body.error());
  GitCommand command = ServiceCommand(kUpload, *repository, false);
  command.protocol = ProtocolOf(request);
  command.input = std::move(*body);
  auto end = co_await StartGit(engine, std::move(command));
  co_return Outcome(kUpload, std::move(end));
}

// The user name of Basic credentials, which clients send only if they were asked to or told so.
std::string PusherOf(const net::Request& request) {
  constexpr std::string_view kBasic = "Basic ";
  const std::string_view given = request.headers.Get("Authorization");
  if (!given.starts_with(kBasic)) return "";
  const auto decoded = FromBase64(given.substr(kBasic.size()));
  if (!decoded) return "";
  return AsUtf8(std::string_view(*decoded).substr(0, decoded->find(':')));
}

// A new repository's HEAD names "main"; where the first push brought other branches only, it is
// their first, as on GitHub.
net::aw<void> ChooseDefaultBranch(Engine& engine, Repository repository) {
  if (!repository.own) co_return;
  const auto refs = co_await ReadRefs(engine, repository.git_dir);
  const std::string now = co_await DefaultBranch(engine, repository.git_dir);
  if (!refs || refs->empty() || refs->contains("refs/heads/" + now)) co_return;
  const auto master = refs->find("refs/heads/master");
  const std::string first = master == refs->end() ? refs->begin()->first : master->first;
  if (!first.starts_with("refs/heads/")) co_return;
  GitCommand set{};
  set.git_dir = repository.git_dir;
  set.arguments = {"symbolic-ref", "HEAD", first};
  const auto done = co_await RunGit(engine, std::move(set));
  if (!done) engine.log.Warn("{}", done.error().message());
}

net::aw<net::Response> Receive(Engine& engine, net::Request request, std::string full_name) {
  const Turn turn = co_await TakeTurn(engine, full_name);
  auto repository = FindRepository(engine, full_name);
  if (!repository) co_return Fail(repository.error());
  const std::string pusher = PusherOf(request);
  auto body = BodyOf(request);
  if (!body) co_return Fail(body.error());
  GitCommand command = ServiceCommand(kReceive, *repository, false);
  command.protocol = ProtocolOf(request);
  command.input = std::move(*body);
  auto end = co_await StartGit(engine, std::move(command));
  co_await ChooseDefaultBranch(engine, *repository);
  const auto announced = co_await Announce(engine, *repository, pusher);
  if (!announced) {
    engine.log.Warn("a push to '{}' is not announced yet: {}", full_name,
                    announced.error().message());
  }
  co_return Outcome(kReceive, std::move(end));
}

struct Target {
  std::string full_name;
  std::string_view rest;  // "/info/refs", "/git-upload-pack"
};

// The first two parts are the repository; what stands behind them is git's.
Target ReadTarget(std::string_view path) {
  path.remove_prefix(std::min(path.size(), kPrefix.size() + 1));
  const std::size_t owner_end = path.find('/');
  const std::size_t name_end =
      owner_end == std::string_view::npos ? owner_end : path.find('/', owner_end + 1);
  std::string_view full_name = path.substr(0, name_end);
  Target target;
  target.rest = name_end == std::string_view::npos ? std::string_view() : path.substr(name_end);
  if (full_name.ends_with(".git")) full_name.remove_suffix(4);
  target.full_name = PercentDecode(full_name);
  return target;
}

net::aw<net::Response> Handle(Engine& engine, net::Request request) {
  const std::string path(request.path());
  const Target target = ReadTarget(path);
  if (const auto fine = CheckFullName(target.full_name); !fine)
    co_return Fail(404, fine.error().message());
  std::string full_name = target.full_name;
  if (target.rest == "/info/refs") {
    if (request.method != "GET") co_return WrongMethod(request, "GET");
    co_return co_await Advertise(engine, std::move(request), std::move(full_name));
  }
  const bool upload = target.rest == "/git-upload-pack";
  if (!upload && target.rest != "/git-receive-pack") {
    co_return Fail(
        404,
        fmt::format(
            "there is nothing at '{}': this is the address of a git repository, for `git clone`",
            path));
  }
  if (request.method != "POST") co_return WrongMethod(request, "POST");
  if (upload) co_return co_await Upload(engine, std::move(request), std::move(full_name));
  co_return co_await Receive(engine, std::move(request), std::move(full_name));
}

}  // namespace
}  // namespace git

constinit const AdminRoute kGitAdminRoute{.prefix = git::kPrefix, .handle = git::Handle};

}  // namespace trunkline::cloud
