#include "cloud/services/stepfunctions/tasks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/engine.h"
#include "cloud/services/stepfunctions/http_call.h"
#include "cloud/services/stepfunctions/sdk_values.h"

namespace trunkline::cloud::stepfunctions {
namespace {

// What an integration calls, and how its errors are named.
struct Target {
  std::string service;    // our model
  std::string operation;  // "SendMessage"
  SdkNames names;
};

struct Optimized {
  std::string_view service;
  std::string_view model;
  std::string_view prefix;
  std::string_view sdk;
};
constexpr std::array kOptimized = {
    Optimized{"codebuild", "codebuild", "CodeBuild", "AWSCodeBuild"},
    Optimized{"dynamodb", "dynamodb", "DynamoDB", "AmazonDynamoDBv2"},
    Optimized{"events", "events", "EventBridge", "AmazonEventBridge"},
    Optimized{"lambda", "lambda", "Lambda", "AWSLambda"},
    Optimized{"sns", "sns", "SNS", "AmazonSNS"},
    Optimized{"sqs", "sqs", "SQS", "AmazonSQS"},
    Optimized{"states", "stepfunctions", "StepFunctions", "AWSStepFunctions"},
};

Target TargetOf(const Resource& resource) {
  Target target{.service = resource.service,
                .operation = SdkName(resource.action),
                .names = {.prefix = SdkErrorPrefix(resource.service), .service = {}}};
  target.names.service = target.names.prefix;
  if (resource.kind == Resource::Kind::kSdk) {
    target.service = ModelOfSdkService(resource.service);
    return target;
  }
  const auto* const found = std::ranges::find(kOptimized, resource.service, &Optimized::service);
  if (found == kOptimized.end()) return target;
  target.service = found->model;
  target.names = {
      .prefix = std::string(found->prefix), .service = std::string(found->sdk), .first_sdk = true};
  // The second version of its classes kept the first one's name.
  if (found->model == "dynamodb") target.names.base = "AmazonDynamoDB";
  return target;
}

Failure NotThere(const Resource& resource) {
  return {.error = "States.TaskFailed",
          .cause = fmt::format("The integration '{}:{}' is not implemented by this cloud",
                               resource.event_type(), resource.action)};
}

// A function's own error: its type and the whole payload, which lambda:invoke writes anew (seen).
Failure FunctionFailure(const std::string& payload, bool anew) {
  std::string type = "Exception";
  const auto parsed = json::Parse(payload);
  if (parsed && parsed->IsObject()) type = parsed->AsObject().GetString("errorType", type);
  return {.error = type.empty() ? std::string("Exception") : type,
          .cause = anew && parsed ? json::Write(*parsed) : payload};
}

std::string NewTraceHeader(Random& random, TimePoint now) {
  constexpr std::string_view kHex = "0123456789abcdef";
  return fmt::format("root=1-{:08x}-{};parent={};sampled=0", now.time_since_epoch().count() / 1000,
                     NewToken(random, 24, kHex), NewToken(random, 16, kHex));
}

json::Value PayloadOf(const json::Object& answer) {
  const std::string_view payload = answer.GetString("Payload");
  auto parsed = json::Parse(payload);
  if (parsed) return std::move(*parsed);
  return payload.empty() ? json::Value() : json::Value(payload);
}

net::aw<Outcome<json::Object>> Invoke(WaitContext context, json::Object input, bool optimized) {
  const std::string request_id = NewUuid(context.random());
  auto answer = co_await context.Call("lambda", "Invoke", std::move(input));
  if (!answer) {
    const SdkNames names{.prefix = "Lambda", .service = "AWSLambda", .first_sdk = true};
    co_return FromServiceError(answer.error(), context.engine().dispatch.models().Find("lambda"),
                               names, request_id);
  }
  if (answer->Has("FunctionError"))
    co_return FunctionFailure(std::string(answer->GetString("Payload")), optimized);
  co_return std::move(*answer);
}

// The function's ARN stands in the state; its input is all it is given.
net::aw<Outcome<CallResult>> CallFunction(WaitContext context, Resource resource,
                                          json::Value arguments) {
  json::Object input{{"FunctionName", resource.arn}, {"Payload", json::Write(arguments)}};
  auto answer = co_await Invoke(std::move(context), std::move(input), false);
  if (!answer) co_return std::move(answer).error();
  CallResult result{.output = PayloadOf(*answer), .job = {}};
  co_return result;
}

net::aw<Outcome<CallResult>> CallInvoke(WaitContext context, json::Value arguments) {
  if (!arguments.IsObject())
    co_return RuntimeFailure("The parameters of a task must be an object.");
  json::Object input;
  for (const auto& member : arguments.AsObject()) {
    const bool payload = member.key == "Payload";
    if (!payload && member.value.IsNull()) continue;
    input.Set(member.key, payload ? json::Value(json::Write(member.value)) : member.value);
  }
  const std::string request_id = NewUuid(context.random());
  const TimePoint now = context.clock().Now();
  std::string trace = NewTraceHeader(context.random(), now);
  auto answer = co_await Invoke(std::move(context), std::move(input), true);
  if (!answer) co_return std::move(answer).error();
  json::Object output;
  if (answer->Has("ExecutedVersion")) output.Set("ExecutedVersion", answer->At("ExecutedVersion"));
  if (answer->Has("LogResult")) output.Set("LogResult", answer->At("LogResult"));
  output.Set("Payload", PayloadOf(*answer));
  SdkHeaders headers{{"X-Amz-Executed-Version", std::string(answer->GetString("ExecutedVersion"))},
                     {"x-amzn-Remapped-Content-Length", "0"},
                     {"Connection", "keep-alive"},
                     {"x-amzn-RequestId", request_id},
                     {"Content-Length", std::to_string(answer->GetString("Payload").size())},
                     {"Date", ToHttpDate(now)},
                     {"X-Amzn-Trace-Id", std::move(trace)},
                     {"Content-Type", "application/json"}};
  AddSdkMetadata(output, request_id, std::move(headers));
  output.Set("StatusCode", answer->GetInt("StatusCode", 200));
  CallResult result{.output = std::move(output), .job = {}};
  co_return result;
}

// Events name whoever sends them among their resources (seen).
void AddOrigin(json::Value& arguments, const json::Array& origin) {
  json::Value* entries = arguments.IsObject() ? arguments.AsObject().Find("Entries") : nullptr;
  if (!entries || !entries->IsArray()) return;
  for (json::Value& entry : entries->AsArray()) {
    if (!entry.IsObject()) continue;
    json::Array resources = entry.AsObject().GetArray("Resources");
    resources.insert(resources.end(), origin.begin(), origin.end());
    entry.AsObject().Set("Resources", std::move(resources));
  }
}

// The body of an object is JSON, also when it is a text: that has its quotes (seen).
void WriteBody(json::Value& arguments) {
  json::Value* body = arguments.IsObject() ? arguments.AsObject().Find("Body") : nullptr;
  if (body) *body = json::Write(*body);
}

// Entries that were not taken fail the task, unlike the API.
std::optional<Failure> FailedEntry(const Resource& resource, const json::Object& answer) {
  if (resource.service != "events" || answer.GetInt("FailedEntryCount") == 0) return std::nullopt;
  return Failure{
      .error = "EventBridge.FailedEntry",
      .cause = json::Write(json::Object{{"Entries", answer.GetArray("Entries")},
                                        {"FailedEntryCount", answer.GetInt("FailedEntryCount")}})};
}

// The results of the other optimized integrations tell of the answer's headers (seen).
bool HasMetadata(const Resource& resource) {
  return resource.kind == Resource::Kind::kOptimized && resource.service != "events";
}

std::string ContentTypeOf(const aws::Model& model) {
  return model.protocol == aws::Protocol::kQuery ? "text/xml" : "application/x-amz-json-1.0";
}

// DynamoDB's answers have a checksum, and their own spelling (seen).
SdkHeaders HeadersOf(const aws::Model& model, const std::string& request_id,
                     const json::Object& answer, TimePoint now) {
  const std::string body = json::Write(answer);
  const bool dynamodb = model.service == "dynamodb";
  SdkHeaders headers{{"x-amzn-RequestId", request_id},
                     {dynamodb ? "Connection" : "connection", "keep-alive"},
                     {"Content-Length", std::to_string(body.size())},
                     {"Date", ToHttpDate(now)},
                     {"Content-Type", ContentTypeOf(model)}};
  if (!dynamodb) return headers;
  headers.emplace_back("Server", "Server");
  headers.emplace_back("x-amz-crc32", std::to_string(Crc32(body)));
  return headers;
}

std::string JobOf(const Resource& resource, const json::Object& answer) {
  if (resource.pattern != Resource::Pattern::kSync) return {};
  if (resource.service == "states") return std::string(answer.GetString("executionArn"));
  return std::string(answer.GetObject("build").GetString("id"));
}

net::aw<Outcome<CallResult>> CallOperation(WaitContext context, Resource resource,
                                           json::Value arguments) {
  Target target = TargetOf(resource);
  if (target.service == "s3") {
    target.names.extended_id = NewExtendedId(context.random());
    WriteBody(arguments);
  }
  const auto route = context.engine().dispatch.Find(target.service, target.operation);
  if (!route) co_return NotThere(resource);
  auto input = ToServiceInput(route->row->input, arguments);
  if (!input) co_return std::move(input).error();
  const std::string request_id = NewUuid(context.random());
  const TimePoint now = context.clock().Now();
  auto answer = co_await context.Call(target.service, target.operation, std::move(*input));
  if (!answer) co_return FromServiceError(answer.error(), route->model, target.names, request_id);
  if (auto failure = FailedEntry(resource, *answer)) co_return std::move(*failure);
  json::Value output = FromServiceOutput(route->row->output, *answer);
  if (HasMetadata(resource) && output.IsObject()) {
    SdkHeaders headers = HeadersOf(*route->model, request_id, *answer, now);
    AddSdkMetadata(output.AsObject(), request_id, std::move(headers));
  }
  CallResult result{.output = std::move(output), .job = JobOf(resource, *answer)};
  co_return result;
}

// "execution:<machine>:<name>", of a map's children "execution:<machine>/<label>:<name>".
std::string MachineOf(const Context& context, const TaskRole& role) {
  const std::vector<std::string_view> parts = Split(role.execution, ':');
  if (parts.size() < 2) return MakeArn(context, "states", "stateMachine:");
  const std::string_view name = parts[1].substr(0, parts[1].find('/'));
  return MakeArn(context, "states", fmt::format("stateMachine:{}", name));
}

}  // namespace

const aws::Shape* OutputShapeOf(const WaitContext& context, const Resource& resource) {
  if (resource.kind != Resource::Kind::kOptimized && resource.kind != Resource::Kind::kSdk)
    return nullptr;
  const Target target = TargetOf(resource);
  const aws::Model* model = context.engine().dispatch.models().Find(target.service);
  const aws::OperationRow* row = model ? model->FindOperation(target.operation) : nullptr;
  return row ? row->output : nullptr;
}

Outcome<WaitContext> AsRole(const WaitContext& context, const TaskRole& role) {
  std::optional<Caller> caller;
  const auto found = context.State([&](Context& state) -> Answer<> {
    const access::Deputy deputy{.service = "states.amazonaws.com",
                                .source_arn = MachineOf(state, role),
                                .source_account = {}};
    TL_TRY(caller, access::ActAs(state, deputy, role.machine_role, role.session));
    if (role.task_role.empty() || role.task_role == role.machine_role) return json::Object();
    TL_TRY(caller, access::ActFurther(state, *caller, role.task_role, role.session));
    return json::Object();
  });
  if (found) return context.As(std::move(*caller), context.region());
  if (caller) {
    return Failure{.error = "States.TaskFailed", .cause = found.error().message};
  }
  return Failure{.error = "States.TaskFailed",
                 .cause = fmt::format("Neither the global service principal states.amazonaws.com, "
                                      "nor the regional one is authorized to assume the provided "
                                      "role '{}'.",
                                      role.machine_role)};
}

net::aw<Outcome<CallResult>> CallTask(WaitContext context, Resource resource, json::Value arguments,
                                      json::Array origin) {
  if (resource.kind == Resource::Kind::kLambda)
    co_return co_await CallFunction(std::move(context), std::move(resource), std::move(arguments));
  const bool optimized = resource.kind == Resource::Kind::kOptimized;
  if (optimized && resource.service == "lambda" && resource.action == "invoke")
    co_return co_await CallInvoke(std::move(context), std::move(arguments));
  if (optimized && resource.service == "apigateway" && resource.action == "invoke")
    co_return co_await CallApi(std::move(context), std::move(arguments));
  if (optimized && resource.service == "http" && resource.action == "invoke")
    co_return co_await CallHttp(std::move(context), std::move(arguments));
  if (resource.pattern == Resource::Pattern::kSync && resource.service != "states" &&
      resource.service != "codebuild")
    co_return NotThere(resource);
  if (optimized && resource.service == "events") AddOrigin(arguments, origin);
  co_return co_await CallOperation(std::move(context), std::move(resource), std::move(arguments));
}

net::aw<Outcome<CallResult>> CallTask(WaitContext context, Resource resource,
                                      json::Value arguments) {
  json::Array nobody;
  co_return co_await CallTask(std::move(context), std::move(resource), std::move(arguments),
                              std::move(nobody));
}

}  // namespace trunkline::cloud::stepfunctions
