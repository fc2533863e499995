// branches, commits and compare of GitHub's REST API.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/git/announce.h"
#include "cloud/git/github.h"
#include "cloud/git/history.h"
#include "cloud/git/shapes.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::string_view kHeads = "refs/heads/";
// GitHub's limits of a comparison.
constexpr std::size_t kMaxFiles = 300;
constexpr std::size_t kMaxCommits = 250;
constexpr std::size_t kMaxWalk = 10'000;

json::Object BranchShape(const Engine& engine, const Repository& repository, std::string_view name,
                         std::string_view commit) {
  const std::string url =
      fmt::format("{}/commits/{}", RepositoryUrl(engine, repository.full_name), commit);
  return json::Object{{"name", name},
                      {"commit", json::Object{{"sha", commit}, {"url", url}}},
                      {"protected", false}};
}

net::aw<Result<Commit>> OneCommit(Engine& engine, std::string git_dir, std::string id) {
  Range range;
  range.of.push_back(std::move(id));
  range.limit = 1;
  auto commits = co_await ListCommits(engine, std::move(git_dir), std::move(range));
  if (!commits) co_return std::move(commits).error();
  if (commits->empty()) co_return Error(ErrorKind::kNotFound, "there is no such commit");
  co_return std::move(commits->front());
}

json::Object FileShape(const Engine& engine, const Repository& repository, const FileChange& file,
                       std::string_view commit) {
  const std::string url =
      fmt::format("{}/contents/{}?ref={}", RepositoryUrl(engine, repository.full_name),
                  PercentEncode(file.path, true), commit);
  json::Object shape{{"sha", file.blob},
                     {"filename", file.path},
                     {"status", file.status},
                     {"additions", file.additions},
                     {"deletions", file.deletions},
                     {"changes", file.additions + file.deletions},
                     {"contents_url", url}};
  shape.SetIfNotEmpty("previous_filename", file.previous_path);
  return shape;
}

json::Array FilesShape(const Engine& engine, const Repository& repository,
                       const std::vector<FileChange>& files, std::string_view commit) {
  json::Array shapes;
  for (std::size_t i = 0; i < std::min(files.size(), kMaxFiles); ++i)
    shapes.emplace_back(FileShape(engine, repository, files[i], commit));
  return shapes;
}

// What is compared: three commits and the words for how they lie.
struct Comparison {
  std::string base_name;
  std::string head_name;
  std::string base;
  std::string head;
  std::string merge_base;
  std::size_t ahead = 0;
  std::size_t behind = 0;

  std::string_view status() const {
    if (ahead == 0 && behind == 0) return "identical";
    if (behind == 0) return "ahead";
    return ahead == 0 ? "behind" : "diverged";
  }
};

Range Between(const std::string& of, const std::string& not_of) {
  Range range;
  range.of.push_back(of);
  range.not_of.push_back(not_of);
  range.limit = kMaxWalk;
  return range;
}

net::aw<Result<Comparison>> FindComparison(Engine& engine, const GithubCall& call) {
  constexpr std::string_view kDots = "...";
  const std::string& git_dir = call.repository.git_dir;
  const std::string asked = call.Rest(1);
  const std::size_t dots = asked.find(kDots);
  Comparison comparison;
  if (dots ==
      std::string::npos) {  // compare/{head}: with the default branch, as a new branch's URL
    comparison.base_name = co_await DefaultBranch(engine, git_dir);
    comparison.head_name = asked;
  } else {
    comparison.base_name = asked.substr(0, dots);
    comparison.head_name = asked.substr(dots + kDots.size());
  }
  TL_CO_TRY(const Revision base, co_await Resolve(engine, git_dir, comparison.base_name));
  TL_CO_TRY(const Revision head, co_await Resolve(engine, git_dir, comparison.head_name));
  comparison.base = base.commit;
  comparison.head = head.commit;
  const auto common = co_await MergeBase(engine, git_dir, base.commit, head.commit);
  if (!common) {
    co_return Error(ErrorKind::kNotFound, "No common ancestor between {} and {}.",
                    comparison.base_name, comparison.head_name);
  }
  comparison.merge_base = *common;
  Range ahead = Between(head.commit, base.commit);
  TL_CO_TRY(comparison.ahead, co_await CountCommits(engine, git_dir, std::move(ahead)));
  Range behind = Between(base.commit, head.commit);
  TL_CO_TRY(comparison.behind, co_await CountCommits(engine, git_dir, std::move(behind)));
  co_return comparison;
}

// The commits of one page, oldest first.
net::aw<Result<json::Array>> CommitsOf(Engine& engine, const GithubCall& call,
                                       const Comparison& comparison, Paging paging) {
  Range range = Between(comparison.head, comparison.base);
  const std::size_t begin = std::min(paging.skip(), comparison.ahead);
  const std::size_t end = std::min(begin + paging.per_page, comparison.ahead);
  // git counts from the newest.
  range.skip = comparison.ahead - end;
  range.limit = end - begin;
  auto commits = co_await ListCommits(engine, call.repository.git_dir, std::move(range));
  if (!commits) co_return std::move(commits).error();
  json::Array shapes;
  for (auto commit = commits->rbegin(); commit != commits->rend(); ++commit)
    shapes.emplace_back(ApiCommitShape(engine, call.repository.full_name, *commit));
  co_return shapes;
}

net::aw<Result<json::Object>> Compare(Engine& engine, const GithubCall& call, Paging paging) {
  const std::string& git_dir = call.repository.git_dir;
  TL_CO_TRY(const Comparison comparison, co_await FindComparison(engine, call));
  TL_CO_TRY(json::Array commits, co_await CommitsOf(engine, call, comparison, paging));
  TL_CO_TRY(const Commit base, co_await OneCommit(engine, git_dir, comparison.base));
  TL_CO_TRY(const Commit common, co_await OneCommit(engine, git_dir, comparison.merge_base));
  std::vector<FileChange> files;
  if (paging.page == 1) {  // GitHub gives files with the first page only
    TL_CO_TRY(files, co_await ListChanges(engine, git_dir, comparison.merge_base, comparison.head));
  }
  const std::string& name = call.repository.full_name;
  const std::string url = fmt::format("{}/compare/{}...{}", RepositoryUrl(engine, name),
                                      comparison.base_name, comparison.head_name);
  json::Object shape{{"url", url},
                     {"html_url", url},
                     {"base_commit", ApiCommitShape(engine, name, base)},
                     {"merge_base_commit", ApiCommitShape(engine, name, common)},
                     {"status", comparison.status()},
                     {"ahead_by", comparison.ahead},
                     {"behind_by", comparison.behind},
                     {"total_commits", comparison.ahead},
                     {"commits", std::move(commits)},
                     {"files", FilesShape(engine, call.repository, files, comparison.head)}};
  co_return shape;
}

net::aw<net::Response> ListBranches(Engine& engine, GithubCall call) {
  const auto refs = co_await ReadRefs(engine, call.repository.git_dir);
  if (!refs) co_return GithubFail(refs.error());
  std::vector<std::pair<std::string, std::string>> branches;
  for (const auto& [ref, id] : *refs)
    if (ref.starts_with(kHeads)) branches.emplace_back(ref.substr(kHeads.size()), id);
  const Paging paging = ReadPaging(call);
  json::Array shapes;
  for (std::size_t i = paging.skip(); i < branches.size() && shapes.size() < paging.per_page; ++i)
    shapes.emplace_back(
        BranchShape(engine, call.repository, branches[i].first, branches[i].second));
  net::Response response = GithubList(std::move(shapes));
  SetLinks(engine, call, paging, branches.size(), response);
  co_return response;
}

net::aw<net::Response> ListAllCommits(Engine& engine, GithubCall call) {
  const std::string& git_dir = call.repository.git_dir;
  std::string from = call.Query("sha");
  if (from.empty()) from = co_await DefaultBranch(engine, git_dir);
  const auto revision = co_await Resolve(engine, git_dir, from);
  if (!revision) co_return GithubFail(revision.error());
  const Paging paging = ReadPaging(call);
  Range range;
  range.of.push_back(revision->commit);
  range.limit = paging.per_page + 1;  // one more tells whether there is a next page
  range.skip = paging.skip();
  const auto commits = co_await ListCommits(engine, git_dir, std::move(range));
  if (!commits) co_return GithubFail(commits.error());
  json::Array shapes;
  for (std::size_t i = 0; i < std::min(commits->size(), paging.per_page); ++i)
    shapes.emplace_back(ApiCommitShape(engine, call.repository.full_name, (*commits)[i]));
  net::Response response = GithubList(std::move(shapes));
  SetLinks(engine, call, paging, paging.skip() + commits->size(), response);
  co_return response;
}

net::aw<Result<json::Object>> ShowCommit(Engine& engine, const GithubCall& call) {
  const std::string& git_dir = call.repository.git_dir;
  TL_CO_TRY(const Revision revision, co_await Resolve(engine, git_dir, call.Rest(1)));
  TL_CO_TRY(const Commit commit, co_await OneCommit(engine, git_dir, revision.commit));
  const std::string parent = commit.parents.empty() ? EmptyTree(commit.id) : commit.parents.front();
  TL_CO_TRY(const std::vector<FileChange> files,
            co_await ListChanges(engine, git_dir, parent, commit.id));
  json::Object shape = ApiCommitShape(engine, call.repository.full_name, commit);
  shape.Set("files", FilesShape(engine, call.repository, files, commit.id));
  co_return shape;
}

}  // namespace

net::aw<net::Response> HandleCompare(Engine& engine, GithubCall call) {
  if (call.request.method != "GET") co_return WrongMethod(call.request, "GET");
  const Paging paging = ReadPaging(call, kMaxCommits, kMaxCommits);
  const auto shape = co_await Compare(engine, call, paging);
  if (!shape) co_return GithubFail(shape.error());
  net::Response response = JsonResponse(200, *shape);
  SetLinks(engine, call, paging, static_cast<std::size_t>(shape->GetInt("ahead_by")), response);
  co_return response;
}

net::aw<net::Response> HandleBranches(Engine& engine, GithubCall call) {
  if (call.request.method != "GET") co_return WrongMethod(call.request, "GET");
  if (call.parts.size() == 1) co_return co_await ListBranches(engine, std::move(call));
  const std::string name = call.Rest(1);
  const auto revision = co_await Resolve(engine, call.repository.git_dir, name);
  if (!revision || revision->branch != name) co_return GithubFail(404, "Branch not found");
  const auto commit = co_await OneCommit(engine, call.repository.git_dir, revision->commit);
  if (!commit) co_return GithubFail(commit.error());
  json::Object shape = BranchShape(engine, call.repository, name, revision->commit);
  shape.Set("commit", ApiCommitShape(engine, call.repository.full_name, *commit));
  co_return JsonResponse(200, shape);
}

net::aw<net::Response> HandleCommits(Engine& engine, GithubCall call) {
  if (call.request.method != "GET") co_return WrongMethod(call.request, "GET");
  if (call.parts.size() == 1) co_return co_await ListAllCommits(engine, std::move(call));
  const auto shape = co_await ShowCommit(engine, call);
  if (!shape) co_return GithubFail(shape.error());
  co_return JsonResponse(200, *shape);
}

}  // namespace trunkline::cloud::git
