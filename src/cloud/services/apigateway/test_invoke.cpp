// Trying methods and authorizers without a deployment.
#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/execute_api/authorizers.h"
#include "cloud/execute_api/event.h"
#include "cloud/execute_api/path_match.h"
#include "cloud/execute_api/rest_api.h"
#include "cloud/execute_api/rest_authorize.h"
#include "cloud/execute_api/trace.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/wait.h"

namespace trunkline::cloud::apigateway {
namespace {

using execute_api::ApiCall;

constexpr std::string_view kStageName = "test-invoke-stage";

// The request that the input describes.
ApiCall MakeCall(const WaitContext& context, const json::Object& input) {
  ApiCall call;
  call.scope = {context.caller().account, context.region()};
  call.api_id = input.GetString("restApiId");
  call.stage = kStageName;
  call.base_path = "/" + std::string(kStageName);
  call.stage_variables = input.GetObject("stageVariables");
  call.method = input.GetString("httpMethod", "GET");
  const std::string target(input.GetString("pathWithQueryString", "/"));
  const std::size_t mark = target.find('?');
  call.path = target.substr(0, mark);
  if (mark != std::string::npos) call.query = target.substr(mark + 1);
  call.body = input.GetString("body");
  call.peer = "test-invoke-source-ip";
  call.domain_name = "testPrefix.testDomainName";
  call.domain_prefix = "testPrefix";
  call.request_id = NewUuid(context.random());
  call.extended_id = call.request_id.substr(0, 13);
  call.time = context.clock().Now();
  call.traced = true;
  for (const json::Member& header : input.GetObject("headers"))
    call.headers.Set(header.key, header.value.AsString());
  for (const json::Member& header : input.GetObject("multiValueHeaders")) {
    call.headers.Remove(header.key);
    for (const json::Value& value : header.value.AsArray())
      call.headers.Add(header.key, value.AsString());
  }
  return call;
}

// As a deployment would have it, made for this once.
Answer<> Snapshot(const WaitContext& context, const json::Object& input) {
  return context.State([&](Context& state) -> Answer<> {
    const Record* api = state.store.Find(state.RegionScope(), kApi, input.GetString("restApiId"));
    if (!api) return NotFound("Invalid Resource identifier specified");
    const Record copy = *api;
    return SnapshotOf(state, copy);
  });
}

Answer<json::Object> FindResource(const json::Object& snapshot, std::string_view id) {
  for (const json::Value& one : snapshot.GetArray("resources")) {
    if (one.AsObject().GetString("id") == id) return one.AsObject();
  }
  return NotFound("Invalid Resource identifier specified");
}

void TraceBegin(ApiCall& call) {
  const net::Headers& headers = call.headers;
  execute_api::Trace(call, "Starting execution for request: {}", call.request_id);
  execute_api::Trace(call, "HTTP Method: {}, Resource Path: {}", call.method, call.path);
  execute_api::Trace(call, "Method request path: {}", execute_api::TracedMap(call.path_parameters));
  execute_api::Trace(call, "Method request query string: {}",
                     execute_api::TracedMap(execute_api::LastQuery(call)));
  execute_api::Trace(call, "Method request headers: {}", execute_api::TracedHeaders(headers));
  execute_api::Trace(call, "Method request body before transformations: {}", call.body);
}

void TraceEnd(ApiCall& call, const net::Response& response) {
  if (call.errors.empty()) {
    execute_api::Trace(call, "Method response body after transformations: {}", response.body);
    execute_api::Trace(call, "Method response headers: {}",
                       execute_api::TracedHeaders(response.headers));
    execute_api::Trace(call, "Successfully completed execution");
  }
  execute_api::Trace(call, "Method completed with status: {}", response.status);
}

net::aw<Answer<>> TestInvokeMethod(WaitContext context, json::Object input) {
  TL_CO_TRY(const json::Object snapshot, Snapshot(context, input));
  TL_CO_TRY(const json::Object resource, FindResource(snapshot, input.GetString("resourceId")));
  ApiCall call = MakeCall(context, input);
  if (!input.Has("pathWithQueryString")) call.path = resource.GetString("path");
  const execute_api::RestMethod met = execute_api::TakeMethod(snapshot, resource, call);
  if (met.method.empty()) co_return NotFound("Invalid Method identifier specified");
  auto match =
      execute_api::MatchPath(resource.GetString("path"), call.path, execute_api::PathText::kRaw);
  if (match) call.path_parameters = std::move(match->parameters);
  const TimePoint started = context.engine().real_clock.Now();
  TraceBegin(call);
  net::Response response = co_await execute_api::ServeRestMethod(context, call, met);
  TraceEnd(call, response);
  // An error of the gateway itself says no type (seen).
  if (response.headers.Has("x-amzn-ErrorType")) response.headers.Remove("Content-Type");
  const Milliseconds took = context.engine().real_clock.Now() - started;
  json::Object answer{{"status", response.status}, {"latency", took.count()}};
  answer.Set("body", IsUtf8(response.body) ? response.body : std::string());
  answer.Set("headers", execute_api::LastHeaders(response.headers));
  answer.Set("multiValueHeaders", execute_api::AllHeaders(response.headers));
  answer.Set("log", execute_api::TraceText(call));
  co_return answer;
}

net::aw<Answer<>> TestInvokeAuthorizer(WaitContext context, json::Object input) {
  json::Object authorizer;
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* found, FindPart(state, kAuthorizer, input));
    authorizer = found->body;
    return json::Object();
  }));
  authorizer.Set("authorizerResultTtlInSeconds", 0);
  ApiCall call = MakeCall(context, input);
  const TimePoint started = context.engine().real_clock.Now();
  const auto verdict = co_await execute_api::AskRestAuthorizer(context, call, authorizer);
  const Milliseconds took = context.engine().real_clock.Now() - started;
  const int status = verdict.missing ? 401 : verdict.answered ? 200 : 500;
  json::Object answer{{"clientStatus", status}, {"latency", took.count()}};
  answer.Set("log", fmt::format("Execution log for request {}\n", call.request_id));
  if (!verdict.answered) co_return answer;
  answer.Set("principalId", verdict.answer.GetString("principalId"));
  answer.Set("policy", json::Write(json::Value(verdict.answer.GetObject("policyDocument"))));
  co_return answer;
}

constexpr WaitHandler kTestInvokeAuthorizer{TestInvokeAuthorizer};
constexpr WaitHandler kTestInvokeMethod{TestInvokeMethod};

constexpr Operation kOperations[] = {
    {.name = "TestInvokeAuthorizer", .wait = &kTestInvokeAuthorizer},
    {.name = "TestInvokeMethod", .wait = &kTestInvokeMethod},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTestOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
