#include <algorithm>

#include "aws/route.h"
#include "aws/sigv2.h"
#include "aws/sigv4.h"
#include "base/hash.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::chrono::seconds kLongestExpiry{7 * 24 * 3600};

template <class... Args>
Error Refuse(std::string_view code, fmt::format_string<Args...> text, Args&&... args) {
  return Error(ErrorKind::kDenied, text, std::forward<Args>(args)...).WithCode(code);
}

template <class... Args>
Error Malformed(fmt::format_string<Args...> text, Args&&... args) {
  return Error(ErrorKind::kInvalid, text, std::forward<Args>(args)...)
      .WithCode("IncompleteSignature");
}

// "AKID/20150830/us-east-1/service/aws4_request"; a key id may hold slashes, the rest may not.
Result<void> ReadCredential(std::string_view credential, Authorization& authorization) {
  const std::vector<std::string_view> parts = Split(credential, '/');
  if (parts.size() < 5 || parts.back() != "aws4_request") {
    return Malformed(
        "credential must have 5 parts, as in 'AKID/20150830/us-east-1/service/aws4_request', but "
        "is '{}'",
        credential);
  }
  const std::size_t scope = parts.size() - 4;
  const std::size_t key_length = credential.size() - parts[scope].size() - parts[scope + 1].size() -
                                 parts[scope + 2].size() - parts[scope + 3].size() - 4;
  authorization.access_key_id = credential.substr(0, key_length);
  authorization.date = parts[scope];
  authorization.region = parts[scope + 1];
  authorization.service = parts[scope + 2];
  return {};
}

void ReadSignedHeaders(std::string_view text, Authorization& authorization) {
  for (const std::string_view name : Split(text, ';')) {
    if (!name.empty()) authorization.signed_headers.push_back(ToLower(name));
  }
}

Result<Authorization> ReadHeader(std::string_view header, const net::Request& request) {
  Authorization authorization;
  std::string_view credential;
  std::string_view signed_headers;
  for (const std::string_view part : Split(header.substr(kAlgorithm.size()), ',')) {
    const std::string_view trimmed = Trim(part);
    const std::size_t equals = trimmed.find('=');
    const std::string_view key = trimmed.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? "" : trimmed.substr(equals + 1);
    if (key == "Credential") credential = value;
    if (key == "SignedHeaders") signed_headers = value;
    if (key == "Signature") authorization.signature = value;
  }
  if (credential.empty())
    return Malformed("the Authorization header requires a 'Credential' parameter");
  if (signed_headers.empty())
    return Malformed("the Authorization header requires a 'SignedHeaders' parameter");
  if (authorization.signature.empty())
    return Malformed("the Authorization header requires a 'Signature' parameter");
  TL_DO(ReadCredential(credential, authorization));
  ReadSignedHeaders(signed_headers, authorization);
  authorization.session_token = request.headers.Get("X-Amz-Security-Token");
  if (const auto date = request.headers.Find("X-Amz-Date")) {
    authorization.time = ParseIso8601(*date);
  } else if (const auto http_date = request.headers.Find("Date")) {
    authorization.time = ParseHttpDate(*http_date);
  }
  if (!authorization.time)
    return Malformed("the request requires an 'X-Amz-Date' or a 'Date' header");
  return authorization;
}

std::string QueryValue(const RawQuery& query, std::string_view key) {
  const auto found = std::ranges::find(query, key, &RawQuery::value_type::first);
  return found == query.end() ? std::string() : PercentDecode(found->second);
}

Result<Authorization> ReadPresigned(const RawQuery& query) {
  Authorization authorization{.presigned = true};
  const std::string algorithm = QueryValue(query, "X-Amz-Algorithm");
  if (algorithm != kAlgorithm) {
    return Malformed("expected '{}' in 'X-Amz-Algorithm' but got '{}'", kAlgorithm, algorithm);
  }
  TL_DO(ReadCredential(QueryValue(query, "X-Amz-Credential"), authorization));
  ReadSignedHeaders(QueryValue(query, "X-Amz-SignedHeaders"), authorization);
  authorization.signature = QueryValue(query, "X-Amz-Signature");
  authorization.session_token = QueryValue(query, "X-Amz-Security-Token");
  authorization.time = ParseIso8601(QueryValue(query, "X-Amz-Date"));
  if (const auto expires = ToInt(QueryValue(query, "X-Amz-Expires"))) {
    authorization.expires = std::chrono::seconds(*expires);
  }
  if (authorization.signature.empty() || authorization.signed_headers.empty() ||
      !authorization.time || !authorization.expires) {
    return Malformed(
        "a presigned request requires X-Amz-Algorithm, X-Amz-Credential, X-Amz-Date, "
        "X-Amz-Expires, "
        "X-Amz-SignedHeaders and X-Amz-Signature");
  }
  return authorization;
}

bool HasKey(const RawQuery& query, std::string_view key) {
  return std::ranges::find(query, key, &RawQuery::value_type::first) != query.end();
}

Result<void> CheckTime(const Authorization& authorization, TimePoint now, bool is_s3) {
  const std::chrono::minutes skew(is_s3 ? 15 : 5);
  if (authorization.presigned) {
    if (*authorization.expires < std::chrono::seconds(0) ||
        *authorization.expires > kLongestExpiry) {
      return Refuse("AuthorizationQueryParametersError",
                    "X-Amz-Expires must be between 0 and {} seconds", kLongestExpiry.count());
    }
    if (now > *authorization.time + *authorization.expires)
      return Refuse("AccessDenied", "Request has expired");
    if (*authorization.time > now + skew) return Refuse("AccessDenied", "Request is not valid yet");
  } else if (now > *authorization.time + skew || *authorization.time > now + skew) {
    return Refuse(
        "RequestTimeTooSkewed",
        "Signature not yet current or expired: {} is not within {} min. of the server's {}",
        ToIso8601Basic(*authorization.time), skew.count(), ToIso8601Basic(now));
  }
  if (ToIso8601Basic(*authorization.time).substr(0, 8) != authorization.date) {
    return Refuse("SignatureDoesNotMatch",
                  "Date in Credential scope does not match that of the request: {}",
                  authorization.date);
  }
  return {};
}

bool IsHexDigest(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

// What stands for the body in the canonical request; checks the body against it.
Result<std::string> PayloadHash(const net::Request& request, const Authorization& authorization,
                                bool is_s3) {
  const std::optional<std::string_view> header = request.headers.Find("X-Amz-Content-Sha256");
  if (header && !IsHexDigest(*header))
    return std::string(*header);  // UNSIGNED-PAYLOAD, STREAMING-...
  if (authorization.presigned && is_s3) {
    const std::string said = QueryValue(SplitQuery(request.query()), "X-Amz-Content-Sha256");
    return header ? std::string(*header) : said.empty() ? std::string("UNSIGNED-PAYLOAD") : said;
  }
  if (!header && request.body.empty()) return std::string();
  const std::string actual = ToHex(Sha256(request.body));
  if (header && !EqualsIgnoreCase(*header, actual)) {
    return Refuse("XAmzContentSHA256Mismatch",
                  "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  return header ? std::string(*header) : actual;
}

// The ways a client may have written the same request: the service's own first.
std::vector<SignOptions> Variants(const Authorization& authorization, bool is_s3) {
  SignOptions options;
  options.region = authorization.region;
  options.service = authorization.service;
  options.time = *authorization.time;
  options.double_encode = !is_s3;
  options.normalise = !is_s3;
  std::vector<SignOptions> variants{options};
  if (!is_s3) {
    options.normalise = false;
    variants.push_back(options);
  }
  if (authorization.presigned && !authorization.session_token.empty()) {
    // Some clients add the token after signing.
    const std::size_t count = variants.size();
    for (std::size_t i = 0; i < count; ++i) {
      variants.push_back(variants[i]);
      variants.back().omit_session_token = true;
    }
  }
  return variants;
}

}  // namespace

Result<std::optional<Authorization>> ReadAuthorization(const net::Request& request) {
  const std::string_view header = Trim(request.headers.Get("Authorization"));
  if (header.starts_with(kAlgorithm)) {
    TL_TRY(Authorization authorization, ReadHeader(header, request));
    return std::optional<Authorization>(std::move(authorization));
  }
  if (header.starts_with("AWS4-")) {
    return Malformed("expected the algorithm '{}' but got '{}'", kAlgorithm,
                     header.substr(0, header.find(' ')));
  }
  if (header.starts_with("AWS ")) {
    TL_TRY(Authorization authorization, ReadSigV2Header(header, request));
    return std::optional<Authorization>(std::move(authorization));
  }
  const RawQuery query = SplitQuery(request.query());
  if (HasKey(query, "X-Amz-Algorithm") || HasKey(query, "X-Amz-Credential")) {
    TL_TRY(Authorization authorization, ReadPresigned(query));
    return std::optional<Authorization>(std::move(authorization));
  }
  if (HasKey(query, "AWSAccessKeyId") && HasKey(query, "Signature")) {
    TL_TRY(Authorization authorization, ReadSigV2Query(query));
    return std::optional<Authorization>(std::move(authorization));
  }
  return std::optional<Authorization>();
}

std::string CredentialScope(const Authorization& authorization) {
  return fmt::format("{}/{}/{}/aws4_request", authorization.date, authorization.region,
                     authorization.service);
}

Result<void> Verify(const net::Request& request, const Authorization& authorization,
                    std::string_view secret_key, TimePoint now, bool is_s3, SigningKeys* keys) {
  if (authorization.sigv2) return VerifySigV2(request, authorization, secret_key, now);
  TL_DO(CheckTime(authorization, now, is_s3));
  if (std::ranges::find(authorization.signed_headers, "host") ==
      authorization.signed_headers.end()) {
    return Refuse("SignatureDoesNotMatch", "'Host' must be a signed header");
  }
  TL_TRY(const std::string hash, PayloadHash(request, authorization, is_s3));
  SigningKeys own;
  const std::string& key =
      (keys != nullptr ? *keys : own)
          .Get(secret_key, authorization.date, authorization.region, authorization.service);
  for (const SignOptions& options : Variants(authorization, is_s3)) {
    const std::string canonical = CanonicalRequest(request, authorization.signed_headers, options,
                                                   hash, authorization.presigned);
    const std::string expected = ToHex(HmacSha256(key, StringToSign(canonical, options)));
    if (EqualsConstantTime(expected, authorization.signature)) return {};
  }
  return Refuse("SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. "
                "Check your AWS Secret "
                "Access Key and signing method.");
}

}  // namespace trunkline::aws
