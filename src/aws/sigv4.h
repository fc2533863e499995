// AWS Signature Version 4: signing and verifying, in headers and in queries (presigned).
//
// Source: AWS's published test vectors; S3 encodes the path once and does not normalise it, all
// others encode twice and normalise. Comparison of signatures takes constant time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::aws {

struct Credentials {
  std::string access_key_id;
  std::string secret_key;
  std::string session_token;  // empty: none
  std::optional<TimePoint> expires;
};

struct SignOptions {
  std::string region;
  std::string service;  // the signing name
  TimePoint time;
  bool double_encode = true;        // false for S3
  bool normalise = true;            // false for S3
  bool sign_body = false;           // adds and signs x-amz-content-sha256 (S3: always)
  bool omit_session_token = false;  // the token is added after signing
  std::string payload_hash;         // empty: of the body; or "UNSIGNED-PAYLOAD"
};

// Adds X-Amz-Date, X-Amz-Security-Token and Authorization (Host must be set).
void Sign(net::Request& request, const Credentials& credentials, const SignOptions& options);
// Adds the signature to the query instead; valid for `expires`.
void Presign(net::Request& request, const Credentials& credentials, const SignOptions& options,
             std::chrono::seconds expires);

// What a request says about who signed it, unverified.
struct Authorization {
  std::string access_key_id;
  std::string date;  // yyyymmdd
  std::string region;
  std::string service;
  std::vector<std::string> signed_headers;
  std::string signature;
  std::string session_token;
  std::optional<TimePoint> time;
  std::optional<std::chrono::seconds> expires;  // presigned
  bool presigned = false;
  bool sigv2 = false;  // S3's old presigned form: AWSAccessKeyId, Signature, Expires
};
// Nothing: the request is not signed. An error: it tries to be, and is malformed (code
// "IncompleteSignature") or uses an algorithm we do not know.
Result<std::optional<Authorization>> ReadAuthorization(const net::Request& request);

// Keys derived from (secret, date, Region, service), kept: they are the larger part of a
// verification.
class SigningKeys {
 public:
  const std::string& Get(std::string_view secret_key, std::string_view date,
                         std::string_view region, std::string_view service);

 private:
  static constexpr std::size_t kMost = 4096;  // then it starts anew: a day has few
  std::unordered_map<std::string, std::string> keys_;
};
std::string SigningKey(std::string_view secret_key, std::string_view date, std::string_view region,
                       std::string_view service);

// Whether `request` was signed with `secret_key`. The error's code says what is wrong:
// "SignatureDoesNotMatch", "RequestTimeTooSkewed", "AccessDenied" (a presigned request that has
// expired), "XAmzContentSHA256Mismatch" (the body is not the one that was signed),
// "AuthorizationQueryParametersError". Paths are taken as S3 does or as all others do, by `is_s3`.
// The token of the session is not looked at.
Result<void> Verify(const net::Request& request, const Authorization& authorization,
                    std::string_view secret_key, TimePoint now, bool is_s3,
                    SigningKeys* keys = nullptr);

// "20150830/us-east-1/service/aws4_request".
std::string CredentialScope(const Authorization& authorization);

// The intermediate texts, for tests against the published vectors. `signed_headers` are lower case
// and sorted.
std::string CanonicalRequest(const net::Request& request,
                             const std::vector<std::string>& signed_headers,
                             const SignOptions& options, std::string_view payload_hash,
                             bool presigned);
std::string StringToSign(std::string_view canonical_request, const SignOptions& options);

}  // namespace trunkline::aws
