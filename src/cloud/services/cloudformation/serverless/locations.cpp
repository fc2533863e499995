#include "cloud/services/cloudformation/serverless/locations.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/document.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// Nothing: no S3 URI.
json::Object ParseUri(std::string_view uri) {
  constexpr std::string_view kScheme = "s3://";
  if (!uri.starts_with(kScheme)) return {};
  uri.remove_prefix(kScheme.size());
  uri = uri.substr(0, uri.find('#'));
  const std::size_t question = uri.find('?');
  const std::string_view path = uri.substr(0, question);
  const std::size_t slash = path.find('/');
  if (slash == 0 || slash == std::string_view::npos) return {};
  const std::size_t key = path.find_first_not_of('/', slash);
  json::Object location{{"Bucket", path.substr(0, slash)},
                        {"Key", key == std::string_view::npos ? "" : path.substr(key)}};
  if (question == std::string_view::npos) return location;
  for (const std::string_view part : Split(uri.substr(question + 1), '&')) {
    if (part.starts_with("versionId=")) location.Set("Version", PercentDecode(part.substr(10)));
  }
  return location;
}

}  // namespace

Answer<json::Object> S3Location(const json::Value& value, std::string_view id,
                                std::string_view property) {
  if (value.IsObject()) {
    const json::Object& given = value.AsObject();
    if (!Given(given, "Bucket") || !Given(given, "Key")) {
      return InvalidResource(
          id, fmt::format("'{}' requires Bucket and Key properties to be specified.", property));
    }
    json::Object location;
    for (const std::string_view name : {"Bucket", "Key", "Version"}) Copy(location, name, given);
    return location;
  }
  json::Object location = value.IsString() ? ParseUri(value.AsString()) : json::Object();
  if (!location.empty()) return location;
  return InvalidResource(id, fmt::format("'{}' is not a valid S3 Uri of the form 's3://bucket/key' "
                                         "with optional versionId query parameter.",
                                         property));
}

Answer<json::Object> S3Code(const json::Value& value, std::string_view id,
                            std::string_view property) {
  if (!value.IsObject() && !value.IsString())
    return InvalidResource(id, fmt::format("'{}' must be of type dict or string.", property));
  TL_TRY(const json::Object location, S3Location(value, id, property));
  json::Object code;
  Copy(code, "S3Bucket", location, "Bucket");
  Copy(code, "S3Key", location, "Key");
  Copy(code, "S3ObjectVersion", location, "Version");
  return code;
}

}  // namespace trunkline::cloud::cloudformation::serverless
