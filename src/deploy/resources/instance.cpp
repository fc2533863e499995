#include <algorithm>

#include "deploy/list.h"
#include "net/timers.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadInstance(Session& session) {
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("connect", "ListInstances", json::Object()));
  for (const json::Value& item : listed.GetArray("InstanceSummaryList")) {
    const json::Object& body = item.AsObject();
    if (body.GetString("InstanceAlias") != session.target.instance_name) continue;
    LiveResource instance{.id = std::string(body.GetString("Id")),
                          .arn = std::string(body.GetString("Arn")),
                          .tags = {},
                          .body = body};
    session.live.Put("instance", session.target.instance_name, std::move(instance));
  }
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

net::aw<Result<void>> Create(Session& session) {
  json::Object input{
      {"InstanceAlias", session.target.instance_name},
      {"IdentityManagementType", session.target.center.instance->identity_management.value},
      {"InboundCallsEnabled", true},
      {"OutboundCallsEnabled", true},
      {"Tags", TagsFor({}, "")}};
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "CreateInstance", std::move(input)));
  LiveResource instance{.id = std::string(made.GetString("Id")),
                        .arn = std::string(made.GetString("Arn")),
                        .tags = {},
                        .body = {}};
  session.live.Put("instance", session.target.instance_name, std::move(instance));
  co_return Result<void>();
}

// A new instance takes a minute or two on AWS; ten minutes without an end is a failure.
constexpr Milliseconds kLimit = std::chrono::minutes(10);

net::aw<Result<void>> WaitUntilActive(Session& session) {
  const std::string id = session.live.InstanceId();
  Milliseconds pause{20};
  for (Milliseconds waited{0}; waited < kLimit; waited += pause) {
    json::Object input{{"InstanceId", id}};
    TL_CO_TRY(const json::Object answer,
              co_await session.Call("connect", "DescribeInstance", std::move(input)));
    const json::Object& instance = answer.GetObject("Instance");
    const std::string_view status = instance.GetString("InstanceStatus");
    if (status == "ACTIVE") {
      LiveResource active = *session.live.instance();
      active.body = instance;
      session.live.Put("instance", session.target.instance_name, std::move(active));
      co_return Result<void>();
    }
    if (status == "CREATION_FAILED") {
      co_return Error(ErrorKind::kConflict, "Amazon Connect could not create instance '{}': {}",
                      session.target.instance_name,
                      instance.GetObject("StatusReason").GetString("Message", "it gave no reason"));
    }
    co_await session.world.timers.Wait(pause);
    pause = std::min(pause * 2, Milliseconds(5000));
  }
  co_return Error(ErrorKind::kUnreached,
                  "instance '{}' is not ACTIVE after {}; apply again to go on waiting",
                  session.target.instance_name, ToDurationText(kLimit));
}

net::aw<Result<void>> ApplyInstance(Session& session, const Change& change) {
  if (change.action == Action::kCreate) TL_CO_DO(co_await Create(session));
  TL_CO_DO(co_await WaitUntilActive(session));
  // What every new instance has (basic hours, default prompts and flows) may be referred to by what
  // follows.
  for (const ResourceKind* kind : AllResourceKinds()) {
    if (kind->in_instance && kind->read != nullptr) TL_CO_DO(co_await kind->read(session));
  }
  co_return Result<void>();
}

}  // namespace

const ResourceKind kInstanceKind{.name = "instance",
                                 .plural = "instances",
                                 .project = "instance",
                                 .read = ReadInstance,
                                 .in_instance = false,
                                 .plan = PlanInstance,
                                 .apply = ApplyInstance};

}  // namespace trunkline::deploy
