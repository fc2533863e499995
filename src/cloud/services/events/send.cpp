#include "cloud/services/events/send.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/services/events/publish.h"
#include "cloud/services/sts/sessions.h"

namespace trunkline::cloud::events {
namespace {

ServiceError WrongTarget(std::string_view arn) {
  return {"ValidationException", fmt::format("'{}' is not a target", arn)};
}

std::string After(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return std::string(at == std::string_view::npos ? text : text.substr(at + mark.size()));
}

// Who calls: a session of the target's role, which must be there; with --enforce-iam its
// permissions decide.
Answer<Caller> CallerOf(const WaitContext& context, const json::Object& target,
                        const std::string& account) {
  Caller caller = RootCaller(account);
  const std::string_view role_arn = target.GetString("RoleArn");
  if (role_arn.empty()) return caller;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(const sts::Role role, sts::FindRole(state, role_arn));
    caller = sts::SessionCaller(role, "events");
    return json::Object();
  }));
  return caller;
}

Answer<> CheckFunction(const WaitContext& context, const std::string& function,
                       const std::string& rule) {
  return context.State([&](Context& state) -> Answer<> {
    if (MayInvoke(state, function, "events.amazonaws.com", rule)) return json::Object();
    return ServiceError("AccessDeniedException",
                        fmt::format("the policy of {} does not let events.amazonaws.com invoke it "
                                    "for {}",
                                    function, rule));
  });
}

Answer<> SendToLogGroup(const WaitContext& context, const Delivery& delivery, const Arn& arn) {
  std::string group = After(arn.resource, "log-group:");
  if (group.ends_with(":*")) group.resize(group.size() - 2);
  const std::string stream(delivery.event.GetString("id"));
  json::Object made{{"logGroupName", group}, {"logStreamName", stream}};
  TL_DO(context.Dispatch("logs", "CreateLogStream", made));
  json::Object line{{"timestamp", context.clock().Now().time_since_epoch().count()},
                    {"message", delivery.input}};
  made.Set("logEvents", json::Array{std::move(line)});
  return context.Dispatch("logs", "PutLogEvents", made);
}

// To another bus as the event it is.
Answer<> SendToBus(const WaitContext& context, const Delivery& delivery) {
  return context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Bus bus, FindBus(state, delivery.target.GetString("Arn")));
    Publish(state, bus, delivery.event);
    return json::Object();
  });
}

json::Object QueueInput(const WaitContext& context, const Delivery& delivery, const Arn& arn) {
  json::Object input{
      {"QueueUrl", fmt::format("{}/{}/{}", context.endpoint(), arn.account, arn.resource)},
      {"MessageBody", delivery.input}};
  const std::string_view group =
      delivery.target.GetObject("SqsParameters").GetString("MessageGroupId");
  if (!group.empty()) {
    input.Set("MessageGroupId", group);
    input.Set("MessageDeduplicationId", delivery.event.GetString("id"));
  }
  return input;
}

// The input may override what a build starts with (environmentVariablesOverride and so on).
json::Object BuildInput(const Delivery& delivery, const Arn& arn) {
  json::Object input;
  const auto parsed = json::Parse(delivery.input);
  const bool given = delivery.target.Has("Input") || delivery.target.Has("InputTransformer");
  if (given && parsed && parsed->IsObject()) input = parsed->AsObject();
  input.Set("projectName", After(arn.resource, "project/"));
  return input;
}

}  // namespace

net::aw<Answer<>> SendTo(WaitContext context, Delivery delivery) {
  const std::string target(delivery.target.GetString("Arn"));
  const auto arn = ParseArn(target);
  if (!arn) co_return WrongTarget(target);
  if (arn->resource.starts_with("api-destination/"))
    co_return co_await SendToDestination(context, std::move(delivery));
  TL_CO_TRY(Caller caller, CallerOf(context, delivery.target, arn->account));
  const WaitContext there = context.As(std::move(caller), arn->region);
  if (arn->service == "events") co_return SendToBus(context, delivery);
  if (arn->service == "logs") co_return SendToLogGroup(there, delivery, *arn);
  json::Object input;
  std::string operation;
  std::string service = arn->service;
  if (service == "lambda") {
    TL_CO_DO(CheckFunction(context, target, delivery.rule_arn));
    operation = "Invoke";
    input = {{"FunctionName", target}, {"InvocationType", "Event"}, {"Payload", delivery.input}};
  } else if (service == "sns") {
    operation = "Publish";
    input = {{"TopicArn", target}, {"Message", delivery.input}};
  } else if (service == "sqs") {
    operation = "SendMessage";
    input = QueueInput(there, delivery, *arn);
  } else if (service == "states") {
    service = "stepfunctions";
    operation = "StartExecution";
    input = {{"stateMachineArn", target}, {"input", delivery.input}};
  } else if (service == "codebuild") {
    operation = "StartBuild";
    input = BuildInput(delivery, *arn);
  } else if (service == "codepipeline") {
    operation = "StartPipelineExecution";
    input = {{"name", arn->resource}};
  } else {
    co_return WrongTarget(target);
  }
  co_return co_await there.Call(std::move(service), std::move(operation), std::move(input));
}

}  // namespace trunkline::cloud::events
