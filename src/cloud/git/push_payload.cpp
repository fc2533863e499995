#include "cloud/git/push_payload.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "cloud/git/history.h"
#include "cloud/git/shapes.h"

namespace trunkline::cloud::git {
namespace {

constexpr std::string_view kBranches = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";
// GitHub's: commits of an event, and paths of a commit.
constexpr std::size_t kMaxCommits = 2048;
constexpr std::size_t kMaxPaths = 3000;

bool IsZero(std::string_view id) {
  return id.find_first_not_of('0') == std::string_view::npos;
}

std::string_view Behind(std::string_view ref, std::string_view prefix) {
  return ref.starts_with(prefix) ? ref.substr(prefix.size()) : std::string_view();
}

std::vector<std::string> IdsOf(const Refs& refs) {
  std::vector<std::string> ids;
  for (const auto& [ref, id] : refs) ids.push_back(id);
  return ids;
}

// What is gathered on the way.
struct Gathered {
  PushFacts facts;
  PushEvent event;
  std::string default_branch;
  std::vector<Commit> commits;               // oldest first
  std::unordered_set<std::string> distinct;  // of them: on no branch before
  std::optional<Commit> head;
  Refs now;  // for a tag
};

net::aw<void> FindCommits(Engine& engine, Gathered& gathered) {
  const PushEvent& event = gathered.event;
  Range range;
  range.of.push_back(event.after);
  range.not_of = IdsOf(gathered.facts.known);
  range.limit = kMaxCommits;
  const auto fresh = co_await ListIds(engine, gathered.facts.repository.git_dir, range);
  if (fresh) gathered.distinct.insert(fresh->begin(), fresh->end());
  // A branch that moves shows what it did not have before; a new one, what no branch had.
  if (!event.created) range.not_of.assign(1, event.before);
  auto commits = co_await ListCommits(engine, gathered.facts.repository.git_dir, range);
  if (!commits) co_return;
  std::reverse(commits->begin(), commits->end());
  auto changed = co_await WithChanges(engine, gathered.facts.repository.git_dir,
                                      std::move(*commits), kMaxPaths);
  if (changed) gathered.commits = std::move(*changed);
}

net::aw<void> FindHead(Engine& engine, Gathered& gathered) {
  const std::string& git_dir = gathered.facts.repository.git_dir;
  Range range;
  range.of.push_back(gathered.event.after);
  range.limit = 1;
  auto head = co_await ListCommits(engine, git_dir, std::move(range));
  if (!head || head->empty()) co_return;
  auto changed = co_await WithChanges(engine, git_dir, std::move(*head), kMaxPaths);
  if (changed) gathered.head = std::move(changed->front());
}

// Where the files of a branch are counted from: its former place; of a new one, where it left the
// default branch; nothing for the first branch of all.
net::aw<std::string> FindFork(Engine& engine, const Gathered& gathered) {
  const PushEvent& event = gathered.event;
  if (!event.created) co_return event.before;
  const auto trunk = gathered.facts.known.find(std::string(kBranches) + gathered.default_branch);
  if (trunk == gathered.facts.known.end()) co_return std::string();
  const auto base =
      co_await MergeBase(engine, gathered.facts.repository.git_dir, trunk->second, event.after);
  co_return base.value_or(std::string());
}

net::aw<void> FindFiles(Engine& engine, Gathered& gathered) {
  std::string from = co_await FindFork(engine, gathered);
  PushEvent& event = gathered.event;
  auto files = co_await ListDifferingPaths(engine, gathered.facts.repository.git_dir,
                                           std::move(from), event.after);
  event.files_complete = files.ok() && files->size() <= PushEvent::kMaxFiles;
  if (event.files_complete) event.files = std::move(*files);
}

// The branch a new ref was made from, where it brings nothing new: GitHub's base_ref. A tag is
// often pushed together with its branch, so for tags the branches count as they are now.
json::Value BaseRef(const Gathered& gathered) {
  const PushEvent& event = gathered.event;
  if (!event.created || !gathered.distinct.empty() || !gathered.head) return nullptr;
  const Refs& branches = event.branch().empty() ? gathered.now : gathered.facts.known;
  const auto trunk = branches.find(std::string(kBranches) + gathered.default_branch);
  if (trunk != branches.end() && trunk->second == gathered.head->id && trunk->first != event.ref)
    return trunk->first;
  for (const auto& [ref, id] : branches)
    if (id == gathered.head->id && ref != event.ref && ref.starts_with(kBranches)) return ref;
  return nullptr;
}

std::string CompareUrl(const Engine& engine, const Gathered& gathered) {
  const PushEvent& event = gathered.event;
  constexpr std::size_t kShort = 12;  // as GitHub cuts them
  const std::string url = RepositoryUrl(engine, event.repository);
  const std::string after = event.after.substr(0, kShort);
  if (event.created)
    return fmt::format("{}/compare/{}", url, event.branch().empty() ? event.tag() : event.branch());
  return fmt::format("{}/compare/{}...{}", url, event.before.substr(0, kShort), after);
}

json::Object MakePayload(const Engine& engine, const Gathered& gathered) {
  const PushEvent& event = gathered.event;
  json::Array commits;
  for (const Commit& commit : gathered.commits) {
    commits.emplace_back(
        PushCommitShape(engine, event.repository, commit, gathered.distinct.contains(commit.id)));
  }
  json::Value head = nullptr;
  if (gathered.head && !event.deleted)
    head = PushCommitShape(engine, event.repository, *gathered.head, true);
  json::Object repository =
      RepositoryShape(engine, gathered.facts.repository, gathered.default_branch);
  const auto now = std::chrono::floor<std::chrono::seconds>(event.at).time_since_epoch();
  repository.Set("pushed_at", now.count());  // a number here, a text in the API: GitHub's own
  const std::string email = gathered.head ? gathered.head->committer.email : std::string();
  return json::Object{{"ref", event.ref},
                      {"before", event.before},
                      {"after", event.after},
                      {"repository", std::move(repository)},
                      {"pusher", json::Object{{"name", event.pusher}, {"email", email}}},
                      {"sender", UserShape(engine, event.pusher)},
                      {"created", event.created},
                      {"deleted", event.deleted},
                      {"forced", event.forced},
                      {"base_ref", BaseRef(gathered)},
                      {"compare", CompareUrl(engine, gathered)},
                      {"commits", std::move(commits)},
                      {"head_commit", std::move(head)}};
}

PushEvent Begin(const PushFacts& facts) {
  PushEvent event;
  event.id = facts.event_id;
  event.repository = facts.repository.full_name;
  event.ref = facts.change.ref;
  event.before = facts.change.before;
  event.after = facts.change.after;
  event.created = IsZero(event.before);
  event.deleted = IsZero(event.after);
  event.pusher = facts.pusher;
  event.at = facts.at;
  return event;
}

}  // namespace

std::string_view PushEvent::branch() const {
  return Behind(ref, kBranches);
}
std::string_view PushEvent::tag() const {
  return Behind(ref, kTags);
}

net::aw<PushEvent> MakePushEvent(Engine& engine, PushFacts facts) {
  Gathered gathered;
  gathered.event = Begin(facts);
  gathered.facts = std::move(facts);
  PushEvent& event = gathered.event;
  const std::string git_dir = gathered.facts.repository.git_dir;
  gathered.default_branch = co_await DefaultBranch(engine, git_dir);
  if (!event.deleted) {
    co_await FindHead(engine, gathered);
    if (!event.branch().empty()) {
      co_await FindCommits(engine, gathered);
      co_await FindFiles(engine, gathered);
    } else {
      auto now = co_await ReadRefs(engine, git_dir);
      if (now) gathered.now = std::move(*now);
    }
    if (!event.created)
      event.forced = !co_await IsAncestor(engine, git_dir, event.before, event.after);
  }
  if (gathered.head) event.message = gathered.head->message;
  if (event.pusher.empty())
    event.pusher = gathered.head ? gathered.head->committer.name
                                 : std::string(gathered.facts.repository.owner());
  event.payload = MakePayload(engine, gathered);
  co_return std::move(gathered.event);
}

}  // namespace trunkline::cloud::git
