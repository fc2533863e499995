#include "cloud/services/scheduler/targets.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/dispatch.h"
#include "cloud/engine.h"
#include "cloud/services/events/send.h"
#include "cloud/services/stepfunctions/resource.h"
#include "cloud/services/stepfunctions/sdk_values.h"

namespace trunkline::cloud::scheduler {
namespace {

constexpr std::string_view kSdk = "arn:aws:scheduler:::aws-sdk:";
constexpr std::array<std::string_view, 7> kServices = {
    "codebuild", "codepipeline", "events", "lambda", "sns", "sqs", "states"};

struct SdkCall {
  std::string service;  // our model; empty: there is none
  std::string operation;
};

SdkCall ReadSdk(std::string_view arn) {
  const std::vector<std::string_view> parts = Split(arn.substr(kSdk.size()), ':');
  if (parts.size() != 2) return {};
  return {.service = std::string(stepfunctions::ModelOfSdkService(parts[0])),
          .operation = stepfunctions::SdkName(parts[1])};
}

access::Deputy For(const Call& call) {
  return {
      .service = "scheduler.amazonaws.com", .source_arn = call.schedule_arn, .source_account = {}};
}

// The event of a schedule without an input of its own.
json::Object EventOf(const WaitContext& context, const Call& call) {
  return {{"version", "0"},
          {"id", call.execution_id},
          {"detail-type", "Scheduled Event"},
          {"source", "aws.scheduler"},
          {"account", context.caller().account},
          {"time", call.time},
          {"region", context.region()},
          {"resources", json::Array{call.schedule_arn}},
          {"detail", "{}"}};
}

net::aw<Answer<>> PutEvent(WaitContext there, Call call) {
  const json::Object& how = call.target.GetObject("EventBridgeParameters");
  json::Object entry{{"EventBusName", call.target.GetString("Arn")},
                     {"Source", how.GetString("Source")},
                     {"DetailType", how.GetString("DetailType")},
                     {"Detail", call.target.GetString("Input", "{}")}};
  json::Object input{{"Entries", json::Array{std::move(entry)}}};
  Answer<> answer = co_await there.Call("events", "PutEvents", std::move(input));
  if (!answer || answer->GetInt("FailedEntryCount") == 0) co_return answer;
  const json::Object& failed = answer->GetArray("Entries")[0].AsObject();
  co_return ServiceError(failed.GetString("ErrorCode"), failed.GetString("ErrorMessage"));
}

net::aw<Answer<>> CallSdk(WaitContext there, Call call) {
  const SdkCall sdk = ReadSdk(call.target.GetString("Arn"));
  const aws::Model* model = there.engine().dispatch.models().Find(sdk.service);
  const aws::OperationRow* row = model ? model->FindOperation(sdk.operation) : nullptr;
  const auto arguments = json::Parse(call.target.GetString("Input", "{}"));
  if (!row || !arguments) co_return ServiceError("ValidationException", "The input is not JSON.");
  auto input = stepfunctions::ToServiceInput(row->input, *arguments);
  if (!input) co_return ServiceError("ValidationException", input.error().cause.value_or(""));
  co_return co_await there.Call(sdk.service, sdk.operation, std::move(*input));
}

}  // namespace

Answer<void> CheckTarget(const json::Object& target) {
  const std::string_view text = target.GetString("Arn");
  const auto arn = ParseArn(text);
  const bool sdk = text.starts_with(kSdk);
  const bool known = sdk ? !ReadSdk(text).service.empty()
                         : arn && std::ranges::find(kServices, arn->service) != kServices.end();
  if (!known) {
    return ServiceError("ValidationException",
                        fmt::format("Provided Arn is not in correct format or is not a target "
                                    "that this cloud has: {}",
                                    text));
  }
  if (sdk || arn->service != "events" || target.Has("EventBridgeParameters")) return {};
  return ServiceError("ValidationException",
                      "EventBridgeParameters are required for an event bus as target.");
}

net::aw<Answer<>> CallTarget(WaitContext context, Call call) {
  const std::string text(call.target.GetString("Arn"));
  const auto arn = ParseArn(text);
  const bool sdk = text.starts_with(kSdk);
  if (sdk || (arn && arn->service == "events")) {
    Caller caller;
    TL_CO_DO(context.State([&](Context& state) -> Answer<> {
      TL_TRY(caller,
             access::ActAs(state, For(call), call.target.GetString("RoleArn"), "scheduler"));
      return json::Object();
    }));
    const std::string region = sdk ? context.region() : arn->region;
    const WaitContext there = context.As(std::move(caller), region);
    if (sdk) co_return co_await CallSdk(there, std::move(call));
    co_return co_await PutEvent(there, std::move(call));
  }
  events::Delivery delivery;
  delivery.event = EventOf(context, call);
  delivery.input = call.target.GetString("Input", json::Write(delivery.event));
  delivery.rule_arn = call.schedule_arn;
  delivery.service = "scheduler.amazonaws.com";
  delivery.target = std::move(call.target);
  co_return co_await events::SendTo(context, std::move(delivery));
}

}  // namespace trunkline::cloud::scheduler
