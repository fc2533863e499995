// AWS Signature Version 4: signing and verifying, in headers and in queries (presigned).
//
// Source: AWS's published test vectors; S3 encodes the path once and does not normalise it, all
// others encode twice and normalise. Comparison of signatures takes constant time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
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
// Nothing: the request is not signed. An error: it tries to be, and is malformed.
Result<std::optional<Authorization>> ReadAuthorization(const net::Request& request);

// Whether `request` was signed with `secret_key`. The error's code says what is wrong:
// "SignatureDoesNotMatch", "RequestTimeTooSkewed", "ExpiredToken"-like codes as aws-wire.md section
// 3 lists them.
Result<void> Verify(const net::Request& request, const Authorization& authorization,
                    std::string_view secret_key, TimePoint now, bool is_s3);

// The intermediate texts, for tests against the published vectors.
std::string CanonicalRequest(const net::Request& request,
                             const std::vector<std::string>& signed_headers,
                             const SignOptions& options, std::string_view payload_hash,
                             bool presigned);
std::string StringToSign(std::string_view canonical_request, const SignOptions& options);

}  // namespace trunkline::aws
