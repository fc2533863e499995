#include <algorithm>

#include "aws/sigv4.h"
#include "base/hash.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

// What proxies and HTTP libraries add or change on the way must not be signed.
bool IsSigned(std::string_view name) {
  constexpr std::string_view kUnsigned[] = {
      "authorization", "connection",        "expect",
      "user-agent",    "transfer-encoding", "x-amzn-trace-id"};
  return std::ranges::find(kUnsigned, name) == std::end(kUnsigned);
}

std::vector<std::string> SignedHeaders(const net::Headers& headers) {
  std::vector<std::string> names;
  for (const auto& [name, value] : headers) {
    std::string lower = ToLower(name);
    if (IsSigned(lower)) names.push_back(std::move(lower));
  }
  std::ranges::sort(names);
  const auto twice = std::ranges::unique(names);
  names.erase(twice.begin(), twice.end());
  return names;
}

std::string PayloadHash(const net::Request& request, const SignOptions& options) {
  return options.payload_hash.empty() ? ToHex(Sha256(request.body)) : options.payload_hash;
}

std::string Scope(const SignOptions& options) {
  return fmt::format("{}/{}/{}/aws4_request", ToIso8601Basic(options.time).substr(0, 8),
                     options.region, options.service);
}

std::string Signature(std::string_view canonical_request, const Credentials& credentials,
                      const SignOptions& options) {
  const std::string date = ToIso8601Basic(options.time).substr(0, 8);
  const std::string key = SigningKey(credentials.secret_key, date, options.region, options.service);
  return ToHex(HmacSha256(key, StringToSign(canonical_request, options)));
}

void AddToQuery(std::string& target, std::string_view key, std::string_view value) {
  target += target.find('?') == std::string::npos ? "?" : target.ends_with('?') ? "" : "&";
  target += PercentEncode(key) + '=' + PercentEncode(value);
}

}  // namespace

void Sign(net::Request& request, const Credentials& credentials, const SignOptions& options) {
  const std::string hash = PayloadHash(request, options);
  request.headers.Set("X-Amz-Date", ToIso8601Basic(options.time));
  if (options.sign_body || options.service == "s3")
    request.headers.Set("X-Amz-Content-Sha256", hash);
  const bool token = !credentials.session_token.empty();
  if (token && !options.omit_session_token)
    request.headers.Set("X-Amz-Security-Token", credentials.session_token);
  const std::vector<std::string> names = SignedHeaders(request.headers);
  const std::string signature =
      Signature(CanonicalRequest(request, names, options, hash, false), credentials, options);
  if (token && options.omit_session_token)
    request.headers.Set("X-Amz-Security-Token", credentials.session_token);
  request.headers.Set(
      "Authorization",
      fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm,
                  credentials.access_key_id, Scope(options), Join(names, ";"), signature));
}

void Presign(net::Request& request, const Credentials& credentials, const SignOptions& options,
             std::chrono::seconds expires) {
  const bool unsigned_payload = options.payload_hash.empty() && options.service == "s3";
  const std::string hash = unsigned_payload ? "UNSIGNED-PAYLOAD" : PayloadHash(request, options);
  const std::vector<std::string> names = SignedHeaders(request.headers);
  AddToQuery(request.target, "X-Amz-Algorithm", kAlgorithm);
  AddToQuery(request.target, "X-Amz-Credential", credentials.access_key_id + "/" + Scope(options));
  AddToQuery(request.target, "X-Amz-Date", ToIso8601Basic(options.time));
  AddToQuery(request.target, "X-Amz-SignedHeaders", Join(names, ";"));
  AddToQuery(request.target, "X-Amz-Expires", std::to_string(expires.count()));
  if (!credentials.session_token.empty()) {
    AddToQuery(request.target, "X-Amz-Security-Token", credentials.session_token);
  }
  const std::string canonical = CanonicalRequest(request, names, options, hash, true);
  AddToQuery(request.target, "X-Amz-Signature", Signature(canonical, credentials, options));
}

}  // namespace trunkline::aws
