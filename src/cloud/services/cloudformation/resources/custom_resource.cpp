// AWS::CloudFormation::CustomResource and Custom::*: a function or a topic is asked, and answers to
// an address of this cloud.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/resources/polling.h"
#include "cloud/services/cloudformation/resources/slots.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Property kProperties[] = {
    {.name = "ServiceTimeout"}, {.name = "ServiceToken", .required = true, .create_only = true}};
constexpr std::int64_t kMaxTimeout = 3600;  // seconds; also the default
constexpr std::size_t kMaxPhysicalId = 1024;

// A function sees every scalar as a text.
json::Value AsTexts(const json::Value& value) {
  if (value.IsArray()) {
    json::Array made;
    for (const json::Value& item : value.AsArray()) made.push_back(AsTexts(item));
    return made;
  }
  if (value.IsObject()) {
    json::Object made;
    for (const json::Member& member : value.AsObject()) made.Set(member.key, AsTexts(member.value));
    return made;
  }
  return ScalarText(value).value_or("");
}

// What a resource is called when its function never said.
std::string DefaultPhysicalId(const ResourceOrder& order) {
  return fmt::format("{}-{}-{}", order.stack_name, order.logical_id,
                     ToUpper(ToHex(Sha1(order.token))).substr(0, 12));
}

std::string RequestText(const ResourceOrder& order, std::string_view type, const Slot& slot) {
  json::Object request{
      {"RequestType", type},      {"ServiceToken", order.properties.GetString("ServiceToken")},
      {"ResponseURL", slot.url},  {"StackId", order.stack_id},
      {"RequestId", order.token}, {"LogicalResourceId", order.logical_id}};
  if (type != "Create") request.Set("PhysicalResourceId", order.physical_id);
  request.Set("ResourceType", order.type);
  request.Set("ResourceProperties", AsTexts(json::Value(order.properties)));
  if (type == "Update") request.Set("OldResourceProperties", AsTexts(json::Value(order.previous)));
  return json::Write(json::Value(std::move(request)));
}

net::aw<Answer<>> Send(WaitContext context, std::string service_token, std::string text) {
  json::Object input;
  if (service_token.starts_with("arn:") && service_token.find(":lambda:") != std::string::npos) {
    input = {{"FunctionName", service_token}, {"InvocationType", "Event"}, {"Payload", text}};
    co_return co_await context.Call("lambda", "Invoke", std::move(input));
  }
  if (service_token.starts_with("arn:") && service_token.find(":sns:") != std::string::npos) {
    input = {{"TopicArn", service_token},
             {"Subject", "AWS CloudFormation custom resource request"},
             {"Message", text}};
    co_return co_await context.Call("sns", "Publish", std::move(input));
  }
  co_return ServiceError(
      "InvalidRequest",
      "Invalid service token: expected the ARN of a Lambda function or an SNS topic");
}

std::int64_t TimeoutOf(const ResourceOrder& order) {
  const json::Value* value = order.properties.Find("ServiceTimeout");
  const auto text = value ? ScalarText(*value) : std::nullopt;
  const auto seconds = text ? ToInt(*text) : std::nullopt;
  return seconds && *seconds >= 1 && *seconds <= kMaxTimeout ? *seconds : kMaxTimeout;
}

std::optional<std::string> TakeAnswer(const WaitContext& context, const Slot& slot) {
  std::optional<std::string> answer;
  const auto read = context.State([&](Context& state) -> Answer<> {
    answer = SlotAnswer(state, slot.token);
    return json::Object();
  });
  return read ? answer : std::nullopt;
}

net::aw<Answer<std::string>> AwaitAnswer(WaitContext context, const ResourceOrder& order,
                                         const Slot& slot) {
  const TimePoint end = context.clock().Now() + std::chrono::seconds(TimeoutOf(order));
  Pauses pauses;
  for (;;) {
    if (auto answer = TakeAnswer(context, slot)) co_return std::move(*answer);
    if (order.cancelled && order.cancelled()) co_return ServiceError("Cancelled", "cancelled");
    if (context.clock().Now() >= end) {
      co_return ServiceError(
          "NotStabilized",
          fmt::format("CloudFormation did not receive a response from your Custom Resource. Please "
                      "check your logs for requestId [{}]. If you are using the Python "
                      "cfn-response module, you may need to update your Lambda function code so "
                      "that CloudFormation can attach the updated version.",
                      order.token));
    }
    co_await pauses.Next(context);
  }
}

// What the function answered, checked.
struct Response {
  bool success = false;
  std::string physical_id;
  std::string reason;
  json::Object data;
};

Answer<Response> ReadResponse(const ResourceOrder& order, const std::string& text) {
  const auto parsed = json::Parse(text);
  const json::Object nothing;
  const json::Object& body = parsed && parsed->IsObject() ? parsed->AsObject() : nothing;
  Response response;
  const std::string_view status = body.GetString("Status");
  if (status != "SUCCESS" && status != "FAILED") {
    return ServiceError(
        "InvalidRequest",
        "Invalid response object: Value of property Status must be SUCCESS or FAILED");
  }
  for (const auto& [member, expected] :
       {std::pair("StackId", &order.stack_id), std::pair("RequestId", &order.token),
        std::pair("LogicalResourceId", &order.logical_id)}) {
    if (body.Has(member) && body.GetString(member) != *expected) {
      return ServiceError("InvalidRequest",
                          fmt::format("Invalid response object: {} does not match", member));
    }
  }
  response.success = status == "SUCCESS";
  response.physical_id = body.GetString("PhysicalResourceId");
  response.reason = body.GetString("Reason");
  response.data = body.GetObject("Data");
  if (response.physical_id.size() > kMaxPhysicalId ||
      (response.success && response.physical_id.empty()))
    return ServiceError("InvalidRequest", "Invalid PhysicalResourceId");
  return response;
}

void CloseAnswered(const WaitContext& context, const Slot& slot) {
  const auto closed = context.State([&](Context& state) -> Answer<> {
    CloseSlot(state, slot.token);
    return json::Object();
  });
  if (!closed) context.log().Warn("a custom resource's slot stays: {}", closed.error().message);
}

// Asks and waits. After a restart the same order finds its slot and asks no second time.
net::aw<Answer<Response>> Ask(WaitContext context, const ResourceOrder& order,
                              std::string_view type) {
  Slot slot;
  bool fresh = false;
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    slot = OpenSlot(state, order.token, false, fresh);
    return json::Object();
  }));
  if (fresh) {
    auto sent = co_await Send(context, std::string(order.properties.GetString("ServiceToken")),
                              RequestText(order, type, slot));
    if (!sent) {
      CloseAnswered(context, slot);
      co_return std::move(sent).error();
    }
  }
  auto text = co_await AwaitAnswer(context, order, slot);
  CloseAnswered(context, slot);
  if (!text) co_return std::move(text).error();
  co_return ReadResponse(order, *text);
}

ServiceError Refused(const ResourceOrder& order, const Response& response) {
  return {
      "GeneralServiceException",
      fmt::format("Received response status [FAILED] from custom resource. Message returned: {} "
                  "(RequestId: {})",
                  response.reason, order.token)};
}

// Fn::GetAtt of "A.B" reads B of the object A.
void Flatten(const json::Object& data, const std::string& prefix, json::Object& made) {
  for (const json::Member& member : data) {
    made.Set(prefix + member.key, member.value);
    if (member.value.IsObject()) Flatten(member.value.AsObject(), prefix + member.key + ".", made);
  }
}

MadeResource Made(const Response& response) {
  MadeResource made;
  made.physical_id = response.physical_id;
  Flatten(response.data, "", made.attributes);
  return made;
}

net::aw<Answer<MadeResource>> Create(WaitContext context, ResourceOrder order) {
  auto response = co_await Ask(context, order, "Create");
  if (!response) {
    // The function may have made something: it is asked to delete it.
    if (response.error().code == "NotStabilized" || response.error().code == "Cancelled")
      order.created(DefaultPhysicalId(order));
    co_return std::move(response).error();
  }
  order.created(response->physical_id.empty() ? DefaultPhysicalId(order) : response->physical_id);
  if (!response->success) co_return Refused(order, *response);
  co_return Made(*response);
}

net::aw<Answer<MadeResource>> Update(WaitContext context, ResourceOrder order) {
  auto response = co_await Ask(context, order, "Update");
  if (!response) co_return std::move(response).error();
  if (!response->success) co_return Refused(order, *response);
  co_return Made(*response);
}

net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  auto response = co_await Ask(context, order, "Delete");
  if (!response) co_return std::move(response).error();
  if (!response->success) co_return Refused(order, *response);
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kCustomResourceType{.name = "AWS::CloudFormation::CustomResource",
                                                 .properties = kProperties,
                                                 .attributes = {},
                                                 .create = Create,
                                                 .update = Update,
                                                 .remove = Remove,
                                                 .open = true,
                                                 .resumes = true};

}  // namespace trunkline::cloud::cloudformation
