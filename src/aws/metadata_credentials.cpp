// Credentials that the machine gives: containers (ECS, EKS, CodeBuild) and instances (IMDSv2).
#include "aws/credentials.h"
#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

using Maybe = std::optional<Credentials>;

Result<Credentials> ReadDocument(const net::Response& response, std::string_view source) {
  if (response.status != 200) {
    return Error(ErrorKind::kDenied, "{} answered with {} instead of credentials", source,
                 response.status);
  }
  Result<json::Value> parsed = json::Parse(response.body);
  if (!parsed || !parsed->IsObject())
    return Error(ErrorKind::kInvalid, "expected credentials as JSON from {}", source);
  const json::Object& body = parsed->AsObject();
  Credentials credentials{.access_key_id = std::string(body.GetString("AccessKeyId")),
                          .secret_key = std::string(body.GetString("SecretAccessKey")),
                          .session_token = std::string(body.GetString("Token")),
                          .expires = ParseIso8601(body.GetString("Expiration"))};
  if (credentials.access_key_id.empty() || credentials.secret_key.empty()) {
    return Error(ErrorKind::kInvalid, "expected AccessKeyId and SecretAccessKey from {}", source);
  }
  return credentials;
}

// Whoever sets the variable must not be able to send our token anywhere: https, this machine, or
// AWS's own addresses.
bool MayBeAsked(const net::Url& url) {
  return url.scheme == "https" || url.host == "localhost" || url.host.starts_with("127.") ||
         url.host == "::1" || url.host == "169.254.170.2" || url.host == "169.254.170.23" ||
         url.host == "fd00:ec2::23";
}

Result<std::string> AuthorizationToken(const CredentialWorld& world) {
  const std::string file = world.environment.GetOr("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "");
  if (file.empty()) return world.environment.GetOr("AWS_CONTAINER_AUTHORIZATION_TOKEN", "");
  TL_TRY(const std::string token, world.files.Read(file));
  return std::string(Trim(token));
}

}  // namespace

net::aw<Result<Maybe>> FindContainerCredentials(CredentialWorld world) {
  const std::string relative =
      world.environment.GetOr("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "");
  const std::string full = world.environment.GetOr("AWS_CONTAINER_CREDENTIALS_FULL_URI", "");
  if (relative.empty() && full.empty()) co_return Maybe();
  const std::string text = relative.empty() ? full : "http://169.254.170.2" + relative;
  std::optional<net::Url> url = net::ParseUrl(text);
  if (!url || !MayBeAsked(*url)) {
    co_return Error(
        ErrorKind::kInvalid,
        "expected https, or an address of this machine, for container credentials but got '{}'",
        text);
  }
  TL_CO_TRY(const std::string token, AuthorizationToken(world));
  net::Request request{.method = "GET", .target = url->target};
  request.headers.Set("Host", url->Authority());
  request.headers.Set("Accept", "application/json");
  if (!token.empty()) request.headers.Set("Authorization", token);
  Result<net::Response> response = co_await world.http.Send(std::move(*url), std::move(request));
  if (!response) co_return std::move(response).error().While("asking for container credentials");
  TL_CO_TRY(Credentials credentials, ReadDocument(*response, text));
  co_return Maybe(std::move(credentials));
}

net::aw<Result<Maybe>> FindInstanceCredentials(CredentialWorld world) {
  if (EqualsIgnoreCase(world.environment.GetOr("AWS_EC2_METADATA_DISABLED", ""), "true"))
    co_return Maybe();
  const std::string base =
      world.environment.GetOr("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254");
  const std::optional<net::Url> url = net::ParseUrl(base);
  if (!url) {
    co_return Error(ErrorKind::kInvalid,
                    "expected a URL in AWS_EC2_METADATA_SERVICE_ENDPOINT but got '{}'", base);
  }
  const auto ask = [&](std::string method, std::string target) {
    net::Request request{.method = std::move(method), .target = std::move(target)};
    request.headers.Set("Host", url->Authority());
    return request;
  };
  net::Request for_token = ask("PUT", "/latest/api/token");
  for_token.headers.Set("X-aws-ec2-metadata-token-ttl-seconds", "21600");
  Result<net::Response> token = co_await world.http.Send(*url, std::move(for_token));
  // Nobody there: not an instance.
  if (!token || token->status != 200) co_return Maybe();
  const std::string folder = "/latest/meta-data/iam/security-credentials/";
  net::Request for_role = ask("GET", folder);
  for_role.headers.Set("X-aws-ec2-metadata-token", token->body);
  Result<net::Response> role = co_await world.http.Send(*url, std::move(for_role));
  if (!role || role->status != 200 || Trim(role->body).empty()) co_return Maybe();
  net::Request for_keys = ask("GET", folder + std::string(Trim(role->body)));
  for_keys.headers.Set("X-aws-ec2-metadata-token", token->body);
  Result<net::Response> keys = co_await world.http.Send(*url, std::move(for_keys));
  if (!keys) co_return std::move(keys).error().While("asking for the instance's credentials");
  TL_CO_TRY(Credentials credentials, ReadDocument(*keys, "the instance metadata service"));
  co_return Maybe(std::move(credentials));
}

}  // namespace trunkline::aws
