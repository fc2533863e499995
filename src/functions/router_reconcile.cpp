#include "functions/router_reconcile.h"

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "functions/router_executions.h"
#include "functions/router_github.h"
#include "functions/router_plan.h"
#include "functions/router_reply.h"
#include "functions/router_route.h"

namespace trunkline::functions::router {
namespace {

Push HeadPush(const Session& session, const std::string& branch, const std::string& before,
              const std::string& head) {
  Push push;
  push.repository = session.settings().repository;
  push.ref = "refs/heads/" + branch;
  push.before = before;
  push.after = head;
  push.incomplete = "the branch was reconciled";
  return push;
}

// Starts what was wanted once and never started.
net::aw<void> StartAbandoned(const Session& session, BranchRecord record, Routed& routed) {
  std::vector<std::string> pipelines = Abandoned(session.settings(), record, session.clock().Now());
  if (pipelines.empty()) {
    routed.notes.push_back("nothing is missing");
    co_return;
  }
  routed.notes.push_back("these were wanted before and not started");
  co_await StartAndMark(session, std::move(pipelines), std::move(record), routed);
}

// A branch that the ledger does not know: its pipelines' executions tell what they have seen.
class FirstLook {
 public:
  FirstLook(const Session& session, std::string branch, std::string head)
      : session_(session), branch_(std::move(branch)), head_(std::move(head)) {}

  net::aw<Result<void>> Run(Routed& routed) {
    for (const std::string& pipeline : PipelinesOf(session_.settings(), branch_))
      TL_CO_DO(co_await LookAt(pipeline, routed));
    BranchRecord record = NewRecord();
    const Ledger ledger(session_);
    TL_CO_TRY(const bool written, co_await ledger.WriteBranch(record));
    if (!written) {
      routed.notes.push_back("a push is being routed right now");
      co_return Result<void>();
    }
    co_await StartAndMark(session_, missing_, std::move(record), routed);
    co_return Result<void>();
  }

 private:
  net::aw<Result<void>> LookAt(std::string pipeline, Routed& routed) {
    TL_CO_TRY(const Seen seen, co_await CommitsSeen(session_, pipeline));
    if (!seen) {
      routed.skipped.push_back({.what = pipeline,
                                .why = "there is no such pipeline: deploy the tooling stack again "
                                       "('trunkline bootstrap')"});
    } else if (std::ranges::find(*seen, head_) != seen->end()) {
      routed.skipped.push_back({.what = pipeline, .why = "it has seen this commit"});
    } else if (seen->empty() || co_await Concerns(seen->front(), pipeline)) {
      missing_.push_back(std::move(pipeline));
    } else {
      routed.skipped.push_back(
          {.what = pipeline, .why = "nothing of its project changed since it ran"});
    }
    co_return Result<void>();
  }

  net::aw<bool> Concerns(std::string base, std::string pipeline) {
    auto known = changes_.find(base);
    if (known == changes_.end()) {
      Changes changes = co_await ChangesBetween(session_, base, head_);
      known = changes_.emplace(base, std::move(changes)).first;
    }
    const Decision decision = Decide(session_.settings(), branch_, known->second);
    co_return std::ranges::find(decision.pipelines, pipeline) != decision.pipelines.end();
  }

  BranchRecord NewRecord() const {
    const std::string key = KeyOf(HeadPush(session_, branch_, "", head_));
    const auto now =
        std::chrono::floor<std::chrono::seconds>(session_.clock().Now()).time_since_epoch();
    BranchRecord record;
    record.branch = branch_;
    record.after = head_;
    for (const std::string& pipeline : missing_) {
      record.pipelines[pipeline] = {.commit = head_,
                                    .token = TokenOf(key, pipeline, head_),
                                    .execution = {},
                                    .since = now.count()};
    }
    return record;
  }

  const Session& session_;
  std::string branch_;
  std::string head_;
  std::map<std::string, Changes> changes_;  // since a commit
  std::vector<std::string> missing_;
};

net::aw<Result<Routed>> ReconcileHead(const Session& session, std::string branch,
                                      std::string head) {
  const Ledger ledger(session);
  TL_CO_TRY(BranchRecord record, co_await ledger.ReadBranch(branch));
  Routed routed;
  routed.branch = branch;
  routed.environment = session.settings().EnvironmentOf(branch);
  routed.commit = head;
  if (!record.known()) {
    FirstLook look(session, branch, head);
    TL_CO_DO(co_await look.Run(routed));
  } else if (record.after == head) {
    co_await StartAbandoned(session, std::move(record), routed);
  } else {
    Push push = HeadPush(session, branch, record.after, head);
    // Each visit of a commit is one of its own, even if the branch goes back and forth.
    std::string key = ToHex(Sha256(fmt::format("{}\n{}", KeyOf(push), record.version)));
    co_return co_await Route(session, std::move(push), std::move(key));
  }
  co_return routed;
}

net::aw<json::Object> ReconcileBranch(const Session& session, std::string branch) {
  const Result<std::string> head = co_await HeadOf(session, branch);
  if (!head && head.error().kind() == ErrorKind::kNotFound) {
    json::Object none{{"ok", true}, {"branch", branch}, {"message", head.error().message()}};
    co_return none;
  }
  Result<Routed> routed = head ? Result<Routed>(Routed()) : Result<Routed>(head.error());
  if (head) routed = co_await ReconcileHead(session, branch, *head);
  if (routed) co_return ToJson(*routed);
  json::Object failed{{"ok", false}, {"branch", branch}, {"message", routed.error().message()}};
  co_return failed;
}

}  // namespace

net::aw<json::Object> Reconcile(const Session& session) {
  json::Array branches;
  bool ok = true;
  for (const std::string& branch : session.settings().RoutedBranches()) {
    json::Object done = co_await ReconcileBranch(session, branch);
    ok = ok && done.GetBool("ok");
    branches.emplace_back(std::move(done));
  }
  json::Object report{{"ok", ok}, {"branches", std::move(branches)}};
  co_return report;
}

}  // namespace trunkline::functions::router
