#include "cloud/execute_api/subtype.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "aws/codec.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/execute_api/variables.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::array kSubtypes = {
    Subtype{.name = "EventBridge-PutEvents",
            .service = "events",
            .operation = "PutEvents",
            .model = "events",
            .required = "Detail DetailType Source",
            .optional = "EventBusName Resources Time TraceHeader",
            .list = "Entries"},
    Subtype{.name = "SQS-DeleteMessage",
            .service = "sqs",
            .operation = "DeleteMessage",
            .model = "sqs-query",
            .required = "QueueUrl ReceiptHandle",
            .optional = ""},
    Subtype{.name = "SQS-PurgeQueue",
            .service = "sqs",
            .operation = "PurgeQueue",
            .model = "sqs-query",
            .required = "QueueUrl",
            .optional = ""},
    Subtype{.name = "SQS-ReceiveMessage",
            .service = "sqs",
            .operation = "ReceiveMessage",
            .model = "sqs-query",
            .required = "QueueUrl",
            .optional = "AttributeNames MaxNumberOfMessages MessageAttributeNames "
                        "ReceiveRequestAttemptId VisibilityTimeout WaitTimeSeconds"},
    Subtype{.name = "SQS-SendMessage",
            .service = "sqs",
            .operation = "SendMessage",
            .model = "sqs-query",
            .required = "MessageBody QueueUrl",
            .optional = "DelaySeconds MessageAttributes MessageDeduplicationId MessageGroupId "
                        "MessageSystemAttributes"},
    Subtype{.name = "StepFunctions-StartExecution",
            .service = "states",
            .operation = "StartExecution",
            .model = "stepfunctions",
            .required = "StateMachineArn",
            .optional = "Input Name"},
    Subtype{.name = "StepFunctions-StartSyncExecution",
            .service = "states",
            .operation = "StartSyncExecution",
            .model = "stepfunctions",
            .required = "StateMachineArn",
            .optional = "Input Name TraceHeader"},
    Subtype{.name = "StepFunctions-StopExecution",
            .service = "states",
            .operation = "StopExecution",
            .model = "stepfunctions",
            .required = "ExecutionArn",
            .optional = "Cause Error"},
};

bool Names(std::string_view words, std::string_view word) {
  const std::vector<std::string_view> all = Split(words, ' ');
  return std::ranges::find(all, word) != all.end();
}

// "StateMachineArn" is the member stateMachineArn.
const aws::MemberRow* MemberOf(const aws::Shape& shape, std::string_view name) {
  const auto found = std::ranges::find_if(shape.members, [name](const aws::MemberRow& member) {
    return EqualsIgnoreCase(member.name, name);
  });
  return found == shape.members.end() ? nullptr : &*found;
}

// A mapped text as its member has it.
json::Value ValueOf(const aws::Shape& shape, const std::string& text) {
  if (shape.type == aws::Type::kString || shape.type == aws::Type::kBlob) return text;
  const Result<json::Value> parsed = json::Parse(text);
  if (parsed) return *parsed;
  const auto time = shape.type == aws::Type::kTimestamp ? ParseIso8601(text) : std::nullopt;
  if (time) return json::Number{EpochSeconds(*time)};
  return text;
}

// The operation's input; members that are mapped to nothing are left out.
json::Object InputOf(const ApiCall& call, const Subtype& subtype, const aws::Shape& input,
                     const json::Object& parameters) {
  const aws::MemberRow* list = subtype.list.empty() ? nullptr : input.FindMember(subtype.list);
  const aws::Shape& shape = list ? *list->shape->item.shape : input;
  json::Object members;
  for (const json::Member& one : parameters) {
    const aws::MemberRow* member = MemberOf(shape, one.key);
    const std::string text = member ? Interpolate(call, one.value.AsString()) : std::string();
    if (!text.empty()) members.Set(member->name, ValueOf(*member->shape, text));
  }
  if (!list) return members;
  json::Array entries;
  entries.emplace_back(std::move(members));
  json::Object batch;
  batch.Set(subtype.list, std::move(entries));
  return batch;
}

}  // namespace

const Subtype* FindSubtype(std::string_view name) {
  const auto* const found = std::ranges::find(kSubtypes, name, &Subtype::name);
  return found == kSubtypes.end() ? nullptr : found;
}

std::optional<std::string> FindParameterFault(const Subtype& subtype,
                                              const json::Object& parameters) {
  for (const std::string_view name : Split(subtype.required, ' ')) {
    if (!parameters.Has(name))
      return fmt::format("{} requires the parameter {}", subtype.name, name);
  }
  for (const json::Member& one : parameters) {
    const bool known =
        one.key == "Region" || Names(subtype.required, one.key) || Names(subtype.optional, one.key);
    if (!known) return fmt::format("{} has no parameter {}", subtype.name, one.key);
  }
  return std::nullopt;
}

net::aw<ServiceAnswer> CallSubtype(WaitContext context, const ApiCall& call,
                                   const json::Object& integration, Milliseconds limit) {
  const Subtype* subtype = FindSubtype(integration.GetString("IntegrationSubtype"));
  const aws::Model* model =
      subtype ? context.engine().dispatch.models().Find(subtype->model) : nullptr;
  const aws::OperationRow* row = model ? model->FindOperation(subtype->operation) : nullptr;
  ServiceAnswer refused;
  refused.reason = "there is no such IntegrationSubtype";
  if (!row) co_return refused;
  const json::Object& parameters = integration.GetObject("RequestParameters");
  const json::Object input = InputOf(call, *subtype, *row->input, parameters);
  auto request = aws::EncodeRequest(*model, *row, input);
  if (!request) {
    refused.reason = request.error().message();
    co_return refused;
  }
  ServiceCall order;
  const std::string region = Interpolate(call, parameters.GetString("Region"));
  order.uri.region = region.empty() ? context.region() : region;
  order.uri.service = subtype->service;
  order.uri.action = true;
  order.uri.rest = subtype->operation;
  order.source_arn = RouteArn(call);
  order.credentials = integration.GetString("CredentialsArn");
  order.request = std::move(*request);
  // What these services write when nobody says what is accepted.
  order.request.headers.Set("Accept", "text/xml");
  order.limit = limit;
  co_return co_await CallService(std::move(context), std::move(order));
}

}  // namespace trunkline::cloud::execute_api
