#include "functions/custom_resource.h"

#include <algorithm>

#include <boost/asio/this_coro.hpp>

#include "base/code_point.h"
#include "base/json_write.h"
#include "base/text.h"
#include "net/client.h"

namespace trunkline::functions {
namespace {

constexpr std::size_t kAnswerLimit = 4096;
constexpr std::size_t kReasonLimit = 1500;

std::string Cut(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  return std::string(CutToBytes(text, limit)) + "...";
}

Result<net::Url> AnswerUrl(const FunctionWorld& world, const std::string& text) {
  const auto url = net::ParseUrl(text);
  const auto own = net::ParseUrl(world.environment.GetOr("AWS_ENDPOINT_URL", ""));
  const bool trusted = url && (url->scheme == "https" || (own && own->host == url->host));
  if (trusted) return *url;
  return Error(ErrorKind::kInvalid, "expected ResponseURL to be an https address");
}

net::Request Put(const net::Url& url, const std::string& body) {
  net::Request request;
  request.method = "PUT";
  request.target = url.target;
  request.headers.Set("Host", url.Authority());
  // The address is signed without a content type: one that is sent would be refused.
  request.body = body;
  return request;
}

net::aw<Result<void>> SendOnce(net::Client& client, const net::Url& url, const std::string& body) {
  net::Request request = Put(url, body);
  TL_CO_TRY(const net::Response response, co_await client.Send(url, std::move(request)));
  if (response.status >= 200 && response.status < 300) co_return Result<void>();
  co_return Error(ErrorKind::kUnreached, "CloudFormation's address answered with status {}",
                  response.status);
}

}  // namespace

Result<CustomRequest> ReadCustomRequest(const json::Value& event) {
  const json::Object none;
  const json::Object& object = event.IsObject() ? event.AsObject() : none;
  CustomRequest request{.type = std::string(object.GetString("RequestType")),
                        .response_url = std::string(object.GetString("ResponseURL")),
                        .stack_id = std::string(object.GetString("StackId")),
                        .request_id = std::string(object.GetString("RequestId")),
                        .logical_id = std::string(object.GetString("LogicalResourceId")),
                        .physical_id = std::string(object.GetString("PhysicalResourceId")),
                        .properties = object.GetObject("ResourceProperties")};
  if (!request.type.empty() && !request.response_url.empty()) return request;
  return Error(ErrorKind::kInvalid,
               "expected an event of a CloudFormation custom resource (RequestType, ResponseURL, "
               "...); this function is a ServiceToken");
}

std::string AnswerText(const CustomRequest& request, const CustomAnswer& answer) {
  json::Object body{{"Status", answer.failure.empty() ? "SUCCESS" : "FAILED"}};
  if (!answer.failure.empty()) body.Set("Reason", Cut(answer.failure, kReasonLimit));
  body.Set("PhysicalResourceId", answer.physical_id);
  body.Set("StackId", request.stack_id);
  body.Set("RequestId", request.request_id);
  body.Set("LogicalResourceId", request.logical_id);
  if (!answer.data.empty()) body.Set("Data", answer.data);
  std::string text = json::Write(body);
  if (text.size() <= kAnswerLimit) return text;
  body.Remove("Data");
  if (body.Has("Reason")) body.Set("Reason", Cut(answer.failure, kReasonLimit / 8));
  return json::Write(body);
}

net::aw<Result<void>> SendAnswer(const FunctionWorld& world, CustomRequest request,
                                 CustomAnswer answer) {
  constexpr int kTries = 5;
  TL_CO_TRY(const net::Url url, AnswerUrl(world, request.response_url));
  const net::Executor executor = co_await net::asio::this_coro::executor;
  net::ClientOptions options;
  options.answer_limit = std::chrono::seconds(10);
  options.max_body = 64U << 10U;
  net::Client client(executor.context(), world.environment, options);
  const std::string body = AnswerText(request, answer);
  Milliseconds pause{1000};
  for (int attempt = 1;; ++attempt) {
    Result<void> sent = co_await SendOnce(client, url, body);
    if (sent || attempt == kTries) co_return sent;
    co_await world.timers.Wait(pause);
    pause *= 2;
  }
}

}  // namespace trunkline::functions
