// ListObjects, versions 1 and 2.
#include "base/hash.h"
#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/checksum.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/listing.h"

namespace trunkline::cloud::s3 {
namespace {

struct ObjectPage {
  json::Array contents;
  std::vector<std::string> prefixes;
  std::string last;  // the last key or common prefix shown
  bool truncated = false;
};

json::Object ToContent(const Record& object, const Encoder& encode) {
  json::Object content{{"Key", encode(object.name)},
                       {"LastModified", object.body.At("LastModified")},
                       {"ETag", QuotedTag(object.body)}};
  if (const auto checksum = FromRecord(object.body.GetObject("Checksum"))) {
    content.Set("ChecksumAlgorithm", json::Array{json::Value(NameOf(checksum->algorithm))});
    content.Set("ChecksumType", checksum->type);
  }
  content.Set("Size", object.body.At("Size"));
  content.Set("StorageClass", object.body.At("StorageClass"));
  return content;
}

ObjectPage Collect(Context& context, const Walk& walk, std::size_t limit, const json::Object* owner,
                   const Encoder& encode) {
  ObjectPage page;
  if (limit == 0) return page;
  std::size_t count = 0;
  WalkKeys(context, walk, kObject, [&](const Entry& entry) {
    if (count == limit) {
      page.truncated = true;
      return false;
    }
    ++count;
    page.last = entry.text;
    if (!entry.object) {
      page.prefixes.push_back(entry.text);
      return true;
    }
    json::Object content = ToContent(*entry.object, encode);
    if (owner) content.Set("Owner", *owner);
    page.contents.push_back(std::move(content));
    return true;
  });
  return page;
}

Walk ReadWalk(const json::Object& input) {
  return {.bucket = std::string(input.GetString("Bucket")),
          .prefix = std::string(input.GetString("Prefix")),
          .delimiter = std::string(input.GetString("Delimiter")),
          .after = {},
          .skip_markers = true};
}

void SetPage(json::Object& answer, ObjectPage& page, const Encoder& encode) {
  answer.Set("IsTruncated", page.truncated);
  if (!page.contents.empty()) answer.Set("Contents", std::move(page.contents));
  if (!page.prefixes.empty()) answer.Set("CommonPrefixes", ToCommonPrefixes(page.prefixes, encode));
}

Answer<> ListObjects(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_TRY(const std::size_t limit, ReadLimit(input, "MaxKeys"));
  const Encoder encode(input);
  const json::Object owner = ToOwner(bucket->parent);
  Walk walk = ReadWalk(input);
  walk.after = input.GetString("Marker");
  ObjectPage page = Collect(context, walk, limit, &owner, encode);

  json::Object answer;
  RepeatRequest(answer, input, encode);
  answer.Set("Marker", encode(walk.after));
  SetPage(answer, page, encode);
  // Without a delimiter the client goes on behind the last key, and S3 does not repeat it.
  if (page.truncated && !walk.delimiter.empty()) answer.Set("NextMarker", encode(page.last));
  return answer;
}

Answer<> ListObjectsV2(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_TRY(const std::size_t limit, ReadLimit(input, "MaxKeys"));
  const Encoder encode(input);
  const json::Object owner = ToOwner(bucket->parent);
  Walk walk = ReadWalk(input);
  walk.after = input.GetString("StartAfter");
  const std::string listing = fmt::format("{}\n{}\n{}", walk.bucket, walk.prefix, walk.delimiter);
  if (const json::Value* token = input.Find("ContinuationToken")) {
    std::optional<std::string> last = ReadListToken(listing, token->AsString());
    if (!last) {
      return S3Error(Fault::kInvalidArgument, "The continuation token provided is incorrect",
                     {{"ArgumentName", "continuation-token"}});
    }
    walk.after = *std::move(last);
  }
  ObjectPage page =
      Collect(context, walk, limit, input.GetBool("FetchOwner") ? &owner : nullptr, encode);

  json::Object answer;
  RepeatRequest(answer, input, encode);
  answer.SetIfNotEmpty("StartAfter", encode(input.GetString("StartAfter")));
  answer.SetIfNotEmpty("ContinuationToken", input.GetString("ContinuationToken"));
  answer.Set("KeyCount", page.contents.size() + page.prefixes.size());
  if (page.truncated) answer.Set("NextContinuationToken", MakeListToken(listing, page.last));
  SetPage(answer, page, encode);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListObjects", .handle = ListObjects},
    {.name = "ListObjectsV2", .handle = ListObjectsV2},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kListOperations = kOperations;

}  // namespace trunkline::cloud::s3
