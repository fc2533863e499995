#include "cloud/services/cloudwatch/actions.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/job_kinds.h"
#include "cloud/services/cloudwatch/region_names.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace cloudwatch {
namespace {

constexpr std::size_t kLongestSubject = 100;

ServiceError Denied(std::string_view arn) {
  return {"AccessDenied", fmt::format("CloudWatch Alarms is not authorized to perform the action "
                                      "on {}",
                                      arn)};
}

// Topics let alarms of their own account in, as long as they have the policy they were made with.
bool MayPublish(Context& context, const Change& change, const Arn& topic) {
  const std::string arn = MakeArn({topic.account, topic.region}, "sns", topic.resource);
  const access::Deputy deputy{.service = "cloudwatch.amazonaws.com",
                              .source_arn = std::string(change.alarm.body.GetString("AlarmArn")),
                              .source_account = context.caller.account};
  if (access::ServiceMay(context, deputy, "sns:Publish", arn)) return true;
  if (topic.account != context.caller.account) return false;
  const auto attributes = context.CallAs(RootCaller(topic.account), topic.region, "sns",
                                         "GetTopicAttributes", {{"TopicArn", arn}});
  return attributes &&
         attributes->GetObject("Attributes").GetString("Policy").find("__default_policy_ID") !=
             std::string_view::npos;
}

Answer<> Publish(Context& context, const Change& change, std::string_view action, const Arn& topic,
                 const json::Object& message) {
  if (!MayPublish(context, change, topic)) return Denied(action);
  std::string subject = fmt::format("{}: \"{}\" in {}", change.alarm.body.GetString("StateValue"),
                                    change.alarm.id, RegionName(context.region));
  if (subject.size() > kLongestSubject) subject.resize(kLongestSubject);
  return context.CallAs(
      RootCaller(context.caller.account), topic.region, "sns", "Publish",
      {{"TopicArn", action}, {"Subject", subject}, {"Message", json::Write(message)}});
}

Answer<> Invoke(Context& context, const Change& change, std::string_view action) {
  if (!MayInvoke(context, action, "lambda.alarms.cloudwatch.amazonaws.com",
                 change.alarm.body.GetString("AlarmArn")))
    return Denied(action);
  const json::Object& alarm = change.alarm.body;
  json::Object event{
      {"source", "aws.cloudwatch"},
      {"alarmArn", alarm.GetString("AlarmArn")},
      {"accountId", context.caller.account},
      {"time", AlarmTime(FromEpochSeconds(alarm.GetDouble("StateUpdatedTimestamp")))},
      {"region", context.region},
      {"alarmData", EventDetail(context, change)}};
  json::Object payload{{"Function", action}, {"Event", std::move(event)}};
  context.jobs.ScheduleAt(context, kInvokeForAlarmJob, std::move(payload), context.Now());
  return json::Object();
}

Answer<> Perform(Context& context, const Change& change, std::string_view action,
                 const json::Object& message) {
  const auto arn = ParseArn(action);
  if (arn && arn->service == "sns") return Publish(context, change, action, *arn, message);
  if (arn && arn->service == "lambda") return Invoke(context, change, action);
  return ServiceError("ValidationError",
                      fmt::format("actions on '{}' are not implemented by this cloud", action));
}

void NoteAction(Context& context, const Change& change, std::string_view action,
                const json::Object& message, const Answer<>& done) {
  json::Object data{{"actionState", done ? "Succeeded" : "Failed"},
                    {"notificationResource", action},
                    {"publishedMessage", message}};
  if (!done) {
    data.Remove("publishedMessage");
    data.Set("error", done.error().message);
  }
  const std::string summary =
      done ? fmt::format("Successfully executed action {}", action)
           : fmt::format("Failed to execute action {}. Received error: \"{}\"", action,
                         done.error().message);
  Note(context, change.alarm, "Action", summary.substr(0, 255), data);
}

std::string_view ActionsFor(std::string_view state) {
  if (state == "OK") return "OKActions";
  return state == "ALARM" ? "AlarmActions" : "InsufficientDataActions";
}

// A function that fails is asked as an asynchronous invocation is: its own retries and
// destinations count.
net::aw<Answer<>> InvokeForAlarm(WaitContext context, json::Object payload) {
  const std::string function(payload.GetString("Function"));
  const auto arn = ParseArn(function);
  if (!arn) co_return json::Object();
  const WaitContext there = context.As(RootCaller(arn->account), arn->region);
  json::Object input{{"FunctionName", function},
                     {"InvocationType", "Event"},
                     {"Payload", json::Write(payload.GetObject("Event"))}};
  co_return co_await there.Call("lambda", "Invoke", std::move(input));
}
constexpr WaitHandler kInvokeForAlarm{InvokeForAlarm};

}  // namespace

void Act(Context& context, const Change& change) {
  const json::Object& alarm = change.alarm.body;
  if (!alarm.GetBool("ActionsEnabled", true) || alarm.Has("ActionsSuppressedBy")) return;
  const json::Object message = MessageOf(context, change);
  for (const json::Value& action : alarm.GetArray(ActionsFor(alarm.GetString("StateValue")))) {
    const Answer<> done = Perform(context, change, action.AsString(), message);
    NoteAction(context, change, action.AsString(), message, done);
  }
}

}  // namespace cloudwatch

constinit const JobKind kInvokeForAlarmJob{.name = "cloudwatch.invoke",
                                           .wait = &cloudwatch::kInvokeForAlarm};

}  // namespace trunkline::cloud
