#include "cloud/execute_api/rest_authorize.h"

#include <fmt/format.h>

#include "aws/pattern.h"
#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/access/evaluate.h"
#include "cloud/engine.h"
#include "cloud/execute_api/authorizers.h"
#include "cloud/execute_api/event.h"
#include "cloud/execute_api/gateway_response.h"
#include "cloud/execute_api/iam.h"
#include "cloud/execute_api/variables.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::execute_api {
namespace {

using Refusal = std::optional<net::Response>;

std::string RequestArn(const ApiCall& call) {
  return MethodArn(call, call.method, PercentDecode(call.path));
}

// "method.request.header.x, stageVariables.y"; nothing: one of them is not there.
std::optional<std::vector<std::string>> ReadSources(const ApiCall& call, std::string_view sources) {
  constexpr std::string_view kMethod = "method.";
  std::vector<std::string> values;
  if (Trim(sources).empty()) return values;
  for (std::string_view source : Split(sources, ',')) {
    source = Trim(source);
    if (source.starts_with(kMethod)) source.remove_prefix(kMethod.size());
    auto value = RequestExpression(call, "$" + std::string(source));
    if (!value || value->empty()) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return values;
}

bool FitsExpression(const json::Object& authorizer, const std::string& token) {
  const std::string_view expression = authorizer.GetString("identityValidationExpression");
  if (expression.empty()) return true;
  const auto pattern = aws::Pattern::Compile(expression);
  return pattern && pattern->Matches(token);
}

json::Object TokenEvent(const ApiCall& call, const std::string& token) {
  return {{"type", "TOKEN"}, {"methodArn", RequestArn(call)}, {"authorizationToken", token}};
}

json::Object RequestEvent(const ApiCall& call) {
  json::Object event{{"type", "REQUEST"}, {"methodArn", RequestArn(call)}};
  const json::Object whole = EventV1(call, {}, true);
  for (const json::Member& member : whole) {
    if (member.key != "body" && member.key != "isBase64Encoded")
      event.Set(member.key, member.value);
  }
  return event;
}

// The key that a method needs: the caller's header, or what the authorizer answered.
std::string KeyOf(const ApiCall& call, const RestMethod& met) {
  if (met.api.GetString("apiKeySource") == "AUTHORIZER")
    return std::string(call.authorizer.GetString("usageIdentifierKey"));
  return std::string(call.headers.Get("x-api-key"));
}

// The key is enabled and in a plan of the stage.
bool MayUse(Store& store, const ApiCall& call, std::string_view key_id) {
  for (const Record* plan : store.List(call.scope, apigateway::kUsagePlan.kind)) {
    if (!store.Find(call.scope, apigateway::kUsagePlanKey.kind,
                    fmt::format("{}/{}", plan->id, key_id)))
      continue;
    for (const json::Value& one : plan->body.GetArray("apiStages")) {
      const json::Object& stage = one.AsObject();
      if (stage.GetString("apiId") == call.api_id && stage.GetString("stage") == call.stage)
        return true;
    }
  }
  return false;
}

Refusal CheckKey(Store& store, ApiCall& call, const RestMethod& met) {
  if (!met.method.GetBool("apiKeyRequired")) return std::nullopt;
  const std::string value = KeyOf(call, met);
  for (const Record* key : store.List(call.scope, apigateway::kApiKey.kind)) {
    if (value.empty() || !EqualsConstantTime(key->body.GetString("value"), value)) continue;
    if (!key->body.GetBool("enabled") || !MayUse(store, call, key->id)) break;
    call.api_key = value;
    call.api_key_id = key->id;
    return std::nullopt;
  }
  return GatewayAnswer(call, met.gateway_responses, "INVALID_API_KEY");
}

// "execute-api:/stage/GET/path" is short for the API's own ARN (documented).
std::string WholePolicy(const ApiCall& call, std::string_view policy) {
  return Replace(policy, "\"execute-api:/",
                 "\"" + fmt::format("arn:aws:execute-api:{}:{}:{}/", call.scope.region,
                                    call.scope.account, call.api_id));
}

// The API's resource policy: a denial wins; where nobody signed it must allow.
Refusal CheckPolicy(ApiCall& call, const RestMethod& met) {
  const std::string_view policy = met.api.GetString("policy");
  if (policy.empty()) return std::nullopt;
  access::Call asked{.account = call.iam ? call.iam->account : std::string(),
                     .principal_arn = call.iam ? call.iam->arn : std::string(),
                     .role_arn = {},
                     .service = {},
                     .action = "execute-api:Invoke",
                     .resource = RequestArn(call),
                     .keys = {}};
  asked.keys["aws:sourceip"] = {call.peer};
  const access::Opinion opinion =
      access::Ask(*access::ReadPolicy(WholePolicy(call, policy)), asked, true);
  if (opinion.effect == access::Effect::kAllow) return std::nullopt;
  const bool denied = opinion.effect == access::Effect::kDeny;
  if (!denied && (call.iam || !met.authorizer.empty())) return std::nullopt;
  const std::string message =
      fmt::format("User: {} is not authorized to perform: execute-api:Invoke on resource: {}{}",
                  call.iam ? std::string_view(call.iam->arn) : "anonymous", asked.resource,
                  denied ? " with an explicit deny" : "");
  return GatewayAnswer(call, met.gateway_responses, "ACCESS_DENIED", message);
}

net::aw<Refusal> AskFunction(WaitContext context, ApiCall& call, const RestMethod& met) {
  const AuthorizerVerdict verdict = co_await AskRestAuthorizer(context, call, met.authorizer);
  if (verdict.missing) co_return GatewayAnswer(call, met.gateway_responses, "UNAUTHORIZED");
  const json::Object& policy = verdict.answer.GetObject("policyDocument");
  if (!verdict.answered || policy.empty())
    co_return GatewayAnswer(call, met.gateway_responses, "AUTHORIZER_CONFIGURATION_ERROR");
  const Verdict judged = JudgePolicy(policy, RequestArn(call));
  if (judged == Verdict::kDenied) {
    co_return GatewayAnswer(call, met.gateway_responses, "ACCESS_DENIED",
                            "User is not authorized to access this resource with an explicit deny");
  }
  if (judged == Verdict::kNotAllowed) {
    co_return GatewayAnswer(call, met.gateway_responses, "ACCESS_DENIED",
                            "User is not authorized to access this resource");
  }
  call.authorizer = verdict.answer.GetObject("context");
  call.authorizer.Set("principalId", verdict.answer.GetString("principalId"));
  if (verdict.answer.Has("usageIdentifierKey"))
    call.authorizer.Set("usageIdentifierKey", verdict.answer.GetString("usageIdentifierKey"));
  co_return std::nullopt;
}

Refusal CheckSigner(const WaitContext& context, ApiCall& call, const RestMethod& met) {
  if (!call.signature_fault.empty())
    return GatewayAnswer(call, met.gateway_responses, "INVALID_SIGNATURE", call.signature_fault);
  if (!call.iam) return GatewayAnswer(call, met.gateway_responses, "MISSING_AUTHENTICATION_TOKEN");
  if (IamAllows(context, *call.iam, RequestArn(call))) return std::nullopt;
  return GatewayAnswer(call, met.gateway_responses, "ACCESS_DENIED",
                       fmt::format("User: {} is not authorized to perform: execute-api:Invoke on "
                                   "resource: {}",
                                   call.iam->arn, RequestArn(call)));
}

}  // namespace

net::aw<AuthorizerVerdict> AskRestAuthorizer(WaitContext context, ApiCall& call,
                                             const json::Object& authorizer) {
  AuthorizerVerdict verdict;
  const bool token = authorizer.GetString("type") == "TOKEN";
  const auto identity = ReadSources(call, authorizer.GetString("identitySource"));
  const bool fits =
      identity && (!token || (!identity->empty() && FitsExpression(authorizer, identity->front())));
  if (!identity || !fits) {
    verdict.missing = true;
    co_return verdict;
  }
  AuthorizerQuestion question;
  question.authorizer_id = authorizer.GetString("id");
  question.uri = authorizer.GetString("authorizerUri");
  question.credentials = authorizer.GetString("authorizerCredentials");
  question.event = token ? TokenEvent(call, identity->front()) : RequestEvent(call);
  question.identity = *identity;
  constexpr std::int64_t kDefaultLife = 300;  // documented
  question.remembered =
      std::chrono::seconds(authorizer.GetInt("authorizerResultTtlInSeconds", kDefaultLife));
  auto answer = co_await AskAuthorizer(context, call, std::move(question));
  verdict.answered = answer.has_value();
  if (answer) verdict.answer = std::move(*answer);
  co_return verdict;
}

net::aw<Refusal> AuthorizeRest(WaitContext context, ApiCall& call, const RestMethod& met) {
  const std::string_view type = met.method.GetString("authorizationType", "NONE");
  Refusal refusal;
  if (type == "AWS_IAM") refusal = CheckSigner(context, call, met);
  if (type == "CUSTOM") refusal = co_await AskFunction(context, call, met);
  if (!refusal) refusal = CheckPolicy(call, met);
  if (!refusal) refusal = CheckKey(context.engine().store, call, met);
  co_return refusal;
}

}  // namespace trunkline::cloud::execute_api
