#include "cloud/git/source.h"

#include <utility>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "cloud/git/program.h"
#include "cloud/git/repositories.h"
#include "cloud/git/turns.h"
#include "cloud/services/connections/connection.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::string_view kFile = "file://";
constexpr std::chrono::minutes kFetchLimit{10};

ServiceError Missing(std::string_view provider, std::string_view full_name,
                     std::string_view reason) {
  return ServiceError("ConfigurationError", fmt::format("[{}] The repository {} was not found: {}",
                                                        provider, full_name, reason));
}

Answer<Source> OfFolder(const connections::Access& access, const std::string& full_name) {
  const std::string folder = JoinPath(access.endpoint.substr(kFile.size()), full_name);
  auto git_dir = GitDirOf(folder);
  if (!git_dir) git_dir = GitDirOf(folder + ".git");
  if (!git_dir) {
    return Missing(access.provider, full_name,
                   fmt::format("there is none in the folder '{}'", folder));
  }
  return Source{
      .git_dir = *git_dir, .provider = access.provider, .url = std::string(kFile) + *git_dir};
}

// A bare copy of all branches and tags below the data folder.
net::aw<Result<std::string>> FetchMirror(Engine& engine, std::string url) {
  TL_CO_TRY(const std::string root, GitFolder(engine, "mirrors"));
  std::string folder = JoinPath(root, ToHex(Sha256(url)) + ".git");
  const Turn turn = co_await TakeTurn(engine, folder);
  if (!GitDirOf(folder)) {
    GitCommand init{};
    init.arguments = {"init", "--quiet", "--bare", "--template=", "--end-of-options", folder};
    TL_CO_DO(co_await RunGit(engine, std::move(init)));
  }
  GitCommand fetch{};
  fetch.git_dir = folder;
  fetch.arguments = {"fetch",
                     "--quiet",
                     "--prune",
                     "--end-of-options",
                     url,
                     "+refs/heads/*:refs/heads/*",
                     "+refs/tags/*:refs/tags/*"};
  fetch.time = kFetchLimit;
  TL_CO_DO(co_await RunGit(engine, std::move(fetch)));
  co_return folder;
}

net::aw<Answer<Source>> OfAddress(Engine& engine, connections::Access access,
                                  std::string full_name) {
  std::string url = access.endpoint;
  while (url.ends_with('/')) url.pop_back();
  url += fmt::format("/{}.git", full_name);
  auto mirror = co_await FetchMirror(engine, url);
  if (!mirror) co_return Missing(access.provider, full_name, mirror.error().message());
  co_return Source{.git_dir = std::move(*mirror), .provider = access.provider, .url = url};
}

}  // namespace

net::aw<Answer<Source>> FindSource(Engine& engine, std::string connection_arn,
                                   std::string full_name) {
  connections::Access access;
  access.provider = "GitHub";
  if (!connection_arn.empty()) {
    TL_CO_TRY(access, connections::Use(engine.store, connection_arn));
  }
  if (const auto fine = CheckFullName(full_name); !fine)
    co_return Missing(access.provider, full_name, fine.error().message());
  if (access.endpoint.starts_with(kFile)) co_return OfFolder(access, full_name);
  if (!access.endpoint.empty()) {
    // Only addresses of this machine: a host elsewhere never becomes available.
    co_return co_await OfAddress(engine, std::move(access), std::move(full_name));
  }
  auto repository = FindRepository(engine, full_name);
  if (!repository) co_return Missing(access.provider, full_name, repository.error().message());
  std::string url = CloneUrl(engine, full_name);
  co_return Source{.git_dir = std::move(repository->git_dir),
                   .provider = access.provider,
                   .url = std::move(url)};
}

}  // namespace trunkline::cloud::git
