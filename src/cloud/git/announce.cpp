#include "cloud/git/announce.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/git/program.h"
#include "cloud/git/push_job.h"

namespace trunkline::cloud::git {
namespace {

// GitHub's own limits: no events for the branches of a push that moves more than 5000, nor for the
// tags of one that brings more than three.
constexpr std::size_t kMaxBranches = 5000;
constexpr std::size_t kMaxTags = 3;

constexpr std::string_view kTags = "refs/tags/";

std::string RefId(std::string_view full_name, std::string_view ref) {
  return fmt::format("{}:{}", full_name, ref);
}

Refs AnnouncedRefs(Store& store, std::string_view full_name) {
  Refs refs;
  for (const Record* record : store.List(Context::GlobalScope(), kRef, full_name))
    refs.emplace(record->name, record->body.GetString("Id"));
  return refs;
}

std::string ZerosLike(const std::string& id) {
  return std::string(id.size(), '0');  // 40, or 64 where objects are named by SHA-256
}

std::vector<RefChange> Compare(const Refs& before, const Refs& after) {
  std::vector<RefChange> changes;
  for (const auto& [ref, id] : before)
    if (!after.contains(ref)) changes.push_back({.ref = ref, .before = id, .after = ZerosLike(id)});
  for (const auto& [ref, id] : after) {
    const auto old = before.find(ref);
    if (old == before.end()) {
      changes.push_back({.ref = ref, .before = ZerosLike(id), .after = id});
    } else if (old->second != id) {
      changes.push_back({.ref = ref, .before = old->second, .after = id});
    }
  }
  return changes;
}

void WriteRefs(Store& store, const std::string& full_name, const std::vector<RefChange>& changes) {
  for (const RefChange& change : changes) {
    std::string id = RefId(full_name, change.ref);
    if (change.after == ZerosLike(change.after)) {
      store.Delete(Context::GlobalScope(), kRef, id);
      continue;
    }
    json::Object body{{"Id", change.after}};
    store.Put(
        Context::GlobalScope(), kRef,
        {.id = std::move(id), .parent = full_name, .name = change.ref, .body = std::move(body)});
  }
}

std::vector<RefChange> WithoutFloods(std::vector<RefChange> changes) {
  const auto is_tag = [](const RefChange& change) { return change.ref.starts_with(kTags); };
  const auto tags = static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), is_tag));
  const bool many_branches = changes.size() - tags > kMaxBranches;
  std::erase_if(changes, [&](const RefChange& change) {
    return is_tag(change) ? tags > kMaxTags : many_branches;
  });
  return changes;
}

// Runs `work` as nobody in particular: repositories belong to no account.
Result<void> InState(Engine& engine, const std::function<void(Context&)>& work) {
  Reply dropped;
  const auto done =
      engine.State(RootCaller(kDefaultAccount), kDefaultRegion, NewUuid(engine.random), nullptr,
                   dropped, [&](Context& context) -> Answer<> {
                     work(context);
                     return json::Object();
                   });
  if (!done) return Error(ErrorKind::kUnreached, "{}", done.error().message);
  return {};
}

}  // namespace

net::aw<Result<Refs>> ReadRefs(Engine& engine, std::string git_dir) {
  GitCommand ask{};
  ask.git_dir = std::move(git_dir);
  ask.arguments = {"for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/tags"};
  TL_CO_TRY(const std::string text, co_await RunGit(engine, std::move(ask)));
  Refs refs;
  for (const std::string_view line : Split(text, '\n')) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || !IsUtf8(line)) continue;  // records are UTF-8
    refs.emplace(line.substr(blank + 1), line.substr(0, blank));
  }
  co_return refs;
}

net::aw<Result<void>> Remember(Engine& engine, Repository repository) {
  const Scope scope = Context::GlobalScope();
  const Record* record = engine.store.Find(scope, kRepository, repository.full_name);
  if (record && record->body.GetBool("Remembered")) co_return Result<void>();
  TL_CO_TRY(const Refs refs, co_await ReadRefs(engine, repository.git_dir));
  co_return InState(engine, [&](Context& context) {
    const Record* now = context.store.Find(scope, kRepository, repository.full_name);
    Record updated = now ? *now : Record{};
    updated.id = updated.name = repository.full_name;
    if (!now) updated.body.Set("Created", json::Number{EpochSeconds(context.Now())});
    updated.body.Set("Remembered", true);
    context.store.Put(scope, kRepository, std::move(updated));
    WriteRefs(context.store, repository.full_name, Compare({}, refs));
  });
}

net::aw<Result<int>> Announce(Engine& engine, Repository repository, std::string pusher) {
  TL_CO_TRY(const Refs after, co_await ReadRefs(engine, repository.git_dir));
  const Refs before = AnnouncedRefs(engine.store, repository.full_name);
  const std::vector<RefChange> changes = Compare(before, after);
  if (changes.empty()) co_return 0;
  const std::vector<RefChange> events = WithoutFloods(changes);
  if (events.size() < changes.size()) {
    engine.log.Warn("a push to '{}' changed {} branches and tags at once: no events for {} of them",
                    repository.full_name, changes.size(), changes.size() - events.size());
  }
  TL_CO_DO(InState(engine, [&](Context& context) {
    WriteRefs(context.store, repository.full_name, changes);
    if (!events.empty()) SchedulePush(context, repository.full_name, pusher, before, events);
  }));
  co_return static_cast<int>(events.size());
}

}  // namespace trunkline::cloud::git
