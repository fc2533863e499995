#include "deploy/apply.h"

#include <algorithm>
#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "deploy/long_run.h"
#include "deploy/restore.h"

namespace trunkline::deploy {
namespace {

using Wake = net::asio::basic_waitable_timer<
    std::chrono::steady_clock, net::asio::wait_traits<std::chrono::steady_clock>, net::Executor>;

// How the graph is run. Everything happens on one loop thread, so plain members are enough. `wake`
// stands for "there is news": a timer that never expires and is cancelled to wake the one
// coroutine that waits on it.
struct Run {
  Session session;
  const Plan& plan;
  Progress& progress;
  std::set<std::string> planned;
  std::set<std::string> started;
  std::set<std::string> done;
  std::size_t under_way = 0;
  std::size_t waiting = 0;  // of those
  std::size_t news = 0;     // counts what may let another change begin
  Wake wake;
  Applied applied;

  void WakeUp() {
    ++news;
    wake.cancel();
  }

  bool Ready(const Change& change) const {
    return started.count(change.Id()) == 0 &&
           std::all_of(change.after.begin(), change.after.end(), [&](const auto& id) {
             return planned.count(id) == 0 || done.count(id) > 0;
           });
  }
};

class RunOfLongChanges final : public LongRun {
 public:
  RunOfLongChanges(Run& run, const ApplyOptions& options) : run_(run), options_(options) {}

  void BeginsToWait() override {
    ++run_.waiting;
    run_.WakeUp();
  }
  void EndsToWait() override { --run_.waiting; }
  void Tell(const std::string& id, const std::string& what) override {
    const Change* change = run_.plan.Find(id);
    if (change != nullptr) run_.progress.Told(run_.session.target, *change, what);
  }
  bool ShouldStop() const override {
    const bool stopped = options_.stop != nullptr && *options_.stop;
    return stopped || (options_.rollback && !run_.applied.failed.empty());
  }

 private:
  Run& run_;
  const ApplyOptions& options_;
};

// A creation that ended so may have been done, by us or by somebody else: it is looked at when the
// run is rolled back.
void NotePerhapsNew(Run& run, const Change& change, const Error& error) {
  Journal* journal = run.session.journal;
  const bool unknown =
      error.kind() == ErrorKind::kConflict || error.kind() == ErrorKind::kUnreached;
  if (journal == nullptr || change.action != Action::kCreate || !unknown) return;
  const Undo* noted = journal->Find(change.kind, change.name);
  if (noted != nullptr && noted->IsNew())
    run.session.NoteMore(change.kind, change.name, "perhaps", true);
}

// When the answer to a creation is lost, the client asks again and is told that the thing exists:
// what is there by now counts, then, as it would for the next run. A conflict with somebody else's
// thing stays what it is.
net::aw<Result<void>> MakeChange(Run& run, const Change& change) {
  const ResourceKind& kind = *FindResourceKind(change.kind);
  if (change.action == Action::kDelete) co_return co_await kind.remove(run.session, change);
  Result<void> made = co_await kind.apply(run.session, change);
  if (!made) NotePerhapsNew(run, change, made.error());
  if (made || made.error().kind() != ErrorKind::kConflict || kind.read == nullptr) co_return made;
  const Result<void> read = co_await kind.read(run.session);
  if (!read) co_return made;
  // Of the whole center: the mapping function's association is planned with the function. While
  // the instance is being made, flows cannot be planned, and these errors say nothing about this.
  PlanOptions options = run.plan.options;
  options.project.clear();
  options.kinds.clear();
  const Plan again = MakePlan(run.session.target, run.session.live, std::move(options));
  const Change* now = again.Find(change.Id());
  if (now == nullptr && !HasErrors(again.findings)) co_return Result<void>();
  if (now == nullptr || now->action == change.action) co_return made;
  co_return co_await kind.apply(run.session, *now);
}

// References are safe here: Apply() outlives every change it starts.
net::aw<void> RunChange(Run& run, const Change& change) {
  run.progress.Started(run.session.target, change);
  Result<void> result = co_await MakeChange(run, change);
  if (result) {
    run.done.insert(change.Id());
    run.applied.done.push_back(change);
    run.progress.Done(run.session.target, change);
  } else {
    Error error = std::move(result).error().While("delivering {} '{}' to {}", change.kind,
                                                  change.name, run.session.target.region);
    run.progress.Failed(run.session.target, change, error);
    run.applied.failed.push_back({change, std::move(error)});
  }
  --run.under_way;
  run.WakeUp();
}

void StartReady(Run& run, const ApplyOptions& options, const net::Executor& executor) {
  for (const Change& change : run.plan.changes) {
    if (run.under_way - run.waiting >= options.at_once) return;
    if (!run.Ready(change)) continue;
    run.started.insert(change.Id());
    ++run.under_way;
    net::asio::co_spawn(executor, RunChange(run, change), net::asio::detached);
  }
}

// The change that noted it; a flow's stub is a change of its own.
Change ChangeOf(const Run& run, const Undo& undo) {
  const Change* change = run.plan.Find(undo.Id());
  if (change != nullptr) return *change;
  return {.kind = undo.kind, .name = undo.name, .action = Action::kUpdate};
}

// The last first: a new flow can go when nothing leads to it any more.
net::aw<void> RollBack(Run& run) {
  run.applied.rolled_back = true;
  const std::vector<Undo> undos = std::move(run.session.journal->entries);
  run.session.journal = nullptr;
  for (auto undo = undos.rbegin(); undo != undos.rend(); ++undo) {
    const Change change = ChangeOf(run, *undo);
    Result<void> restored = co_await RestorePatiently(run.session, *undo);
    if (restored) {
      run.applied.restored.push_back(change);
      run.progress.Restored(run.session.target, change);
      continue;
    }
    Error error = std::move(restored).error().While("putting back {} '{}' in {}", change.kind,
                                                    change.name, run.session.target.region);
    run.progress.NotRestored(run.session.target, change, error);
    run.applied.not_restored.push_back({change, std::move(error)});
  }
}

}  // namespace

net::aw<Result<Live>> ReadLive(aws::Client client, const Target& target, DeployWorld& world,
                               std::vector<std::string> kinds) {
  Live live;
  Session session{.client = client, .target = target, .live = live, .world = world};
  for (const ResourceKind* kind : AllResourceKinds()) {
    const bool asked =
        kinds.empty() || std::find(kinds.begin(), kinds.end(), kind->name) != kinds.end();
    if (!asked || kind->read == nullptr || (kind->in_instance && !live.HasActiveInstance()))
      continue;
    Result<void> read = co_await kind->read(session);
    if (!read)
      co_return std::move(read).error().While("reading the {} of {}", kind->plural, target.region);
  }
  co_return live;
}

net::aw<Applied> Apply(aws::Client client, const Target& target, DeployWorld& world, Live& live,
                       const Plan& plan, ApplyOptions options, Progress& progress) {
  const net::Executor executor = co_await net::asio::this_coro::executor;
  Run run{.session = {.client = client, .target = target, .live = live, .world = world},
          .plan = plan,
          .progress = progress,
          .planned = {},
          .started = {},
          .done = {},
          .under_way = 0,
          .waiting = 0,
          .news = 0,
          .wake = Wake(executor),
          .applied = {}};
  Journal journal;
  if (options.rollback) run.session.journal = &journal;
  RunOfLongChanges long_changes(run, options);
  run.session.run = &long_changes;
  for (const Change& change : plan.changes) run.planned.insert(change.Id());
  for (;;) {
    const bool stopped = options.stop != nullptr && *options.stop;
    run.applied.stopped = stopped;
    const bool failed = options.rollback && !run.applied.failed.empty();
    const std::size_t seen = run.news;
    if (!stopped && !failed) StartReady(run, options, executor);
    if (run.news != seen) continue;  // some change ended without waiting for anything
    if (run.under_way == 0) break;
    run.wake.expires_at(std::chrono::steady_clock::time_point::max());
    co_await run.wake.async_wait(net::asio::as_tuple(net::kUseAw));
  }
  for (const Change& change : plan.changes) {
    if (run.started.count(change.Id()) == 0) run.applied.blocked.push_back(change);
  }
  if (options.rollback && !run.applied.ok()) co_await RollBack(run);
  co_return std::move(run.applied);
}

}  // namespace trunkline::deploy
