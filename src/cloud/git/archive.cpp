#include "cloud/git/archive.h"

#include <utility>

#include "base/clock.h"
#include "base/files.h"
#include "base/zip.h"
#include "cloud/git/history.h"
#include "cloud/git/program.h"
#include "cloud/git/source.h"
#include "cloud/git/tree.h"
#include "cloud/objects.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::chrono::minutes kCloneLimit{10};

// What was named, found.
struct Found {
  Source source;
  Revision revision;
};

ServiceError Failed(const Source& source, const Error& error) {
  return ServiceError("JobFailed", fmt::format("[{}] {}", source.provider, error.message()));
}

net::aw<Answer<Found>> Find(Engine& engine, std::string connection_arn, std::string full_name,
                            std::string name) {
  Found found;
  TL_CO_TRY(found.source, co_await FindSource(engine, std::move(connection_arn), full_name));
  auto revision = co_await Resolve(engine, found.source.git_dir, name);
  if (!revision && revision.error().kind() != ErrorKind::kNotFound)
    co_return Failed(found.source, revision.error());
  if (!revision) {
    // AWS's own words, seen in many a forum.
    co_return ServiceError("ConfigurationError",
                           fmt::format("[{}] No Branch [{}] found for FullRepositoryName [{}]",
                                       found.source.provider, name, full_name));
  }
  found.revision = std::move(*revision);
  co_return found;
}

net::aw<Answer<std::string>> StageZip(WaitContext context, Source source, std::string commit) {
  auto entries = co_await ReadTree(context.engine(), source.git_dir, std::move(commit));
  if (!entries) co_return Failed(source, entries.error());
  Result<std::string> staged = std::string();
  std::function<void()> work = [&entries, &staged, &objects = context.objects()] {
    auto zip = WriteZip(std::move(*entries));
    staged = zip ? objects.Stage(*zip) : Result<std::string>(std::move(zip).error());
  };
  co_await context.OnWorker(std::move(work));
  if (!staged) co_return Failed(source, staged.error());
  co_return std::move(*staged);
}

std::string InUtc(const std::string& date) {
  const auto time = ParseIso8601(date);
  return time ? ToIso8601(*time) : date;
}

net::aw<Result<void>> Clone(Engine& engine, Found found, std::string folder) {
  GitCommand clone{};
  clone.arguments = {"clone",       "--quiet",          "--no-hardlinks",     "--no-checkout",
                     "--template=", "--end-of-options", found.source.git_dir, folder};
  clone.time = kCloneLimit;
  TL_CO_DO(co_await RunGit(engine, std::move(clone)));
  GitCommand origin{};
  origin.git_dir = folder + "/.git";
  origin.arguments = {"remote", "set-url", "origin", found.source.url};
  TL_CO_DO(co_await RunGit(engine, std::move(origin)));
  GitCommand checkout{};
  checkout.git_dir = folder + "/.git";
  checkout.work_tree = folder;
  checkout.arguments = {"checkout", "--quiet", "--force", "--detach", found.revision.commit};
  checkout.time = kCloneLimit;
  TL_CO_DO(co_await RunGit(engine, std::move(checkout)));
  co_return Result<void>();
}

}  // namespace

net::aw<Answer<CommitArchive>> ArchiveCommit(WaitContext context, std::string connection_arn,
                                             std::string full_repository_id, std::string revision) {
  Engine& engine = context.engine();
  TL_CO_TRY(const Found found, co_await Find(engine, std::move(connection_arn), full_repository_id,
                                             std::move(revision)));
  Range range;
  range.of.push_back(found.revision.commit);
  range.limit = 1;
  const auto commits = co_await ListCommits(engine, found.source.git_dir, std::move(range));
  if (!commits) co_return Failed(found.source, commits.error());
  TL_CO_TRY(std::string zip, co_await StageZip(context, found.source, found.revision.commit));
  const Commit& commit = commits->front();
  CommitArchive archive;
  archive.zip_object = std::move(zip);
  archive.commit_id = commit.id;
  archive.message = commit.message;
  archive.author_name = commit.author.name;
  archive.author_email = commit.author.email;
  archive.author_date = InUtc(commit.author.date);
  archive.branch = found.revision.branch;
  co_return archive;
}

net::aw<Answer<std::string>> CloneCommit(WaitContext context, std::string connection_arn,
                                         std::string full_repository_id, std::string revision,
                                         std::string folder) {
  Engine& engine = context.engine();
  TL_CO_TRY(const Found found, co_await Find(engine, std::move(connection_arn),
                                             std::move(full_repository_id), std::move(revision)));
  const auto cloned = co_await Clone(engine, found, std::move(folder));
  if (!cloned) co_return Failed(found.source, cloned.error());
  co_return found.revision.commit;
}

net::aw<Answer<std::string>> ResolveCommit(WaitContext context, std::string connection_arn,
                                           std::string full_repository_id, std::string revision) {
  TL_CO_TRY(const Found found, co_await Find(context.engine(), std::move(connection_arn),
                                             std::move(full_repository_id), std::move(revision)));
  co_return found.revision.commit;
}

}  // namespace trunkline::cloud::git
