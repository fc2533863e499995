#include "cloud/services/cloudformation/stacks/s3_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/template/read.h"
#include "cloud/services/cloudformation/template/template.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool IsPathStyleHost(std::string_view host) {
  const std::string_view name = host.substr(0, host.find(':'));
  return name == "127.0.0.1" || name == "localhost" || host.starts_with("[::1]") ||
         name.starts_with("s3.") || name.starts_with("s3-");
}

// "bucket.s3.eu-central-1.amazonaws.com", "bucket.s3-eu-west-1.amazonaws.com", "bucket.localhost"
std::string_view BucketOfHost(std::string_view host) {
  for (const std::string_view mark : {".s3.", ".s3-", ".localhost"}) {
    if (const std::size_t at = host.find(mark); at != host.npos) return host.substr(0, at);
  }
  return {};
}

std::optional<S3Location> Make(std::string_view bucket, std::string_view rest) {
  S3Location location;
  location.bucket = bucket;
  const std::size_t query = rest.find('?');
  location.key = PercentDecode(rest.substr(0, query));
  if (query != rest.npos) {
    const std::string_view text = rest.substr(query + 1);
    if (text.starts_with("versionId=")) location.version = PercentDecode(text.substr(10));
  }
  if (location.bucket.empty() || location.key.empty()) return std::nullopt;
  return location;
}

}  // namespace

std::optional<S3Location> ReadS3Url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return std::nullopt;
  const std::string_view rest = url.substr(scheme + 3);
  const std::size_t slash = rest.find('/');
  if (slash == rest.npos) return std::nullopt;
  const std::string_view host = rest.substr(0, slash);
  const std::string_view path = rest.substr(slash + 1);
  const std::string_view name = url.substr(0, scheme);
  if (name == "s3") return Make(host, path);
  if (name != "http" && name != "https") return std::nullopt;
  if (!IsPathStyleHost(host)) return Make(BucketOfHost(host), path);
  const std::size_t next = path.find('/');
  if (next == path.npos) return std::nullopt;
  return Make(path.substr(0, next), path.substr(next + 1));
}

Answer<std::string> ReadS3Text(Context& context, std::string_view url, std::string_view what) {
  const auto location = ReadS3Url(url);
  if (!location) return ValidationError(fmt::format("{} must be a supported URL.", what));
  json::Object get{{"Bucket", location->bucket}, {"Key", location->key}};
  get.SetIfNotEmpty("VersionId", location->version);
  const Answer<> object = context.Call("s3", "GetObject", get);
  if (!object) {
    return ValidationError(
        fmt::format("S3 error: {}\nFor more information check "
                    "http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
                    object.error().message));
  }
  std::string text(object->GetString("Body"));
  if (text.size() > kStoredTemplateSize)
    return ValidationError(
        fmt::format("Template may not exceed {} bytes in size.", kStoredTemplateSize));
  return text;
}

}  // namespace trunkline::cloud::cloudformation
