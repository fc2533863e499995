#include "cloud/services/s3/copy_source.h"

#include "base/text.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/conditions.h"

namespace trunkline::cloud::s3 {

Answer<CopySource> ReadCopySource(std::string_view text) {
  CopySource source;
  constexpr std::string_view kVersion = "?versionId=";
  if (const std::size_t at = text.rfind(kVersion); at != std::string_view::npos) {
    source.version = text.substr(at + kVersion.size());
    text = text.substr(0, at);
  }
  const std::string decoded = PercentDecode(text, true);
  const std::string_view path =
      decoded.starts_with('/') ? std::string_view(decoded).substr(1) : decoded;
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == path.size()) {
    return S3Error(Fault::kInvalidArgument,
                   "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                   {{"ArgumentName", "x-amz-copy-source"}, {"ArgumentValue", text}});
  }
  source.bucket = path.substr(0, slash);
  source.key = path.substr(slash + 1);
  return source;
}

Answer<const Record*> FindCopySource(Context& context, const json::Object& input) {
  TL_DO(CheckImplemented(input));
  TL_TRY(const CopySource source, ReadCopySource(input.GetString("CopySource")));
  json::Object asked{{"Bucket", source.bucket}, {"Key", source.key}};
  asked.SetIfNotEmpty("VersionId", source.version);
  asked.SetIfNotEmpty("ExpectedBucketOwner", input.GetString("ExpectedSourceBucketOwner"));
  Answer<const Record*> version = FindAsked(context, asked);
  if (!version && version.error().code == "MethodNotAllowed") {
    return S3Error(Fault::kInvalidRequest,
                   "The source of a copy request may not specifically refer to a delete "
                   "marker by version id.");
  }
  if (version) TL_DO(CheckCopySource(context, input, **version));
  return version;
}

}  // namespace trunkline::cloud::s3
