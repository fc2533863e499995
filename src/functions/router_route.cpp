#include "functions/router_route.h"

#include "functions/router_github.h"
#include "functions/router_overtaken.h"
#include "functions/router_plan.h"

namespace trunkline::functions::router {
namespace {

// Each time somebody else had moved the branch on: more pushes at once than people make.
constexpr int kMostTries = 10;

std::string Short(std::string_view commit) {
  return std::string(commit.substr(0, 12));
}

// Where times and the chain of commits do not tell, the branch itself does.
net::aw<Order> FindOrder(const Session& session, const BranchRecord& record, const Push& push) {
  const Order order = OrderOf(record, push);
  if (order != Order::kUnknown) co_return order;
  const Result<std::string> head = co_await HeadOf(session, std::string(push.branch()));
  co_return head&&* head == record.after ? Order::kOlder : Order::kNewer;
}

net::aw<Changes> FindChanges(const Session& session, const BranchRecord& record, const Push& push,
                             Order order, std::vector<std::string>& notes) {
  Changes changes;
  const bool follows = order == Order::kNewer && record.known();
  if (push.created && !follows) {
    changes.all = "the branch is new: nothing of it was delivered yet";
    co_return changes;
  }
  // What was lost on the way since the last push is found here.
  const std::string base = follows ? record.after : push.before;
  if (push.incomplete.empty() && base == push.before) {
    changes.tops = push.tops;
    co_return changes;
  }
  std::string why = push.incomplete;
  if (base != push.before)
    why = fmt::format("the push does not follow {}, which was routed last", Short(base));
  notes.push_back(fmt::format("{}: {} was compared with it", why, Short(base)));
  co_return co_await ChangesBetween(session, base, push.after);
}

void NoteOrder(const BranchRecord& record, const Push& push, Order order,
               std::vector<std::string>& notes) {
  if (order != Order::kOlder) return;
  notes.push_back(
      fmt::format("{} is older than {}, which was routed already: its pipelines are "
                  "started for that",
                  Short(push.after), Short(record.after)));
}

struct Planned {
  RoutePlan plan;
  std::vector<std::string> notes;
};

net::aw<Planned> PlanFor(const Session& session, const BranchRecord& record, const Push& push,
                         const std::string& key) {
  Planned planned;
  Routing routing;
  routing.push = push;
  routing.key = key;
  routing.now = session.clock().Now();
  routing.order = co_await FindOrder(session, record, push);
  NoteOrder(record, push, routing.order, planned.notes);
  routing.changes = co_await FindChanges(session, record, push, routing.order, planned.notes);
  if (!routing.changes.all.empty()) planned.notes.push_back(routing.changes.all);
  planned.plan = MakePlan(session.settings(), record, routing);
  co_return planned;
}

// Writes the marks of what is to be started, or finds that somebody has moved the branch meanwhile
// and begins anew.
net::aw<Result<Planned>> PlanAndWrite(const Session& session, const Push& push,
                                      const std::string& key) {
  const Ledger ledger(session);
  const std::string branch(push.branch());
  for (int i = 0; i < kMostTries; ++i) {
    TL_CO_TRY(const BranchRecord record, co_await ledger.ReadBranch(branch));
    Planned planned = co_await PlanFor(session, record, push, key);
    if (!planned.plan.moves) co_return planned;
    TL_CO_TRY(const bool written, co_await ledger.WriteBranch(planned.plan.record));
    if (written) co_return planned;
  }
  co_return Error(
      ErrorKind::kConflict,
      "branch '{}' was moved {} times while its push was routed; deliver the push again", branch,
      kMostTries);
}

// Into what others have written meanwhile.
void Merge(const std::vector<std::string>& pipelines, const BranchRecord& ours,
           BranchRecord& theirs) {
  for (const std::string& pipeline : pipelines) {
    const auto mine = ours.pipelines.find(pipeline);
    const auto now = theirs.pipelines.find(pipeline);
    if (now == theirs.pipelines.end()) continue;
    if (mine == ours.pipelines.end()) {
      if (now->second.execution.empty()) theirs.pipelines.erase(now);
    } else if (now->second.token == mine->second.token) {
      now->second.execution = mine->second.execution;
    }
  }
}

// What others have marked meanwhile for a newer commit.
net::aw<Result<std::vector<Overtaken>>> WriteDown(const Session& session,
                                                  std::vector<std::string> pipelines,
                                                  BranchRecord record) {
  const Ledger ledger(session);
  const BranchRecord ours = record;
  for (int i = 0; i < kMostTries; ++i) {
    TL_CO_TRY(const bool written, co_await ledger.WriteBranch(record));
    if (written) co_return FindOvertaken(pipelines, ours, record);
    TL_CO_TRY(record, co_await ledger.ReadBranch(ours.branch));
    Merge(pipelines, ours, record);
  }
  co_return Error(ErrorKind::kConflict, "branch '{}' is moved all the time", ours.branch);
}

}  // namespace

net::aw<void> StartAndMark(const Session& session, std::vector<std::string> pipelines,
                           BranchRecord record, Routed& routed) {
  if (pipelines.empty()) co_return;
  co_await StartAll(session, pipelines, record, routed);
  Result<std::vector<Overtaken>> overtaken =
      co_await WriteDown(session, pipelines, std::move(record));
  if (overtaken) {
    co_await StartOvertaken(session, std::move(*overtaken), routed);
  } else {
    session.log().Warn("what was started is not in the ledger: {}", overtaken.error().message());
  }
}

net::aw<Result<Routed>> Route(const Session& session, Push push, std::string key) {
  TL_CO_TRY(Planned planned, co_await PlanAndWrite(session, push, key));
  RoutePlan& plan = planned.plan;
  const std::string branch(push.branch());
  Routed routed;
  routed.branch = branch;
  routed.environment = session.settings().EnvironmentOf(branch);
  routed.commit = plan.commit;
  routed.notes = std::move(planned.notes);
  routed.skipped = std::move(plan.skipped);
  routed.ignored = std::move(plan.ignored);
  co_await StartAndMark(session, std::move(plan.to_start), std::move(plan.record), routed);
  co_return routed;
}

}  // namespace trunkline::functions::router
