#include "cloud/execute_api/event.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::cloud::execute_api {
namespace {

// Seen: text/*, JSON, XML and JavaScript come as they are, forms and all else in Base64.
bool IsText(std::string_view content_type) {
  const std::string type = ToLower(Trim(content_type.substr(0, content_type.find(';'))));
  constexpr std::array<std::string_view, 3> kTexts = {"application/json", "application/xml",
                                                      "application/javascript"};
  return type.empty() || type.starts_with("text/") || type.ends_with("+json") ||
         type.ends_with("+xml") || std::ranges::find(kTexts, type) != kTexts.end();
}

void Join(json::Object& into, std::string_view name, std::string_view value) {
  const json::Value* before = into.Find(name);
  into.Set(name, before ? before->AsString() + "," + std::string(value) : std::string(value));
}

void Append(json::Object& into, std::string_view name, std::string_view value) {
  json::Value& list = into[name];
  if (!list.IsArray()) list = json::Array();
  list.AsArray().emplace_back(value);
}

// Format 1.0 says null where there is nothing, 2.0 leaves it out.
json::Value OrNull(json::Object object) {
  if (object.empty()) return nullptr;
  return object;
}

void SetIfAny(json::Object& into, std::string_view name, const json::Object& object) {
  if (!object.empty()) into.Set(name, object);
}

json::Value OrNull(std::string_view text) {
  if (text.empty()) return nullptr;
  return text;
}

json::Object Identity(const ApiCall& call) {
  json::Object identity;
  for (const std::string_view name :
       {"accessKey", "accountId", "caller", "cognitoAuthenticationProvider",
        "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId"})
    identity.Set(name, nullptr);
  identity.Set("principalOrgId", nullptr);
  identity.Set("sourceIp", call.peer);
  identity.Set("user", nullptr);
  identity.Set("userAgent", OrNull(call.headers.Get("User-Agent")));
  identity.Set("userArn", nullptr);
  if (!call.api_key.empty()) {
    identity.Set("apiKey", call.api_key);
    identity.Set("apiKeyId", call.api_key_id);
  }
  if (!call.iam) return identity;
  identity.Set("accessKey", call.iam->access_key_id);
  identity.Set("accountId", call.iam->account);
  identity.Set("caller", call.iam->user_id);
  identity.Set("user", call.iam->user_id);
  identity.Set("userArn", call.iam->arn);
  return identity;
}

// As it stands on the wire, with one slash at the beginning (seen).
std::string PlainPath(const ApiCall& call) {
  const std::size_t first = call.path.find_first_not_of('/');
  if (first == std::string::npos || first == 0) return first == 0 ? call.path : std::string("/");
  return call.path.substr(first - 1);
}

json::Object IamAuthorizer(const Caller& caller) {
  return {{"accessKey", caller.access_key_id}, {"accountId", caller.account},
          {"callerId", caller.user_id},        {"cognitoIdentity", nullptr},
          {"principalOrgId", nullptr},         {"userArn", caller.arn},
          {"userId", caller.user_id}};
}

}  // namespace

BodyText TextOfBody(const ApiCall& call) {
  const bool text = IsText(call.headers.Get("Content-Type")) && IsUtf8(call.body);
  if (text) return {.text = call.body, .base64 = false};
  return {.text = ToBase64(call.body), .base64 = true};
}

json::Array CookiesOf(const ApiCall& call) {
  json::Array cookies;
  for (const auto& [name, value] : call.headers) {
    if (!EqualsIgnoreCase(name, "Cookie")) continue;
    for (const std::string_view one : Split(value, ';')) cookies.emplace_back(Trim(one));
  }
  return cookies;
}

json::Object JoinedHeaders(const ApiCall& call) {
  json::Object headers;
  for (const auto& [name, value] : call.headers) {
    if (!EqualsIgnoreCase(name, "Cookie")) Join(headers, ToLower(name), value);
  }
  return headers;
}

json::Object LastHeaders(const net::Headers& headers) {
  json::Object last;
  for (const auto& [name, value] : headers) last.Set(name, value);
  return last;
}

json::Object AllHeaders(const net::Headers& headers) {
  json::Object all;
  for (const auto& [name, value] : headers) Append(all, name, value);
  return all;
}

json::Object JoinedQuery(const ApiCall& call) {
  json::Object query;
  for (const auto& [name, value] : QueryOf(call)) Join(query, name, value);
  return query;
}

json::Object LastQuery(const ApiCall& call) {
  json::Object query;
  for (const auto& [name, value] : QueryOf(call)) query.Set(name, value);
  return query;
}

json::Object AllQuery(const ApiCall& call) {
  json::Object query;
  for (const auto& [name, value] : QueryOf(call)) Append(query, name, value);
  return query;
}

json::Object RequestContextV2(const ApiCall& call) {
  json::Object http{{"method", call.method},
                    {"path", PercentDecode(call.base_path) + DecodedPath(call)},
                    {"protocol", "HTTP/1.1"},
                    {"sourceIp", call.peer},
                    {"userAgent", call.headers.Get("User-Agent")}};
  json::Object context{{"accountId", call.scope.account}, {"apiId", call.api_id}};
  if (call.iam) {
    context.Set("authorizer", json::Object{{"iam", IamAuthorizer(*call.iam)}});
  } else if (!call.authorizer_v2.empty()) {
    context.Set("authorizer", call.authorizer_v2);
  }
  context.Set("domainName", call.domain_name);
  context.Set("domainPrefix", call.domain_prefix);
  context.Set("http", std::move(http));
  context.Set("requestId", call.extended_id);
  context.Set("routeKey", call.route_key);
  context.Set("stage", call.stage);
  context.Set("time", RequestTime(call.time));
  context.Set("timeEpoch", call.time.time_since_epoch().count());
  return context;
}

json::Object EventV2(const ApiCall& call, const BodyText& body) {
  json::Object event{{"version", "2.0"},
                     {"routeKey", call.route_key},
                     {"rawPath", PercentDecode(call.base_path) + DecodedPath(call)},
                     {"rawQueryString", call.query}};
  json::Array cookies = CookiesOf(call);
  if (!cookies.empty()) event.Set("cookies", std::move(cookies));
  event.Set("headers", JoinedHeaders(call));
  SetIfAny(event, "queryStringParameters", JoinedQuery(call));
  event.Set("requestContext", RequestContextV2(call));
  SetIfAny(event, "pathParameters", call.path_parameters);
  SetIfAny(event, "stageVariables", call.stage_variables);
  if (!body.text.empty()) event.Set("body", body.text);
  event.Set("isBase64Encoded", body.base64 && !body.text.empty());
  return event;
}

json::Object RequestContextV1(const ApiCall& call, bool rest) {
  json::Object context{{"accountId", call.scope.account}, {"apiId", call.api_id}};
  if (!call.authorizer.empty()) context.Set("authorizer", call.authorizer);
  if (!call.deployment_id.empty()) context.Set("deploymentId", call.deployment_id);
  context.Set("domainName", call.domain_name);
  context.Set("domainPrefix", call.domain_prefix);
  context.Set("extendedRequestId", call.extended_id);
  context.Set("httpMethod", call.method);
  context.Set("identity", Identity(call));
  if (!call.operation_name.empty()) context.Set("operationName", call.operation_name);
  context.Set("path", rest ? call.base_path + call.path
                           : PercentDecode(call.base_path) + DecodedPath(call));
  context.Set("protocol", "HTTP/1.1");
  context.Set("requestId", rest ? call.request_id : call.extended_id);
  context.Set("requestTime", RequestTime(call.time));
  context.Set("requestTimeEpoch", call.time.time_since_epoch().count());
  context.Set("resourceId", rest ? call.resource_id : call.route_key);
  context.Set("resourcePath", call.resource_path);
  context.Set("stage", call.stage);
  return context;
}

json::Object EventV1(const ApiCall& call, const BodyText& body, bool rest) {
  json::Object event;
  if (!rest) event.Set("version", "1.0");
  event.Set("resource", call.resource_path);
  event.Set("path", rest ? PlainPath(call) : PercentDecode(call.base_path) + DecodedPath(call));
  event.Set("httpMethod", call.method);
  event.Set("headers", OrNull(LastHeaders(call.headers)));
  event.Set("multiValueHeaders", OrNull(AllHeaders(call.headers)));
  event.Set("queryStringParameters", OrNull(LastQuery(call)));
  event.Set("multiValueQueryStringParameters", OrNull(AllQuery(call)));
  event.Set("requestContext", RequestContextV1(call, rest));
  event.Set("pathParameters", OrNull(call.path_parameters));
  event.Set("stageVariables", OrNull(call.stage_variables));
  event.Set("body", OrNull(body.text));
  event.Set("isBase64Encoded", body.base64 && !body.text.empty());
  return event;
}

}  // namespace trunkline::cloud::execute_api
