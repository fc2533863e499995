#include "cloud/services/events/connection_auth.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/loopback_http.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {
namespace {

net::aw<Answer<std::string>> FetchToken(WaitContext context, json::Object oauth) {
  const json::Object& http = oauth.GetObject("oauth_http_parameters");
  net::Request request;
  request.method = oauth.GetString("http_method", "POST");
  request.headers.Set("Content-Type", "application/x-www-form-urlencoded");
  request.body = fmt::format("grant_type=client_credentials&client_id={}&client_secret={}",
                             PercentEncode(oauth.GetString("client_id")),
                             PercentEncode(oauth.GetString("client_secret")));
  for (const json::Value& one : http.GetArray("BodyParameters")) {
    request.body += fmt::format("&{}={}", PercentEncode(one.AsObject().GetString("Key")),
                                PercentEncode(one.AsObject().GetString("Value")));
  }
  std::string url(oauth.GetString("authorization_endpoint"));
  const auto answer = co_await SendToLoopback(context, std::move(url), std::move(request));
  if (!answer) co_return answer.error();
  const auto parsed = json::Parse(answer->body);
  if (!parsed || !parsed->IsObject() || !parsed->AsObject().Has("access_token"))
    co_return ServiceError("AccessDeniedException", "the authorization endpoint gave no token");
  co_return std::string(parsed->AsObject().GetString("access_token"));
}

std::string Basic(const json::Object& basic) {
  return "Basic " +
         ToBase64(fmt::format("{}:{}", basic.GetString("username"), basic.GetString("password")));
}

}  // namespace

Answer<> ReadConnection(Context& context, std::string_view connection_arn) {
  const std::vector<std::string_view> parts = Split(connection_arn, '/');
  const std::string name(parts.size() > 1 ? parts[1] : parts[0]);
  TL_TRY(const Record connection, FindNamed(context, kConnection, name, "Connection"));
  json::Object named{{"SecretId", connection.body.GetString("SecretArn")}};
  TL_TRY(const json::Object secret, context.Call("secretsmanager", "GetSecretValue", named));
  auto parameters = json::Parse(secret.GetString("SecretString"));
  if (!parameters || connection.body.GetString("ConnectionState") != "AUTHORIZED")
    return ServiceError("AccessDeniedException", "the connection is not authorized");
  return json::Object{{"Type", connection.body.GetString("AuthorizationType")},
                      {"Parameters", *std::move(parameters)}};
}

void AddUrlParameter(std::string& url, std::string_view key, std::string_view value) {
  url += url.find('?') == std::string::npos ? '?' : '&';
  url += fmt::format("{}={}", PercentEncode(key), PercentEncode(value));
}

void AddInvocationParameters(const json::Object& connection, net::Request& request,
                             std::string& url) {
  const json::Object& always =
      connection.GetObject("Parameters").GetObject("invocation_http_parameters");
  for (const json::Value& one : always.GetArray("HeaderParameters"))
    request.headers.Set(one.AsObject().GetString("Key"), one.AsObject().GetString("Value"));
  for (const json::Value& one : always.GetArray("QueryStringParameters"))
    AddUrlParameter(url, one.AsObject().GetString("Key"), one.AsObject().GetString("Value"));
}

net::aw<Answer<net::Headers>> AuthorizationOf(WaitContext context, json::Object connection) {
  const json::Object& parameters = connection.GetObject("Parameters");
  const std::string_view type = connection.GetString("Type");
  net::Headers headers;
  if (type == "BASIC")
    headers.Set("Authorization", Basic(parameters));
  if (type == "API_KEY")
    headers.Set(parameters.GetString("api_key_name"), parameters.GetString("api_key_value"));
  if (type == "OAUTH_CLIENT_CREDENTIALS") {
    json::Object oauth = parameters;
    const auto token = co_await FetchToken(context, std::move(oauth));
    if (!token) co_return token.error();
    headers.Set("Authorization", "Bearer " + *token);
  }
  co_return headers;
}

}  // namespace trunkline::cloud::events
