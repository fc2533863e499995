#include "cloud/execute_api/http_authorize.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/execute_api/answer.h"
#include "cloud/execute_api/authorizers.h"
#include "cloud/execute_api/event.h"
#include "cloud/execute_api/iam.h"
#include "cloud/execute_api/issuer_keys.h"
#include "cloud/execute_api/jwt.h"
#include "cloud/execute_api/variables.h"

namespace trunkline::cloud::execute_api {
namespace {

using Refusal = std::optional<net::Response>;

// The values of the identity sources; nothing: one of them is not in the request.
std::optional<std::vector<std::string>> ReadIdentity(const ApiCall& call,
                                                     const json::Object& authorizer) {
  std::vector<std::string> values;
  for (const json::Value& source : authorizer.GetArray("IdentitySource")) {
    auto value = RequestExpression(call, source.AsString());
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return values;
}

std::string RequestArn(const ApiCall& call) {
  return MethodArn(call, call.method, PercentDecode(call.path));
}

json::Object AuthorizerEvent(const ApiCall& call, const json::Object& authorizer,
                             const std::vector<std::string>& identity) {
  const bool v2 = authorizer.GetString("AuthorizerPayloadFormatVersion") == "2.0";
  json::Object event = v2 ? EventV2(call, {}) : EventV1(call, {}, false);
  for (const std::string_view member : {"body", "isBase64Encoded"}) event.Remove(member);
  event.Set("type", "REQUEST");
  event.Set(v2 ? "routeArn" : "methodArn", RequestArn(call));
  if (!v2) {
    event.Set("identitySource", Join(identity, ","));
    if (!identity.empty()) event.Set("authorizationToken", identity.front());
    return event;
  }
  json::Array sources;
  for (const std::string& one : identity) sources.emplace_back(one);
  event.Set("identitySource", identity.empty() ? json::Value(nullptr) : json::Value(sources));
  return event;
}

bool Allows(const ApiCall& call, const json::Object& authorizer, const json::Object& answer) {
  if (authorizer.GetBool("EnableSimpleResponses")) return answer.GetBool("isAuthorized");
  return JudgePolicy(answer.GetObject("policyDocument"), RequestArn(call)) == Verdict::kAllowed;
}

bool IsWellFormed(const json::Object& authorizer, const json::Object& answer) {
  if (!authorizer.GetBool("EnableSimpleResponses"))
    return !answer.GetObject("policyDocument").empty();
  const json::Value* said = answer.Find("isAuthorized");
  return said && said->IsBool();
}

net::aw<Refusal> AskFunction(WaitContext context, ApiCall& call, const json::Object& authorizer) {
  const auto identity = ReadIdentity(call, authorizer);
  if (!identity) co_return MessageAnswer(401, "Unauthorized");
  AuthorizerQuestion question;
  question.authorizer_id = authorizer.GetString("AuthorizerId");
  question.uri = authorizer.GetString("AuthorizerUri");
  question.credentials = authorizer.GetString("AuthorizerCredentialsArn");
  question.event = AuthorizerEvent(call, authorizer, *identity);
  question.identity = *identity;
  question.remembered = std::chrono::seconds(authorizer.GetInt("AuthorizerResultTtlInSeconds"));
  const auto answer = co_await AskAuthorizer(context, call, std::move(question));
  if (!answer || !IsWellFormed(authorizer, *answer))
    co_return MessageAnswer(500, "Internal Server Error");
  if (!Allows(call, authorizer, *answer)) co_return MessageAnswer(403, "Forbidden");
  json::Object said = answer->GetObject("context");
  call.authorizer_v2 = json::Object{{"lambda", said}};
  if (answer->Has("principalId")) said.Set("principalId", answer->GetString("principalId"));
  call.authorizer = std::move(said);
  co_return std::nullopt;
}

net::Response NoToken(int status, std::string_view message, std::string_view error,
                      std::string_view description) {
  net::Response response = MessageAnswer(status, message);
  response.headers.Set(
      "WWW-Authenticate",
      fmt::format("Bearer scope=\"\" error=\"{}\" error_description=\"{}\"", error, description));
  return response;
}

bool HasScope(const json::Object& route, const std::vector<std::string>& scopes) {
  const json::Array& wanted = route.GetArray("AuthorizationScopes");
  for (const std::string& scope : scopes) {
    if (std::find(wanted.begin(), wanted.end(), json::Value(scope)) != wanted.end()) return true;
  }
  return wanted.empty();
}

// Claims are shown as texts, lists in brackets.
json::Object ShowClaims(const json::Object& claims) {
  json::Object shown;
  for (const json::Member& claim : claims) {
    json::Object one{{"v", claim.value}};
    if (claim.value.IsArray()) {
      std::vector<std::string> parts;
      for (const json::Value& part : claim.value.AsArray())
        parts.push_back(part.IsString() ? part.AsString() : std::string());
      shown.Set(claim.key, "[" + Join(parts, " ") + "]");
    } else {
      shown.Set(claim.key, TextInside(json::Value(std::move(one)), "v").value_or(""));
    }
  }
  return shown;
}

void KeepClaims(ApiCall& call, const json::Object& claims, const std::vector<std::string>& scopes) {
  json::Object said{{"claims", ShowClaims(claims)}};
  json::Array list;
  for (const std::string& scope : scopes) list.emplace_back(scope);
  said.Set("scopes", list.empty() ? json::Value(nullptr) : json::Value(std::move(list)));
  call.authorizer_v2 = json::Object{{"jwt", said}};
  call.authorizer = std::move(said);
}

net::aw<Refusal> CheckToken(WaitContext context, ApiCall& call, const json::Object& route,
                            const json::Object& authorizer) {
  const auto identity = ReadIdentity(call, authorizer);
  if (!identity || identity->empty()) co_return MessageAnswer(401, "Unauthorized");
  std::string_view text = identity->front();
  constexpr std::string_view kBearer = "bearer ";
  if (ToLower(text.substr(0, kBearer.size())) == kBearer) text.remove_prefix(kBearer.size());
  const auto token = ReadToken(Trim(text));
  if (!token) co_return NoToken(401, "Unauthorized", "invalid_token", token.error().message());
  const json::Object& wanted = authorizer.GetObject("JwtConfiguration");
  Result<void> good = CheckClaims(token->claims, wanted, context.engine().real_clock.Now());
  if (good) {
    auto keys = co_await KeysOfIssuer(context, std::string(wanted.GetString("Issuer")),
                                      std::string(token->header.GetString("kid")));
    good = keys ? CheckSignature(*token, *keys) : Result<void>(keys.error());
  }
  if (!good) {
    context.log().Warn("API '{}' refused a token: {}", call.api_id, good.error().message());
    co_return NoToken(401, "Unauthorized", "invalid_token", good.error().message());
  }
  const std::vector<std::string> scopes = ScopesOf(token->claims);
  if (!HasScope(route, scopes)) {
    co_return NoToken(403, "Forbidden", "insufficient_scope",
                      "the token does not have the scopes of the route");
  }
  KeepClaims(call, token->claims, scopes);
  co_return std::nullopt;
}

}  // namespace

net::aw<Refusal> AuthorizeHttp(WaitContext context, ApiCall& call, const json::Object& route,
                               const json::Object& authorizer) {
  const std::string_view type = route.GetString("AuthorizationType", "NONE");
  if (type == "CUSTOM") co_return co_await AskFunction(context, call, authorizer);
  if (type == "JWT") co_return co_await CheckToken(context, call, route, authorizer);
  if (type == "AWS_IAM" && !call.iam) co_return MessageAnswer(403, "Forbidden");
  if (type == "AWS_IAM" && !IamAllows(context, *call.iam, RequestArn(call)))
    co_return MessageAnswer(403, "Forbidden");
  co_return std::nullopt;
}

}  // namespace trunkline::cloud::execute_api
