// Whom the end of an asynchronous invocation is told: destinations, and dead-letter queues.
#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/services/lambda/asynchronous.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {
namespace {

json::Value Parsed(const std::string& text) {
  if (text.empty()) return json::Object();
  Result<json::Value> parsed = json::Parse(text);
  if (parsed) return std::move(*parsed);
  return text;
}

// Documented: "Adding a destination" of Lambda's developer guide; seen.
json::Object RecordOf(const WaitContext& context, const EventInvoke& rules, const Ended& ended) {
  json::Object request{{"requestId", ended.request_id},
                       {"functionArn", rules.function_arn},
                       {"condition", ended.condition},
                       {"approximateInvokeCount", ended.count}};
  json::Object record{{"version", "1.0"},
                      {"timestamp", ToIso8601(context.clock().Now())},
                      {"requestContext", std::move(request)},
                      {"requestPayload", Parsed(ended.payload)}};
  if (ended.response.empty()) return record;
  record.Set("responseContext", ended.response);
  record.Set("responsePayload", Parsed(ended.answer));
  return record;
}

// A call that hands something over.
struct Delivery {
  std::string service;
  std::string operation;
  json::Object input;
};

std::string QueueUrlOf(const WaitContext& context, const Arn& arn) {
  return fmt::format("{}/{}/{}", context.endpoint(), arn.account, arn.resource);
}

// "aws/lambda/async/<function>/2026/11/27/2026-11-27T08.15.00-<uuid>" (documented)
std::string ObjectKey(const WaitContext& context, const EventInvoke& rules) {
  const std::string time = ToIso8601(context.clock().Now()).substr(0, 19);
  const auto function = ParseArn(rules.function_arn);
  std::string name = function ? function->resource.substr(std::string("function:").size()) : "";
  name.resize(std::min(name.find(':'), name.size()));
  std::string day = time.substr(0, 10);
  std::string stamp = time;
  for (char& c : day) c = c == '-' ? '/' : c;
  for (char& c : stamp) c = c == ':' ? '.' : c;
  return fmt::format("aws/lambda/async/{}/{}/{}-{}", name, day, stamp, NewUuid(context.random()));
}

Delivery ToBus(const EventInvoke& rules, const Ended& ended, const std::string& bus,
               const std::string& record) {
  const std::string_view end = ended.failed() ? "Failure" : "Success";
  json::Array resources{bus, rules.function_arn};
  json::Object entry{{"Source", "lambda"},
                     {"DetailType", fmt::format("Lambda Function Invocation Result - {}", end)},
                     {"Detail", record},
                     {"EventBusName", bus},
                     {"Resources", std::move(resources)}};
  json::Array entries;
  entries.push_back(std::move(entry));
  return {"events", "PutEvents", {{"Entries", std::move(entries)}}};
}

Delivery DeliveryTo(const WaitContext& context, const EventInvoke& rules, const Ended& ended,
                    const std::string& destination, const Arn& arn) {
  const std::string record = json::Write(RecordOf(context, rules, ended));
  if (arn.service == "events") return ToBus(rules, ended, destination, record);
  if (arn.service == "sqs") {
    return {
        "sqs", "SendMessage", {{"QueueUrl", QueueUrlOf(context, arn)}, {"MessageBody", record}}};
  }
  if (arn.service == "sns")
    return {"sns", "Publish", {{"TopicArn", destination}, {"Message", record}}};
  if (arn.service == "lambda") {
    return {"lambda",
            "Invoke",
            {{"FunctionName", destination}, {"InvocationType", "Event"}, {"Payload", record}}};
  }
  return {"s3",
          "PutObject",
          {{"Bucket", arn.resource},
           {"Key", ObjectKey(context, rules)},
           {"Body", record},
           {"ContentType", "application/json"}}};
}

json::Object Attribute(std::string_view type, std::string_view text) {
  constexpr std::size_t kMost = 1024;
  return {{"DataType", type}, {"StringValue", text.empty() ? "-" : text.substr(0, kMost)}};
}

// The event as it came, and why it is here.
Delivery ToDeadLetters(const WaitContext& context, const Ended& ended, const std::string& target,
                       const Arn& arn) {
  const json::Value answer = Parsed(ended.answer);
  const std::string_view message =
      answer.IsObject() ? answer.AsObject().GetString("errorMessage") : std::string_view();
  json::Object attributes{
      {"RequestID", Attribute("String", ended.request_id)},
      {"ErrorCode", Attribute("Number", ended.response.empty() ? "429" : "200")},
      {"ErrorMessage", Attribute("String", message)}};
  const std::string payload = ended.payload.empty() ? "{}" : ended.payload;
  if (arn.service == "sqs") {
    return {"sqs",
            "SendMessage",
            {{"QueueUrl", QueueUrlOf(context, arn)},
             {"MessageBody", payload},
             {"MessageAttributes", std::move(attributes)}}};
  }
  return {
      "sns",
      "Publish",
      {{"TopicArn", target}, {"Message", payload}, {"MessageAttributes", std::move(attributes)}}};
}

// A session of the function's role: with --enforce-iam its permissions decide.
Answer<Caller> RoleOf(const WaitContext& context, const Resolved& function) {
  Caller caller;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const access::Deputy deputy{.service = "lambda.amazonaws.com",
                                .source_arn = {},
                                .source_account = state.caller.account};
    TL_TRY(caller, access::ActAs(state, deputy, function.configuration.GetString("Role"),
                                 function.configuration.GetString("FunctionName")));
    return json::Object();
  }));
  return caller;
}

net::aw<void> Deliver(WaitContext context, Caller caller, std::string region, Delivery delivery) {
  if (region.empty()) region = context.region();
  const WaitContext there = context.As(std::move(caller), std::move(region));
  const std::string what = fmt::format("{}:{}", delivery.service, delivery.operation);
  const Answer<> sent = co_await there.Call(
      std::move(delivery.service), std::move(delivery.operation), std::move(delivery.input));
  if (!sent) {
    context.log().Warn("the end of an asynchronous invocation is not told with {}: {}: {}", what,
                       sent.error().code, sent.error().message);
  }
}

}  // namespace

net::aw<void> TellDestinations(WaitContext context, Resolved function, EventInvoke rules,
                               Ended ended) {
  const std::string destination = ended.failed() ? rules.on_failure : rules.on_success;
  const std::string letters(
      function.configuration.GetObject("DeadLetterConfig").GetString("TargetArn"));
  const auto to = ParseArn(destination);
  const auto dead = ended.failed() ? ParseArn(letters) : std::nullopt;
  if (!to && !dead) co_return;
  const Answer<Caller> caller = RoleOf(context, function);
  if (!caller) {
    context.log().Warn("the end of an asynchronous invocation is not told: {}",
                       caller.error().message);
    co_return;
  }
  if (to) {
    Delivery delivery = DeliveryTo(context, rules, ended, destination, *to);
    co_await Deliver(context, *caller, to->region, std::move(delivery));
  }
  if (dead) {
    Delivery delivery = ToDeadLetters(context, ended, letters, *dead);
    co_await Deliver(context, *caller, dead->region, std::move(delivery));
  }
}

}  // namespace trunkline::cloud::lambda
