#include "cloud/services/logs/subscriptions.h"

#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/job_kinds.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/filters.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::size_t kMostFilters = 2;  // of a log group (CloudWatch Logs quotas)

// Before the group is looked for; seen in recordings of the service.
Answer<Arn> ReadDestination(const Context& context, const json::Object& input) {
  const auto arn = ParseArn(input.GetString("destinationArn"));
  if (!arn) return BadParameter("The destinationArn is not a valid ARN.");
  const bool role = input.Has("roleArn");
  if (arn->service == "lambda" && arn->account != context.caller.account) {
    return ServiceError("AccessDeniedException",
                        "Cross-account lambda invocation passing is not allowed. You must use "
                        "DestinationPolicies to create cross account lambda triggers.");
  }
  if ((arn->service == "kinesis" || arn->service == "firehose") && !role) {
    return BadParameter(
        fmt::format("destinationArn for vendor {} cannot be used without roleArn", arn->service));
  }
  if (arn->service != "lambda") {
    return BadParameter(
        fmt::format("subscription destinations of the service '{}' are not implemented by the "
                    "embedded cloud: expected a Lambda function",
                    arn->service));
  }
  if (role) return BadParameter("destinationArn for vendor lambda cannot be used with roleArn");
  return *arn;
}

// A function that logs into the group would be invoked by its own log, for ever.
Answer<void> CheckNoLoop(Context& context, const Arn& function, std::string_view function_arn,
                         std::string_view group) {
  const auto configuration =
      context.CallAs(RootCaller(function.account), function.region, "lambda",
                     "GetFunctionConfiguration", {{"FunctionName", function_arn}});
  if (!configuration) return {};
  const std::string standard =
      fmt::format("/aws/lambda/{}", configuration->GetString("FunctionName"));
  if (configuration->GetObject("LoggingConfig").GetString("LogGroup", standard) != group) return {};
  return BadParameter(
      "The log group provided is reserved for the function log of the destination function.");
}

Answer<> PutSubscriptionFilter(Context& context, const json::Object& input) {
  TL_TRY(const Arn destination, ReadDestination(context, input));
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  TL_DO(CheckFilterPattern(input.GetString("filterPattern")));
  const std::string_view function = input.GetString("destinationArn");
  TL_DO(CheckNoLoop(context, destination, function, group.id));
  if (!MayInvokeFor(context, function, group.id)) {
    return BadParameter(
        "Could not execute the lambda function. Make sure you have given CloudWatch Logs "
        "permission to execute your function.");
  }
  json::Object body{{"filterName", input.GetString("filterName")},
                    {"logGroupName", group.id},
                    {"filterPattern", input.GetString("filterPattern")},
                    {"destinationArn", function},
                    {"distribution", input.GetString("distribution", "ByLogStream")},
                    {"applyOnTransformedLogs", input.GetBool("applyOnTransformedLogs")}};
  body.SetIfNotEmpty("fieldSelectionCriteria", input.GetString("fieldSelectionCriteria"));
  if (input.Has("emitSystemFields")) body.Set("emitSystemFields", input.At("emitSystemFields"));
  return PutFilter(context, kSubscription, input, std::move(body), kMostFilters);
}

Answer<> DeleteSubscriptionFilter(Context& context, const json::Object& input) {
  return DeleteFilter(context, kSubscription, input, "subscription filter");
}

Answer<> DescribeSubscriptionFilters(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  return DescribeFilters(
      context, input,
      {.kind = kSubscription, .group = group.id, .list = "subscriptionFilters", .keep = {}});
}

constexpr Operation kOperations[] = {
    {.name = "DeleteSubscriptionFilter", .handle = DeleteSubscriptionFilter},
    {.name = "DescribeSubscriptionFilters", .handle = DescribeSubscriptionFilters},
    {.name = "PutSubscriptionFilter", .handle = PutSubscriptionFilter},
};
static_assert(InOrder(kOperations));

}  // namespace

void SendToSubscriptions(Context& context, std::string_view group, std::string_view stream,
                         std::string_view batch) {
  for (const Record* filter : context.store.List(context.RegionScope(), kSubscription, group)) {
    json::Object payload{
        {"Filter", filter->id}, {"Stream", stream}, {"Batch", batch}, {"First", 0}, {"Attempt", 0}};
    context.jobs.ScheduleAt(context, kDeliverLogEventsJob, std::move(payload), context.Now());
  }
}

bool MayInvokeFor(Context& context, std::string_view function_arn, std::string_view group) {
  return MayInvoke(context, function_arn, "logs.amazonaws.com", GroupArn(context, group) + ":*");
}

constinit const Family kSubscriptionOperations = kOperations;

}  // namespace trunkline::cloud::logs
