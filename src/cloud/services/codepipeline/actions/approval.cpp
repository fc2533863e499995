// Approval / Manual: waits for PutApprovalResult, and tells a topic about it.
#include "base/json_write.h"
#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr Milliseconds kDefaultLimit = std::chrono::days(7);

std::string Link(const ActionOrder& order, std::string_view rest) {
  return fmt::format(
      "https://console.aws.amazon.com/codesuite/codepipeline/pipelines/{}/view?region={}{}",
      order.pipeline, order.context.region(), rest);
}

Milliseconds LimitOf(const json::Object& declaration) {
  if (!declaration.Has("timeoutInMinutes")) return kDefaultLimit;
  return std::chrono::minutes(declaration.GetInt("timeoutInMinutes"));
}

// "yyyy-MM-ddTHH:mmZ", as the service writes it.
std::string Expiry(const ActionOrder& order) {
  const std::string time = ToIso8601(order.context.clock().Now() + LimitOf(order.declaration));
  return time.substr(0, 16) + "Z";
}

std::string Message(const ActionOrder& order, std::string_view token) {
  json::Object approval{
      {"pipelineName", order.pipeline},
      {"stageName", order.stage},
      {"actionName", order.name},
      {"token", token},
      {"expires", Expiry(order)},
      {"externalEntityLink", order.configuration.Has("ExternalEntityLink")
                                 ? json::Value(order.Get("ExternalEntityLink"))
                                 : json::Value()},
      {"approvalReviewLink",
       Link(order, fmt::format("#/{}/{}/approve/{}", order.stage, order.name, token))},
      {"customData", order.configuration.Has("CustomData") ? json::Value(order.Get("CustomData"))
                                                           : json::Value()}};
  return json::Write(json::Object{{"region", order.context.region()},
                                  {"consoleLink", Link(order, "")},
                                  {"approval", std::move(approval)}});
}

// The same token when the action is run again after a restart.
std::string KeepToken(const ActionOrder& order) {
  std::string token;
  (void)order.context.State([&](Context& state) -> Answer<> {
    const Record* found = state.store.Find(state.RegionScope(), kAction, order.id);
    if (!found) return json::Object();
    Record record = *found;
    token = record.body.GetString("Token");
    if (token.empty()) token = NewUuid(state.random);
    record.body.Set("Token", token);
    state.store.Put(state.RegionScope(), kAction, std::move(record));
    return json::Object();
  });
  return token;
}

net::aw<ActionOutcome> RunApproval(ActionOrder order) {
  const std::string token = KeepToken(order);
  const std::string topic = order.Get("NotificationArn");
  if (topic.empty()) co_return ActionOutcome::Pending();
  // An SNS subject has at most 100 characters.
  const std::string subject =
      fmt::format("APPROVAL NEEDED: AWS CodePipeline {} for action {}", order.pipeline, order.name)
          .substr(0, 100);
  json::Object input{{"TopicArn", topic}, {"Subject", subject}};
  input.Set("Message", Message(order, token));
  const Answer<> sent = co_await order.actor.Call("sns", "Publish", std::move(input));
  if (!sent) co_return sent.error();
  co_return ActionOutcome::Pending();
}

constexpr Setting kSettings[] = {
    {"NotificationArn", false}, {"CustomData", false}, {"ExternalEntityLink", false}};

}  // namespace

constinit const ActionKind kApprovalAction{.category = "Approval",
                                           .provider = "Manual",
                                           .settings = kSettings,
                                           .inputs = {0, 0},
                                           .outputs = {0, 0},
                                           .time_limit = kDefaultLimit,
                                           .run = RunApproval,
                                           .has_variables = false};

}  // namespace trunkline::cloud::codepipeline
