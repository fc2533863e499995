#include <algorithm>

#include "deploy/instance_state.h"
#include "deploy/list.h"
#include "net/timers.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadInstance(Session& session) {
  TL_CO_DO(co_await FindInstance(session));
  co_return Result<void>();
}

void PlanInstance(const Target& target, const Live& live, Plan& plan) {
  const LiveResource* there = live.instance();
  const std::string_view status = there == nullptr ? "" : there->body.GetString("InstanceStatus");
  if (status == "ACTIVE") {
    ++plan.unchanged;
    return;
  }
  if (status == "CREATION_FAILED") {
    plan.findings.push_back({.code = "TL-D001",
                             .message = fmt::format("instance '{}' exists, but its creation failed",
                                                    target.instance_name),
                             .hint = "delete it (connect delete-instance) and apply again",
                             .place = target.center.instance->alias.place});
    return;
  }
  plan.changes.push_back({.kind = "instance",
                          .name = target.instance_name,
                          .action = there == nullptr ? Action::kCreate : Action::kUpdate,
                          .why = there == nullptr ? "" : "its creation is under way"});
}

// A new instance takes a minute or two on AWS; ten minutes without an end is a failure.
constexpr Milliseconds kLimit = std::chrono::minutes(10);

net::aw<Result<void>> WaitUntilActive(Session& session) {
  Milliseconds pause{20};
  for (Milliseconds waited{0}; waited < kLimit; waited += pause) {
    TL_CO_TRY(const InstanceState now, co_await DescribeInstance(session));
    if (now.status == "ACTIVE") co_return Result<void>();
    if (now.status == "CREATION_FAILED") co_return Error(ErrorKind::kConflict, "{}", now.reason);
    co_await session.world.timers.Wait(pause);
    pause = std::min(pause * 2, Milliseconds(5000));
  }
  co_return Error(ErrorKind::kUnreached,
                  "instance '{}' is not ACTIVE after {}; apply again to go on waiting",
                  session.target.instance_name, ToDurationText(kLimit));
}

net::aw<Result<void>> ApplyInstance(Session& session, const Change& change) {
  if (change.action == Action::kCreate) {
    TL_CO_DO(co_await CreateInstance(session, ""));
    session.NoteNew("instance", change.name);
  }
  TL_CO_DO(co_await WaitUntilActive(session));
  // What every new instance has (basic hours, default prompts and flows) may be referred to by what
  // follows.
  for (const ResourceKind* kind : AllResourceKinds()) {
    if (kind->in_instance && kind->read != nullptr) TL_CO_DO(co_await kind->read(session));
  }
  co_return Result<void>();
}

// An account may create and delete 100 instances in 30 days (documented quota, both counted): a new
// one is not thrown away because something in it failed.
net::aw<Result<void>> RestoreInstance(Session& /*session*/, const Undo& undo) {
  co_return Error(ErrorKind::kConflict,
                  "instance '{}' is new and stays: Amazon Connect limits how many an account may "
                  "create and delete; 'trunkline destroy' takes it away",
                  undo.name);
}

net::aw<Result<void>> RemoveInstance(Session& session, const Change& /*change*/) {
  json::Object input{{"InstanceId", session.live.InstanceId()}};
  return Delete(session, "connect", "DeleteInstance", std::move(input));
}

}  // namespace

const ResourceKind kInstanceKind{.name = "instance",
                                 .plural = "instances",
                                 .project = "instance",
                                 .read = ReadInstance,
                                 .in_instance = false,
                                 .plan = PlanInstance,
                                 .apply = ApplyInstance,
                                 .restore = RestoreInstance,
                                 .remove = RemoveInstance};

}  // namespace trunkline::deploy
