#include "cloud/execute_api/function_url.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/access/evaluate.h"
#include "cloud/access/identity.h"
#include "cloud/access/resource.h"
#include "cloud/access/usage.h"
#include "cloud/engine.h"
#include "cloud/execute_api/answer.h"
#include "cloud/execute_api/cors.h"
#include "cloud/execute_api/event.h"
#include "cloud/services/lambda/function_url.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::string_view kAction = "lambda:InvokeFunctionUrl";
constexpr std::size_t kLargestRequest = 6U << 20U;  // documented
// Seen.
constexpr std::string_view kForbidden =
    "Forbidden. For troubleshooting Function URL authorization issues, see: "
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

net::Response Denied(const json::Value& message) {
  net::Response response;
  response.status = 403;
  response.headers.Set("Content-Type", "application/json");
  response.headers.Set("x-amzn-ErrorType", "AccessDeniedException");
  response.body = json::Write(json::Object{{"Message", message}});
  return response;
}

net::Response Failed(const WaitContext& context, const ApiCall& call, std::string_view why) {
  context.log().Warn("function URL '{}': {}", call.api_id, why);
  net::Response response;
  response.status = 502;
  response.headers.Set("Content-Type", "text/plain");
  response.body = "Internal Server Error";
  return response;
}

access::Call AccessCall(const json::Object& url) {
  access::Call call{.account = {},
                    .principal_arn = {},
                    .role_arn = {},
                    .service = {},
                    .action = std::string(kAction),
                    .resource = std::string(url.GetString("FunctionArn")),
                    .keys = {}};
  call.keys["lambda:functionurlauthtype"] = {std::string(url.GetString("AuthType"))};
  return call;
}

// AuthType NONE: nobody is known, so the function's policy must let everybody.
bool LetsEverybody(Context& context, const json::Object& url) {
  access::PolicyCache cache;
  access::Policies policies;
  const access::Call call = AccessCall(url);
  access::AddResourcePolicy(context, cache, "lambda", kAction, call.resource, policies);
  return policies.resource &&
         access::Ask(*policies.resource->policy, call, true).effect == access::Effect::kAllow;
}

// AuthType AWS_IAM: who signed it may, by his policies or the function's.
bool LetsSigner(Context& context, const json::Object& url, const Caller& signer) {
  if (!context.settings.enforce_iam) return true;
  access::PolicyCache cache;
  access::Identity identity = access::FindIdentity(context, cache, signer);
  access::Call call = AccessCall(url);
  call.account = signer.account;
  call.principal_arn = signer.arn;
  call.role_arn = identity.role_arn;
  call.keys.insert(identity.keys.begin(), identity.keys.end());
  access::AddResourcePolicy(context, cache, "lambda", kAction, call.resource, identity.policies);
  return access::Decide(context, call, identity.policies).allowed;
}

bool MayCall(const WaitContext& context, const json::Object& url, const ApiCall& call) {
  const bool signed_only = url.GetString("AuthType") == "AWS_IAM";
  if (signed_only && !call.iam) return false;
  bool may = false;
  const Answer<> asked = context.State([&](Context& state) -> Answer<> {
    may = signed_only ? LetsSigner(state, url, *call.iam) : LetsEverybody(state, url);
    return json::Object();
  });
  return asked && may;
}

json::Object EventOf(const ApiCall& call, bool with_signer) {
  json::Object event = EventV2(call, TextOfBody(call));
  event.Set("rawPath", call.path);
  json::Object& context = event["requestContext"].AsObject();
  context.Set("accountId", with_signer ? call.iam->account : "anonymous");
  context.Set("requestId", call.request_id);
  context["http"].AsObject().Set("path", call.path);
  return event;
}

// Status, headers and cookies stand before a streamed body, as JSON, with eight zeros behind them.
std::optional<net::Response> WithPrelude(std::string_view payload) {
  constexpr std::string_view kEnd("\0\0\0\0\0\0\0\0", 8);
  const std::size_t end = payload.find(kEnd);
  if (end == std::string_view::npos) return std::nullopt;
  Result<json::Value> said = json::Parse(payload.substr(0, end));
  if (!said || !said->IsObject()) return std::nullopt;
  json::Object prelude = std::move(said->AsObject());
  prelude.Remove("body");
  if (!prelude.Has("statusCode")) prelude.Set("statusCode", 200);
  std::string why;
  auto response = ReadFunctionAnswer(json::Write(prelude), AnswerForm::kFunctionUrl, why);
  if (response) response->body = payload.substr(end + kEnd.size());
  return response;
}

// An answer that was to be streamed goes out as the function wrote it.
net::Response Streamed(const json::Object& invoked) {
  const std::string_view payload = invoked.GetString("Payload");
  const std::string_view type = invoked.GetString("StreamContentType");
  if (type.starts_with("application/vnd.awslambda.http-integration-response")) {
    if (auto response = WithPrelude(payload)) {
      if (!response->headers.Has("Content-Type"))
        response->headers.Set("Content-Type", "application/octet-stream");
      return std::move(*response);
    }
  }
  net::Response response;
  response.headers.Set("Content-Type", type.empty() ? "application/octet-stream" : type);
  response.body = payload;
  return response;
}

net::Response Refused(const WaitContext& context, const ApiCall& call, const ServiceError& error) {
  if (error.code != "TooManyRequestsException") return Failed(context, call, error.message);
  net::Response response;
  response.status = 429;
  response.headers.Set("Content-Type", "application/json");
  response.headers.Set("x-amzn-ErrorType", error.code);
  json::Object body = error.members;
  body.Set("message", error.message);
  response.body = json::Write(body);
  return response;
}

net::Response ReadAnswer(const WaitContext& context, const ApiCall& call, const json::Object& url,
                         const Answer<>& invoked) {
  if (!invoked) return Refused(context, call, invoked.error());
  const std::string payload(invoked->GetString("Payload"));
  if (invoked->Has("FunctionError"))
    return Failed(context, call, "the function failed: " + payload);
  if (url.GetString("InvokeMode") == "RESPONSE_STREAM") return Streamed(*invoked);
  std::string why;
  auto answer = ReadFunctionAnswer(payload, AnswerForm::kFunctionUrl, why);
  if (!answer) return Failed(context, call, why);
  if (!answer->headers.Has("Content-Type")) answer->headers.Set("Content-Type", "application/json");
  return std::move(*answer);
}

// As AWS answers it, which is not as HTTP APIs do.
std::optional<net::Response> Preflight(const json::Object& cors, const ApiCall& call) {
  auto response = AnswerPreflight(cors, call.method, call.headers);
  if (response) response->status = 200;
  return response;
}

net::aw<net::Response> Respond(WaitContext context, ApiCall& call, const json::Object& url) {
  if (auto response = Preflight(url.GetObject("Cors"), call)) co_return std::move(*response);
  if (!call.signature_fault.empty() && url.GetString("AuthType") == "AWS_IAM")
    co_return Denied(call.signature_fault);
  if (!MayCall(context, url, call)) co_return Denied(kForbidden);
  if (call.body.size() > kLargestRequest) co_return MessageAnswer(413, "Request Entity Too Large");
  call.route_key = "$default";
  call.stage = "$default";
  const bool with_signer = url.GetString("AuthType") == "AWS_IAM" && call.iam;
  if (!with_signer) call.iam.reset();
  json::Object input{{"FunctionName", url.GetString("FunctionArn")},
                     {"Payload", json::Write(EventOf(call, with_signer))}};
  const Answer<> invoked = co_await context.Call("lambda", "Invoke", std::move(input));
  net::Response response = ReadAnswer(context, call, url, invoked);
  AddCorsHeaders(url.GetObject("Cors"), call.headers, response.headers);
  co_return response;
}

}  // namespace

net::Response NoFunctionUrl() {
  return Denied(nullptr);
}

net::aw<net::Response> ServeFunctionUrl(WaitContext context, ApiCall& call) {
  const Record* found = context.engine().store.Find(call.scope, lambda::kFunctionUrl, call.api_id);
  if (!found) co_return NoFunctionUrl();
  const json::Object url = found->body;
  net::Response response = co_await Respond(context, call, url);
  response.headers.Set("x-amzn-RequestId", call.request_id);
  response.headers.Set("X-Amzn-Trace-Id", call.trace_id);
  co_return response;
}

}  // namespace trunkline::cloud::execute_api
