#include "cloud/services/s3/prepare.h"

#include <algorithm>

#include "aws/sigv4_chunked.h"
#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/s3/bucket.h"
#include "cloud/services/s3/checksum.h"

namespace trunkline::cloud::s3 {
namespace {

// Hosts that carry a bucket's name before them.
constexpr std::string_view kLocal = "localhost";

// "my.bucket" of "my.bucket.s3.eu-west-1.amazonaws.com", "my.bucket.s3-website..." or
// "my.bucket.localhost".
std::string_view BucketOfHost(std::string_view host) {
  host = host.substr(0, host.rfind(':'));
  if (host.ends_with("." + std::string(kLocal))) {
    host.remove_suffix(kLocal.size() + 1);
    // "s3.localhost" is an endpoint, "bucket.s3.localhost" a bucket of it.
    if (host == "s3") return {};
    return host.ends_with(".s3") ? host.substr(0, host.size() - 3) : host;
  }
  if (!host.ends_with(".amazonaws.com")) return {};
  for (const std::string_view mark : {".s3.", ".s3-"}) {
    const std::size_t at = host.rfind(mark);
    if (at != std::string_view::npos) return host.substr(0, at);
  }
  return {};
}

// Query keys that say nothing of what the body is.
bool IsPlainKey(const std::string& key) {
  constexpr std::string_view kPlain[] = {"x-id",      "partNumber", "uploadId",      "versionId",
                                         "Signature", "Expires",    "AWSAccessKeyId"};
  return std::ranges::find(kPlain, key) != std::end(kPlain) || ToLower(key).starts_with("x-amz-");
}

// A PUT of an object's or part's bytes.
bool CarriesObject(const net::Request& request) {
  const std::string_view path = request.path();
  const bool has_key = path.find('/', 1) != std::string_view::npos && !path.ends_with('/');
  const auto query = net::ParseQuery(request.query());
  return request.method == "PUT" && has_key &&
         std::ranges::all_of(query, [](const auto& pair) { return IsPlainKey(pair.first); });
}

Answer<void> CheckDigest(const net::Request& request) {
  const auto md5 = request.headers.Find("Content-MD5");
  if (md5) {
    const std::optional<std::string> wanted = FromBase64(*md5);
    if (!wanted || wanted->size() != 16)
      return S3Error(Fault::kInvalidDigest, {{"Content-MD5", *md5}});
    if (*wanted != Md5(request.body)) return S3Error(Fault::kBadDigest);
  }
  for (const Algorithm algorithm : {Algorithm::kCrc32, Algorithm::kCrc32c, Algorithm::kCrc64Nvme,
                                    Algorithm::kSha1, Algorithm::kSha256}) {
    const std::string name(NameOf(algorithm));
    const auto value = request.headers.Find("x-amz-checksum-" + ToLower(name));
    if (value && FromBase64(*value) != Compute(algorithm, request.body)) {
      return S3Error(Fault::kBadDigest,
                     "The " + name + " you specified did not match the calculated checksum.");
    }
  }
  return {};
}

// CompleteMultipartUpload's checksum headers speak of the object, not of the document in the body.
bool CarriesDocument(const net::Request& request) {
  if (request.body.empty() || CarriesObject(request)) return false;
  const auto query = net::ParseQuery(request.query());
  return std::ranges::none_of(query, [](const auto& pair) { return pair.first == "uploadId"; });
}

Answer<void> TakeChunksApart(net::Request& request) {
  aws::Trailers trailers;
  Result<std::string> body = aws::DecodeAwsChunked(request.body, trailers);
  if (!body) {
    constexpr int kBadRequest = 400;
    return ServiceError(body.error().code(), body.error().message()).WithStatus(kBadRequest);
  }
  const std::string_view length = request.headers.Get("x-amz-decoded-content-length");
  if (!length.empty() && length != std::to_string(body->size())) {
    return S3Error(Fault::kIncompleteBody);
  }
  request.body = *std::move(body);
  for (const auto& [name, value] : trailers) {
    if (name.starts_with("x-amz-checksum-")) request.headers.Set(name, value);
  }
  return {};
}

}  // namespace

std::optional<std::string> PathStyleTarget(const net::Request& request) {
  const std::string_view bucket = BucketOfHost(request.headers.Get("Host"));
  if (bucket.empty() || !IsBucketName(bucket)) return std::nullopt;
  return "/" + std::string(bucket) + request.target;
}

Answer<void> Prepare(net::Request& request) {
  if (aws::IsAwsChunked(request)) TL_DO(TakeChunksApart(request));
  if (CarriesDocument(request)) TL_DO(CheckDigest(request));
  return {};
}

}  // namespace trunkline::cloud::s3
