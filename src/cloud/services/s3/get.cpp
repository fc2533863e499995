// Reading objects: GetObject, HeadObject, GetObjectAttributes.
#include <algorithm>
#include <numeric>
#include <optional>

#include "base/text.h"
#include "cloud/objects.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/checksum.h"
#include "cloud/services/s3/conditions.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/key_access.h"
#include "cloud/services/s3/range.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr int kPartial = 206;

std::uint64_t SizeOf(const Record& version) {
  return static_cast<std::uint64_t>(version.body.GetInt("Size"));
}

// The bytes of one part of a multipart upload; part 1 of any other object is all of it.
Answer<ByteRange> FindPart(const Record& version, std::int64_t number) {
  const json::Array& parts = version.body.GetArray("Parts");
  if (parts.empty() && number == 1) return ByteRange{.offset = 0, .length = SizeOf(version)};
  if (number < 1 || number > static_cast<std::int64_t>(parts.size())) {
    return S3Error(Fault::kInvalidPartNumber,
                   {{"PartNumberRequested", std::to_string(number)},
                    {"ActualPartCount", std::to_string(std::max<std::size_t>(1, parts.size()))}});
  }
  ByteRange range;
  for (std::int64_t i = 0; i < number; ++i) {
    range.offset += range.length;
    range.length = static_cast<std::uint64_t>(parts[static_cast<std::size_t>(i)].AsInt());
  }
  return range;
}

// What is asked for, if it is not everything.
Answer<std::optional<ByteRange>> ChooseRange(const json::Object& input, const Record& version) {
  const std::string_view header = input.GetString("Range");
  if (!input.Has("PartNumber")) {
    if (header.empty()) return std::optional<ByteRange>();
    return ReadRange(header, SizeOf(version));
  }
  if (!header.empty()) {
    return S3Error(Fault::kInvalidRequest,
                   "Cannot specify both Range header and partNumber query parameter");
  }
  TL_TRY(const ByteRange part, FindPart(version, input.GetInt("PartNumber")));
  return std::optional(part);
}

void SetHeaders(json::Object& answer, const Record& version, const json::Object& input) {
  for (const json::Member& header : version.body.GetObject("Headers")) {
    const json::Value* instead = input.Find("Response" + header.key);
    answer.Set(header.key, instead ? *instead : header.value);
  }
  for (const std::string_view name : {"CacheControl", "ContentDisposition", "ContentEncoding",
                                      "ContentLanguage", "ContentType", "Expires"}) {
    if (const json::Value* instead = input.Find("Response" + std::string(name)))
      answer.Set(name, *instead);
  }
}

void SetLock(json::Object& answer, const json::Object& body) {
  const json::Object& retention = body.GetObject("Retention");
  if (!retention.empty()) {
    answer.Set("ObjectLockMode", retention.At("Mode"));
    answer.Set("ObjectLockRetainUntilDate", retention.At("RetainUntilDate"));
  }
  answer.SetIfNotEmpty("ObjectLockLegalHoldStatus", body.GetString("LegalHold"));
}

// What GetObject and HeadObject say alike.
json::Object ToHead(const Record& bucket, const Record& version, const json::Object& input) {
  json::Object answer{{"AcceptRanges", "bytes"},
                      {"LastModified", version.body.At("LastModified")},
                      {"ContentLength", version.body.At("Size")},
                      {"ETag", QuotedTag(version.body)}};
  SetHeaders(answer, version, input);
  if (!version.body.GetObject("Metadata").empty())
    answer.Set("Metadata", version.body.At("Metadata"));
  SetEncryption(answer, version.body);
  SetVersionId(answer, bucket, version);
  SetLock(answer, version.body);
  // STANDARD is not said.
  if (version.body.GetString("StorageClass") != "STANDARD")
    answer.Set("StorageClass", version.body.At("StorageClass"));
  if (const json::Array& tags = version.body.GetArray("Tags"); !tags.empty())
    answer.Set("TagCount", tags.size());
  return answer;
}

Answer<> Describe(Context& context, const json::Object& input, const Record& version,
                  ByteRange& range) {
  TL_DO(CheckImplemented(input));
  TL_DO(CheckReadable(context, input, version));
  TL_TRY(const std::optional<ByteRange> chosen, ChooseRange(input, version));
  TL_TRY(const Record* bucket, FindBucket(context, input));
  json::Object answer = ToHead(*bucket, version, input);
  const std::uint64_t size = SizeOf(version);
  range = chosen.value_or(ByteRange{.offset = 0, .length = size});
  if (chosen && size > 0) {
    context.reply.status = kPartial;
    answer.Set("ContentLength", range.length);
    answer.Set("ContentRange", ToContentRange(range, size));
  }
  if (input.Has("PartNumber") && !version.body.GetArray("Parts").empty()) {
    answer.Set("PartsCount", version.body.GetArray("Parts").size());
  }
  // The checksum is of everything: it says nothing of a part.
  if (input.GetString("ChecksumMode") == "ENABLED" && range.length == size) {
    if (const auto checksum = FromRecord(version.body.GetObject("Checksum")))
      SetChecksum(answer, *checksum);
  }
  return answer;
}

Answer<> GetObject(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindAsked(context, input));
  TL_DO(CheckMayDecrypt(context, version->body));
  ByteRange range;
  TL_TRY(json::Object answer, Describe(context, input, *version, range));
  const std::string file(version->body.GetString("File"));
  if (context.request) {
    context.reply.file = context.objects.AsBody(file, range.offset, range.length);
    return answer;
  }
  // A service that calls this one gets the bytes.
  TL_TRY(std::string bytes, context.objects.ReadRange(file, range.offset, range.length));
  answer.Set("Body", std::move(bytes));
  return answer;
}

Answer<> HeadObject(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindAsked(context, input));
  ByteRange range;
  return Describe(context, input, *version, range);
}

json::Object ToParts(const Record& version, const json::Object& input) {
  constexpr std::int64_t kDefaultParts = 1000;
  const json::Array& parts = version.body.GetArray("Parts");
  const std::int64_t after = input.GetInt("PartNumberMarker");
  const std::int64_t limit = input.GetInt("MaxParts", kDefaultParts);
  const auto count = static_cast<std::int64_t>(parts.size());
  // Parts that were uploaded without a checksum algorithm are only counted.
  if (version.body.GetBool("Plain")) return {{"TotalPartsCount", count}};
  const std::int64_t last = std::min(count, after + limit);
  json::Array shown;
  for (std::int64_t i = after; i < last; ++i) {
    shown.push_back(
        json::Object{{"PartNumber", i + 1}, {"Size", parts[static_cast<std::size_t>(i)]}});
  }
  return {{"TotalPartsCount", count}, {"PartNumberMarker", after},   {"NextPartNumberMarker", last},
          {"MaxParts", limit},        {"IsTruncated", last < count}, {"Parts", std::move(shown)}};
}

Answer<> GetObjectAttributes(Context& context, const json::Object& input) {
  TL_DO(CheckImplemented(input));
  TL_TRY(const Record* version, FindAsked(context, input));
  TL_TRY(const Record* bucket, FindBucket(context, input));
  json::Object answer{{"LastModified", version->body.At("LastModified")}};
  SetVersionId(answer, *bucket, *version);
  for (const json::Value& attribute : input.GetArray("ObjectAttributes")) {
    const std::string& name = attribute.AsString();
    if (name == "ETag") answer.Set("ETag", version->body.At("ETag"));
    if (name == "StorageClass") answer.Set("StorageClass", version->body.At("StorageClass"));
    if (name == "ObjectSize") answer.Set("ObjectSize", version->body.At("Size"));
    if (name == "ObjectParts" && version->body.Has("Parts"))
      answer.Set("ObjectParts", ToParts(*version, input));
    if (name == "Checksum") {
      json::Object checksum;
      if (const auto kept = FromRecord(version->body.GetObject("Checksum")))
        SetChecksum(checksum, *kept);
      answer.Set("Checksum", std::move(checksum));
    }
  }
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "GetObject", .handle = GetObject},
    {.name = "GetObjectAttributes", .handle = GetObjectAttributes},
    {.name = "HeadObject", .handle = HeadObject},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kGetOperations = kOperations;

}  // namespace trunkline::cloud::s3
