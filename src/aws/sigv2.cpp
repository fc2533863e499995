#include "aws/sigv2.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

// RFC 2104 over SHA-1, which only this old signature needs.
std::string HmacSha1(std::string_view key, std::string_view text) {
  std::array<char, 64> block{};
  const std::string short_key = key.size() > block.size() ? Sha1(key) : std::string(key);
  std::ranges::copy(short_key, block.begin());
  std::string inner;
  std::string outer;
  for (const char c : block) {
    inner += static_cast<char>(c ^ 0x36);
    outer += static_cast<char>(c ^ 0x5C);
  }
  return Sha1(outer + Sha1(inner.append(text)));
}

// The query keys that name what is asked for, and so are signed.
constexpr std::string_view kSubresources[] = {"accelerate",
                                              "acl",
                                              "analytics",
                                              "cors",
                                              "delete",
                                              "encryption",
                                              "inventory",
                                              "legal-hold",
                                              "lifecycle",
                                              "location",
                                              "logging",
                                              "metrics",
                                              "notification",
                                              "object-lock",
                                              "partNumber",
                                              "policy",
                                              "replication",
                                              "requestPayment",
                                              "response-cache-control",
                                              "response-content-disposition",
                                              "response-content-encoding",
                                              "response-content-language",
                                              "response-content-type",
                                              "response-expires",
                                              "restore",
                                              "retention",
                                              "select",
                                              "select-type",
                                              "tagging",
                                              "torrent",
                                              "uploadId",
                                              "uploads",
                                              "versionId",
                                              "versioning",
                                              "versions",
                                              "website"};
static_assert(std::ranges::is_sorted(kSubresources));

std::string Resource(const net::Request& request, const RawQuery& query) {
  std::string text(request.path());
  std::vector<std::string> parts;
  for (const auto& [key, value] : query) {
    if (!std::ranges::binary_search(kSubresources, key)) continue;
    parts.push_back(value.empty() ? std::string(key)
                                  : fmt::format("{}={}", key, PercentDecode(value)));
  }
  std::ranges::sort(parts);
  if (!parts.empty()) text += "?" + Join(parts, "&");
  return text;
}

// x-amz- headers; a presigned request carries them in its query.
std::string AmazonHeaders(const net::Request& request, const RawQuery& query) {
  std::map<std::string, std::string> headers;
  const auto add = [&](std::string_view name, std::string_view value) {
    const std::string lower = ToLower(name);
    if (!lower.starts_with("x-amz-")) return;
    std::string& text = headers[lower];
    text += (text.empty() ? "" : ",") + std::string(Trim(value));
  };
  for (const auto& [name, value] : request.headers) add(name, value);
  for (const auto& [name, value] : query) add(name, PercentDecode(value));
  std::string text;
  for (const auto& [name, value] : headers)
    text.append(name).append(":").append(value).append("\n");
  return text;
}

}  // namespace

Result<Authorization> ReadSigV2Header(std::string_view header, const net::Request& request) {
  const std::string_view pair = Trim(header.substr(4));
  const std::size_t colon = pair.find(':');
  if (colon == std::string_view::npos) {
    return Error(ErrorKind::kInvalid,
                 "expected 'AWS AccessKeyId:Signature' in the Authorization header")
        .WithCode("IncompleteSignature");
  }
  Authorization authorization{.service = "s3", .sigv2 = true};
  authorization.access_key_id = pair.substr(0, colon);
  authorization.signature = pair.substr(colon + 1);
  authorization.session_token = request.headers.Get("X-Amz-Security-Token");
  const std::string_view own_date = request.headers.Get("X-Amz-Date");
  authorization.time = ParseHttpDate(own_date.empty() ? request.headers.Get("Date") : own_date);
  return authorization;
}

Result<Authorization> ReadSigV2Query(const RawQuery& query) {
  Authorization authorization{.service = "s3", .presigned = true, .sigv2 = true};
  for (const auto& [key, raw] : query) {
    const std::string value = PercentDecode(raw);
    if (key == "AWSAccessKeyId") authorization.access_key_id = value;
    if (key == "Signature") authorization.signature = value;
    if (EqualsIgnoreCase(key, "x-amz-security-token")) authorization.session_token = value;
    if (key != "Expires") continue;
    const auto seconds = ToInt(value);
    if (seconds) authorization.time = TimePoint(std::chrono::seconds(*seconds));
  }
  authorization.expires = std::chrono::seconds(0);  // the time is the end itself
  if (!authorization.time) {
    return Error(ErrorKind::kInvalid, "expected seconds since 1970 in 'Expires'")
        .WithCode("IncompleteSignature");
  }
  return authorization;
}

Result<void> VerifySigV2(const net::Request& request, const Authorization& authorization,
                         std::string_view secret_key, TimePoint now) {
  const auto refuse = [](std::string_view code, std::string_view text) {
    return Error(ErrorKind::kDenied, "{}", text).WithCode(code);
  };
  const RawQuery query = SplitQuery(request.query());
  std::string date;
  if (authorization.presigned) {
    if (now > *authorization.time) return refuse("AccessDenied", "Request has expired");
    date = std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(authorization.time->time_since_epoch())
            .count());
  } else {
    constexpr std::chrono::minutes kSkew(15);
    if (!authorization.time)
      return refuse("AccessDenied",
                    "AWS authentication requires a valid Date or x-amz-date header");
    if (now > *authorization.time + kSkew || *authorization.time > now + kSkew) {
      return refuse("RequestTimeTooSkewed",
                    "The difference between the request time and the current time is too large.");
    }
    date = request.headers.Has("X-Amz-Date") ? "" : std::string(request.headers.Get("Date"));
  }
  const std::string text =
      fmt::format("{}\n{}\n{}\n{}\n{}{}", request.method, request.headers.Get("Content-MD5"),
                  request.headers.Get("Content-Type"), date, AmazonHeaders(request, query),
                  Resource(request, query));
  if (EqualsConstantTime(ToBase64(HmacSha1(secret_key, text)), authorization.signature)) return {};
  return refuse("SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. "
                "Check your key and "
                "signing method.");
}

}  // namespace trunkline::aws
