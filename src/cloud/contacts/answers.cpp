#include "cloud/contacts/answers.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/callers.h"
#include "cloud/services/connect/foreign_arns.h"
#include "cloud/within.h"
#include "sim/bot_result.h"

namespace trunkline::cloud::contacts {
namespace {

using connect::BotAliasArn;
using connect::FunctionArn;

// A bot answers at once or not at all: its code hook has 30 seconds.
constexpr Milliseconds kBotLimit = std::chrono::seconds(35);

json::Object NameOf(const FunctionArn& arn) {
  json::Object input{{"FunctionName", arn.name}};
  input.SetIfNotEmpty("Qualifier", arn.qualifier);
  return input;
}

bool MayInvoke(const WaitContext& context, std::string_view function_arn,
               const std::string& instance_arn) {
  bool may = false;
  static_cast<void>(context.State([&](Context& state) -> Answer<> {
    const access::Deputy deputy{.service = "connect.amazonaws.com",
                                .source_arn = instance_arn,
                                .source_account = context.caller().account};
    may = access::ServiceMay(state, deputy, "lambda:InvokeFunction", function_arn);
    return json::Object();
  }));
  return may;
}

sim::LambdaAnswered Failed(const sim::InvokeLambda& asked, std::string why) {
  return {.request = asked.request,
          .outcome = sim::LambdaAnswered::Outcome::kError,
          .error = std::move(why)};
}

// Type and message of the error a function ended with; its stack is in the function's log.
std::string WhyItFailed(std::string_view payload) {
  const auto read = json::Parse(payload);
  const json::Object none;
  const json::Object& error = read && read->IsObject() ? read->AsObject() : none;
  const std::string_view type = error.GetString("errorType");
  const std::string_view message = error.GetString("errorMessage");
  if (type.empty() && message.empty()) return std::string(payload);
  return fmt::format("{}{}{}", type, type.empty() || message.empty() ? "" : ": ", message);
}

sim::LambdaAnswered Answered(const sim::InvokeLambda& asked, const std::optional<Answer<>>& answer,
                             Milliseconds took) {
  sim::LambdaAnswered event{.request = asked.request, .took = took};
  if (!answer) {
    event.outcome = sim::LambdaAnswered::Outcome::kTimedOut;
  } else if (!*answer) {
    event = Failed(asked, answer->error().message);
  } else if ((*answer)->Has("FunctionError")) {
    event = Failed(asked, WhyItFailed((*answer)->GetString("Payload")));
  } else {
    event.payload = (*answer)->GetString("Payload");
  }
  return event;
}

}  // namespace

net::aw<sim::LambdaAnswered> AnswerLambda(WaitContext context, std::string instance_arn,
                                          sim::InvokeLambda asked) {
  const auto arn = connect::ParseFunctionArn(asked.arn);
  if (!arn) co_return Failed(asked, fmt::format("'{}' is not the ARN of a function", asked.arn));
  const WaitContext there = context.As(RootCaller(arn->account), arn->region);
  if (!MayInvoke(context, asked.arn, instance_arn)) {
    co_return Failed(
        asked, fmt::format("function '{}' does not exist or does not let the instance invoke it",
                           asked.arn));
  }
  json::Object input = NameOf(*arn);
  input.Set("InvocationType", asked.asynchronous ? "Event" : "RequestResponse");
  input.Set("Payload", json::Write(asked.payload));
  const TimePoint began = context.clock().Now();
  const auto answer = co_await CallWithin(there, "lambda", "Invoke", std::move(input), asked.limit);
  co_return Answered(asked, answer, context.clock().Now() - began);
}

net::aw<sim::BotAnswered> AnswerBot(WaitContext context, sim::AskBot asked) {
  sim::BotAnswered failed{.request = asked.request};
  const auto arn = connect::ParseBotAliasArn(asked.alias_arn);
  if (!arn) {
    failed.error = fmt::format("'{}' is not the ARN of a bot alias", asked.alias_arn);
    co_return failed;
  }
  json::Object input{{"botId", arn->bot},
                     {"botAliasId", arn->alias},
                     {"localeId", asked.locale},
                     {"sessionId", asked.session_id},
                     // A caller who says nothing is heard as a blank: the wire takes no empty text.
                     {"text", asked.text.empty() ? " " : asked.text}};
  input.Set("sessionState", json::Object{{"sessionAttributes", asked.session_attributes}});
  input.Set("requestAttributes", asked.request_attributes);
  const WaitContext there = context.As(RootCaller(arn->account), arn->region);
  const TimePoint began = context.clock().Now();
  const auto answer =
      co_await CallWithin(there, "lexv2-runtime", "RecognizeText", std::move(input), kBotLimit);
  if (!answer || !*answer) {
    failed.error =
        answer ? answer->error().message : fmt::format("bot '{}' did not answer", asked.name);
    co_return failed;
  }
  sim::BotAnswered event = sim::AnswerOfRecognizeText(**answer);
  event.request = asked.request;
  event.took = context.clock().Now() - began;
  co_return event;
}

}  // namespace trunkline::cloud::contacts
