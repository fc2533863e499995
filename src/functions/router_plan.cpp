#include "functions/router_plan.h"

#include <algorithm>

namespace trunkline::functions::router {
namespace {

// Longer than any invocation of the router takes.
constexpr std::chrono::minutes kAbandoned{2};

std::int64_t SecondsOf(TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

bool Contains(const std::vector<std::string>& list, std::string_view what) {
  return std::ranges::find(list, what) != list.end();
}

class Planner {
 public:
  Planner(const Settings& settings, const BranchRecord& record, const Routing& routing)
      : settings_(settings), record_(record), routing_(routing) {
    plan_.record = record;
    plan_.record.branch = routing.push.branch();
    plan_.commit = newer() ? routing.push.after : record.after;
  }

  RoutePlan Make() {
    const std::string branch(routing_.push.branch());
    Decision decision = Decide(settings_, branch, routing_.changes);
    std::vector<std::string> wanted = std::move(decision.pipelines);
    plan_.ignored = std::move(decision.ignored);
    AddLeftOver(wanted);
    for (const std::string& pipeline : PipelinesOf(settings_, branch)) {
      if (Contains(wanted, pipeline)) Want(pipeline);
    }
    for (Left& left : decision.skipped) {
      if (!Contains(wanted, left.what)) plan_.skipped.push_back(std::move(left));
    }
    if (newer()) Move();
    if (IsBackAgain()) {
      plan_.record.before = routing_.push.before;
      plan_.record.pushed = routing_.push.pushed;
      plan_.moves = true;
    }
    return std::move(plan_);
  }

 private:
  bool newer() const { return routing_.order == Order::kNewer; }

  // Away and back, of which we heard only the second: what comes from between is older.
  bool IsBackAgain() const {
    return routing_.order == Order::kSame && routing_.push.pushed > record_.pushed;
  }

  // What earlier pushes wanted and nobody started; and of this push, when it was begun before.
  void AddLeftOver(std::vector<std::string>& wanted) const {
    for (std::string& pipeline : Abandoned(settings_, record_, routing_.now))
      wanted.push_back(std::move(pipeline));
    if (newer()) return;
    for (const auto& [pipeline, mark] : record_.pipelines) {
      if (mark.token == TokenOf(routing_.key, pipeline, mark.commit)) wanted.push_back(pipeline);
    }
  }

  void Want(const std::string& pipeline) {
    Mark& mark = plan_.record.pipelines[pipeline];
    const std::string token = TokenOf(routing_.key, pipeline, plan_.commit);
    const bool there = !newer() && mark.commit == plan_.commit;
    if (there && mark.token != token && !mark.execution.empty()) {
      plan_.skipped.push_back({.what = pipeline,
                               .why = fmt::format("it was started for {} already, which has this "
                                                  "push's changes",
                                                  plan_.commit.substr(0, 12))});
      return;
    }
    plan_.to_start.push_back(pipeline);
    if (there) return;  // its own token, or that of who may be starting it right now
    mark = {
        .commit = plan_.commit, .token = token, .execution = {}, .since = SecondsOf(routing_.now)};
    plan_.moves = true;
  }

  void Move() {
    plan_.record.before = routing_.push.before;
    plan_.record.after = routing_.push.after;
    plan_.record.pushed = routing_.push.pushed;
    plan_.moves = true;
  }

  const Settings& settings_;
  const BranchRecord& record_;
  const Routing& routing_;
  RoutePlan plan_;
};

}  // namespace

RoutePlan MakePlan(const Settings& settings, const BranchRecord& record, const Routing& routing) {
  return Planner(settings, record, routing).Make();
}

std::vector<std::string> Abandoned(const Settings& settings, const BranchRecord& record,
                                   TimePoint now) {
  std::vector<std::string> pipelines;
  for (const std::string& pipeline : PipelinesOf(settings, record.branch)) {
    const auto mark = record.pipelines.find(pipeline);
    if (mark == record.pipelines.end() || !mark->second.execution.empty()) continue;
    if (mark->second.since < SecondsOf(now - kAbandoned)) pipelines.push_back(pipeline);
  }
  return pipelines;
}

}  // namespace trunkline::functions::router
