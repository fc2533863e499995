#include "deploy/apply.h"

#include <algorithm>
#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "net/timers.h"

namespace trunkline::deploy {
namespace {

using Wake = net::asio::basic_waitable_timer<
    std::chrono::steady_clock, net::asio::wait_traits<std::chrono::steady_clock>, net::Executor>;

// How the graph is run. Everything happens on one loop thread, so plain members are enough. `wake`
// stands for "something has ended": a timer that never expires and is cancelled to wake the one
// coroutine that waits on it.
struct Run {
  Session session;
  const Plan& plan;
  Progress& progress;
  std::set<std::string> planned;
  std::set<std::string> started;
  std::set<std::string> done;
  std::size_t under_way = 0;
  std::size_t ended = 0;
  Wake wake;
  Applied applied;

  bool Ready(const Change& change) const {
    return started.count(change.Id()) == 0 &&
           std::all_of(change.after.begin(), change.after.end(), [&](const auto& id) {
             return planned.count(id) == 0 || done.count(id) > 0;
           });
  }
};

// When the answer to a creation is lost, the client asks again and is told that the thing exists:
// what is there by now counts, then, as it would for the next run. A conflict with somebody else's
// thing stays what it is.
net::aw<Result<void>> MakeChange(Run& run, const Change& change) {
  const ResourceKind& kind = *FindResourceKind(change.kind);
  if (change.action == Action::kDelete) co_return co_await kind.remove(run.session, change);
  Result<void> made = co_await kind.apply(run.session, change);
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
  ++run.ended;
  run.wake.cancel();
}

void StartReady(Run& run, const ApplyOptions& options, const net::Executor& executor) {
  for (const Change& change : run.plan.changes) {
    if (run.under_way >= options.at_once) return;
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

// Half put back is the worst of all: what may work later is tried again, beyond the client's own
// attempts.
net::aw<Result<void>> RestoreOne(Run& run, const Undo& undo) {
  constexpr int kTries = 4;
  Milliseconds pause{1000};
  const ResourceKind& kind = *FindResourceKind(undo.kind);
  for (int attempt = 1;; ++attempt) {
    Result<void> restored = co_await kind.restore(run.session, undo);
    if (restored || attempt == kTries) co_return restored;
    const ErrorKind why = restored.error().kind();
    if (why != ErrorKind::kThrottled && why != ErrorKind::kUnreached) co_return restored;
    co_await run.session.world.timers.Wait(pause);
    pause *= 2;
  }
}

// The last first: a new flow can go when nothing leads to it any more.
net::aw<void> RollBack(Run& run) {
  run.applied.rolled_back = true;
  const std::vector<Undo> undos = std::move(run.session.journal->entries);
  run.session.journal = nullptr;
  for (auto undo = undos.rbegin(); undo != undos.rend(); ++undo) {
    const Change change = ChangeOf(run, *undo);
    Result<void> restored = co_await RestoreOne(run, *undo);
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
          .ended = 0,
          .wake = Wake(executor),
          .applied = {}};
  Journal journal;
  if (options.rollback) run.session.journal = &journal;
  for (const Change& change : plan.changes) run.planned.insert(change.Id());
  for (;;) {
    const bool stopped = options.stop != nullptr && *options.stop;
    run.applied.stopped = stopped;
    const bool failed = options.rollback && !run.applied.failed.empty();
    const std::size_t seen = run.ended;
    if (!stopped && !failed) StartReady(run, options, executor);
    if (run.ended != seen) continue;  // some change ended without waiting for anything
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
