// The texts that are signed. Both sides must write the same bytes, so every rule here is AWS's:
// what is encoded, what is trimmed, what is sorted.
#include <algorithm>

#include "aws/route.h"
#include "aws/sigv4.h"
#include "base/hash.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

constexpr std::string_view kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// RFC 3986 section 5.2.4, and runs of slashes become one.
std::string NormalisedPath(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view segment : Split(path, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  std::string result;
  for (const std::string_view segment : kept) result.append("/").append(segment);
  const bool slash = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  if (result.empty() || slash) result += '/';
  return result;
}

void AppendPath(std::string_view path, const SignOptions& options, std::string& out) {
  if (path.empty()) path = "/";
  const bool crooked =
      path.find("//") != std::string_view::npos || path.find("/.") != std::string_view::npos;
  const std::string normal =
      options.normalise && crooked ? NormalisedPath(path) : std::string(path);
  // Others encode what is encoded already once more; S3 encodes once, whatever the client sent.
  out += PercentEncode(options.double_encode ? normal : PercentDecode(normal), true);
}

// Decoded and encoded again, because clients differ in what they escape.
std::string SameEscapes(std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
  });
  return plain ? std::string(text) : PercentEncode(PercentDecode(text));
}

void AppendQuery(std::string_view query, const SignOptions& options, bool presigned,
                 std::string& out) {
  std::vector<std::pair<std::string, std::string>> parts;
  for (const auto& [key, value] : SplitQuery(query)) {
    if (presigned && key == "X-Amz-Signature") continue;
    if (presigned && options.omit_session_token && key == "X-Amz-Security-Token") continue;
    parts.emplace_back(SameEscapes(key), SameEscapes(value));
  }
  std::ranges::sort(parts);
  bool first = true;
  for (const auto& [key, value] : parts) {
    if (!first) out += '&';
    first = false;
    out.append(key).append("=").append(value);
  }
}

// Trimmed, inner blanks (and folded lines) as one blank.
void AppendTrimmed(std::string_view value, std::string& out) {
  bool blank = false;
  for (const char c : Trim(value)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = true;
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
}

void AppendHeader(const net::Request& request, const std::string& name, std::string& out) {
  out.append(name).append(":");
  bool first = true;
  for (const auto& [key, value] : request.headers) {
    if (key.size() != name.size() || !EqualsIgnoreCase(key, name)) continue;
    if (!first) out += ',';
    first = false;
    AppendTrimmed(value, out);
  }
  out += '\n';
}

}  // namespace

std::string CanonicalRequest(const net::Request& request,
                             const std::vector<std::string>& signed_headers,
                             const SignOptions& options, std::string_view payload_hash,
                             bool presigned) {
  std::string out;
  out.reserve(512);
  out.append(request.method).append("\n");
  AppendPath(request.path(), options, out);
  out += '\n';
  AppendQuery(request.query(), options, presigned, out);
  out += '\n';
  for (const std::string& name : signed_headers) AppendHeader(request, name, out);
  out += '\n';
  for (std::size_t i = 0; i < signed_headers.size(); ++i)
    out.append(i == 0 ? "" : ";").append(signed_headers[i]);
  out.append("\n").append(payload_hash.empty() ? kEmptyHash : payload_hash);
  return out;
}

std::string StringToSign(std::string_view canonical_request, const SignOptions& options) {
  const std::string time = ToIso8601Basic(options.time);
  std::string out = "AWS4-HMAC-SHA256\n";
  out.append(time).append("\n").append(time, 0, 8).append("/").append(options.region).append("/");
  out.append(options.service).append("/aws4_request\n").append(ToHex(Sha256(canonical_request)));
  return out;
}

std::string SigningKey(std::string_view secret_key, std::string_view date, std::string_view region,
                       std::string_view service) {
  const std::string date_key = HmacSha256("AWS4" + std::string(secret_key), date);
  return HmacSha256(HmacSha256(HmacSha256(date_key, region), service), "aws4_request");
}

const std::string& SigningKeys::Get(std::string_view secret_key, std::string_view date,
                                    std::string_view region, std::string_view service) {
  std::string name;
  name.reserve(96);
  for (const std::string_view part : {secret_key, date, region, service})
    name.append(part).append("\n");
  if (const auto found = keys_.find(name); found != keys_.end()) return found->second;
  if (keys_.size() >= kMost) keys_.clear();
  return keys_.emplace(std::move(name), SigningKey(secret_key, date, region, service))
      .first->second;
}

}  // namespace trunkline::aws
