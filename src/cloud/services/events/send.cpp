#include "cloud/services/events/send.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/services/events/publish.h"

namespace trunkline::cloud::events {
namespace {

ServiceError WrongTarget(std::string_view arn) {
  return {"ValidationException", fmt::format("'{}' is not a target", arn)};
}

std::string After(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return std::string(at == std::string_view::npos ? text : text.substr(at + mark.size()));
}

access::Deputy For(const Delivery& delivery) {
  return {.service = delivery.service, .source_arn = delivery.rule_arn, .source_account = {}};
}

// Who calls: a session of the target's role, which must trust the service; with --enforce-iam its
// permissions decide.
Answer<Caller> CallerOf(const WaitContext& context, const Delivery& delivery,
                        const std::string& account) {
  Caller caller = RootCaller(account);
  const std::string_view role_arn = delivery.target.GetString("RoleArn");
  if (role_arn.empty()) return caller;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const std::string_view session = delivery.service.substr(0, delivery.service.find('.'));
    TL_TRY(caller, access::ActAs(state, For(delivery), role_arn, session));
    return json::Object();
  }));
  return caller;
}

// Functions, queues and topics let the service in by their own policies, where no role calls.
Answer<> CheckPolicy(const WaitContext& context, const Delivery& delivery,
                     std::string_view action) {
  if (delivery.target.Has("RoleArn")) return json::Object();
  return context.State([&](Context& state) -> Answer<> {
    const std::string_view target = delivery.target.GetString("Arn");
    if (access::ServiceMay(state, For(delivery), action, target)) return json::Object();
    return ServiceError("AccessDeniedException",
                        fmt::format("the policy of {} does not allow events.amazonaws.com {} for "
                                    "{}",
                                    target, action, delivery.rule_arn));
  });
}

// Resource policies name the service, or the one that delivers logs of all services.
Answer<> CheckLogPolicies(const WaitContext& context, const Delivery& delivery,
                          const std::string& stream_arn) {
  return context.State([&](Context& state) -> Answer<> {
    access::Deputy deputy = For(delivery);
    for (const std::string_view service : {"events.amazonaws.com", "delivery.logs.amazonaws.com"}) {
      deputy.service = service;
      if (access::ServiceMay(state, deputy, "logs:PutLogEvents", stream_arn)) return json::Object();
    }
    return ServiceError("AccessDeniedException",
                        fmt::format("no resource policy of CloudWatch Logs lets "
                                    "events.amazonaws.com write to {} for {}",
                                    stream_arn, delivery.rule_arn));
  });
}

Answer<> SendToLogGroup(const WaitContext& context, const Delivery& delivery, const Arn& arn) {
  std::string group = After(arn.resource, "log-group:");
  if (group.ends_with(":*")) group.resize(group.size() - 2);
  const std::string stream(delivery.event.GetString("id"));
  TL_DO(CheckLogPolicies(context, delivery,
                         fmt::format("arn:aws:logs:{}:{}:log-group:{}:log-stream:{}", arn.region,
                                     arn.account, group, stream)));
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
  TL_CO_TRY(Caller caller, CallerOf(context, delivery, arn->account));
  const WaitContext there = context.As(std::move(caller), arn->region);
  if (arn->service == "events") co_return SendToBus(context, delivery);
  if (arn->service == "logs") co_return SendToLogGroup(there, delivery, *arn);
  json::Object input;
  std::string operation;
  std::string service = arn->service;
  if (service == "lambda") {
    TL_CO_DO(CheckPolicy(context, delivery, "lambda:InvokeFunction"));
    operation = "Invoke";
    input = {{"FunctionName", target}, {"InvocationType", "Event"}, {"Payload", delivery.input}};
  } else if (service == "sns") {
    TL_CO_DO(CheckPolicy(context, delivery, "sns:Publish"));
    operation = "Publish";
    input = {{"TopicArn", target}, {"Message", delivery.input}};
  } else if (service == "sqs") {
    TL_CO_DO(CheckPolicy(context, delivery, "sqs:SendMessage"));
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
