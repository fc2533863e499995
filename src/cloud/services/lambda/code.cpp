#include "cloud/services/lambda/code.h"

#include "base/hash.h"
#include "base/zip.h"
#include "cloud/objects.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kDirectLimit = 50U << 20U;  // a zip in the request itself

ServiceError Invalid(std::string_view message) {
  return {"InvalidParameterValueException", message};
}

// An end-of-directory record near the end, and a first entry: enough to tell a zip from everything
// else at once. Unpacking happens before the first invocation, off the loop.
bool LooksLikeZip(std::string_view bytes) {
  constexpr std::string_view kEnd("PK\x05\x06", 4);
  constexpr std::string_view kFirst("PK\x03\x04", 4);
  const std::size_t tail = bytes.size() > 70000 ? bytes.size() - 70000 : 0;
  return bytes.substr(0, 4) == kFirst && bytes.substr(tail).find(kEnd) != std::string_view::npos;
}

Answer<std::string> FromS3(Context& context, const json::Object& input) {
  json::Object get{{"Bucket", input.GetString("S3Bucket")}, {"Key", input.GetString("S3Key")}};
  get.SetIfNotEmpty("VersionId", input.GetString("S3ObjectVersion"));
  Answer<> object = context.Call("s3", "GetObject", get);
  if (!object) {
    return Invalid(
        fmt::format("Error occurred while GetObject. S3 Error Code: {}. S3 Error Message: {}",
                    object.error().code, object.error().message));
  }
  return std::string(object->GetString("Body"));
}

}  // namespace

Answer<Code> KeepCode(Context& context, const json::Object& input) {
  if (input.Has("ImageUri"))
    return Invalid("container images are not implemented by this cloud; give a zip");
  const bool direct = input.Has("ZipFile");
  if (direct == input.Has("S3Bucket")) return Invalid("Please provide a source for function code.");
  std::string from_s3;
  if (!direct) {
    TL_TRY(from_s3, FromS3(context, input));
  }
  const std::string_view bytes = direct ? input.GetString("ZipFile") : std::string_view(from_s3);
  if (direct && bytes.size() > kDirectLimit) {
    return ServiceError("RequestEntityTooLargeException",
                        fmt::format("a zip in the request takes {} bytes at most", kDirectLimit))
        .WithStatus(413);
  }
  const Result<std::uint64_t> unpacked = UnpackedSize(bytes);
  if (!LooksLikeZip(bytes) || !unpacked) {
    return Invalid(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  if (*unpacked >= kMostUnpacked)
    return Invalid(fmt::format("Unzipped size must be smaller than {} bytes", kMostUnpacked));
  TL_TRY(std::string id, context.objects.Put(bytes));
  return Code{.id = std::move(id),
              .sha256 = ToBase64(Sha256(bytes)),
              .size = bytes.size(),
              .unpacked = *unpacked};
}

std::string CodeLocation(const Context& context, std::string_view code_id) {
  return fmt::format("{}/_trunkline/lambda-code/{}", context.endpoint, code_id);
}

void Describe(const Code& code, json::Object& configuration) {
  configuration.Set("CodeSha256", code.sha256);
  configuration.Set("CodeSize", code.size);
}

}  // namespace trunkline::cloud::lambda
