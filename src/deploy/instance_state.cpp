#include "deploy/instance_state.h"

namespace trunkline::deploy {
namespace {

std::string FailureReason(const Session& session, const json::Object& instance) {
  return fmt::format(
      "Amazon Connect could not create instance '{}': {}; delete it (trunkline aws connect "
      "delete-instance) and deliver again",
      session.target.instance_name,
      instance.GetObject("StatusReason").GetString("Message", "it gave no reason"));
}

InstanceState StateOf(const Session& session) {
  const LiveResource& instance = *session.live.instance();
  return {.status = std::string(instance.body.GetString("InstanceStatus")),
          .reason = {},
          .id = instance.id,
          .arn = instance.arn};
}

}  // namespace

net::aw<Result<InstanceState>> FindInstance(Session& session) {
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
    co_return StateOf(session);
  }
  co_return InstanceState();
}

net::aw<Result<InstanceState>> DescribeInstance(Session& session) {
  json::Object input{{"InstanceId", session.live.InstanceId()}};
  TL_CO_TRY(const json::Object answer,
            co_await session.Call("connect", "DescribeInstance", std::move(input)));
  const json::Object& described = answer.GetObject("Instance");
  LiveResource instance = *session.live.instance();
  instance.body = described;
  session.live.Put("instance", session.target.instance_name, std::move(instance));
  InstanceState state = StateOf(session);
  if (state.status == "CREATION_FAILED") state.reason = FailureReason(session, described);
  co_return state;
}

net::aw<Result<InstanceState>> CreateInstance(Session& session, std::string token) {
  json::Object input{
      {"InstanceAlias", session.target.instance_name},
      {"IdentityManagementType", session.target.center.instance->identity_management.value},
      {"InboundCallsEnabled", true},
      {"OutboundCallsEnabled", true},
      {"Tags", TagsFor({}, "")}};
  input.SetIfNotEmpty("ClientToken", token);
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "CreateInstance", std::move(input)));
  LiveResource instance{.id = std::string(made.GetString("Id")),
                        .arn = std::string(made.GetString("Arn")),
                        .tags = {},
                        .body = {}};
  instance.body.Set("InstanceStatus", "CREATION_IN_PROGRESS");
  session.live.Put("instance", session.target.instance_name, std::move(instance));
  co_return StateOf(session);
}

}  // namespace trunkline::deploy
