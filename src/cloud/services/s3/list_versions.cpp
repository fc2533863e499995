// ListObjectVersions: every version and delete marker, the newest of a key first.
#include "base/text.h"
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/checksum.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/listing.h"

namespace trunkline::cloud::s3 {
namespace {

// A page on its way.
struct VersionPage {
  std::size_t limit;
  std::size_t count = 0;
  json::Array versions;
  json::Array markers;
  std::vector<std::string> prefixes;
  std::string last_key;
  std::string last_version;  // empty: a common prefix was last
  bool truncated = false;

  bool TakeOne() {
    truncated = count == limit;
    if (!truncated) ++count;
    return !truncated;
  }
};

json::Object ToVersion(const Record& version, const std::string& key, bool latest,
                       const json::Object& owner, const Encoder& encode) {
  json::Object shown{{"Key", encode(key)},
                     {"VersionId", version.body.At("VersionId")},
                     {"IsLatest", latest},
                     {"LastModified", version.body.At("LastModified")},
                     {"Owner", owner}};
  if (IsMarker(version)) return shown;
  shown.Set("ETag", QuotedTag(version.body));
  if (const auto checksum = FromRecord(version.body.GetObject("Checksum"))) {
    shown.Set("ChecksumAlgorithm", json::Array{json::Value(NameOf(checksum->algorithm))});
    shown.Set("ChecksumType", checksum->type);
  }
  shown.Set("Size", version.body.At("Size"));
  shown.Set("StorageClass", version.body.At("StorageClass"));
  return shown;
}

std::vector<const Record*> VersionsOf(Context& context, const Record& newest) {
  std::vector<const Record*> versions{&newest};
  for (const Record* older : ListNoncurrent(context, newest.id)) versions.push_back(older);
  return versions;
}

// Adds the versions of a key behind `after_version` (empty: all). False: the page is full.
bool AddKey(Context& context, const Record& newest, std::string_view after_version,
            const json::Object& owner, const Encoder& encode, VersionPage& page) {
  bool behind = after_version.empty();
  for (const Record* version : VersionsOf(context, newest)) {
    const std::string_view id = version->body.GetString("VersionId");
    if (!behind) {
      behind = id == after_version;
      continue;
    }
    if (!page.TakeOne()) return false;
    page.last_key = newest.name;
    page.last_version = id;
    json::Array& list = IsMarker(*version) ? page.markers : page.versions;
    list.push_back(ToVersion(*version, newest.name, version == &newest, owner, encode));
  }
  return true;
}

void SetPage(json::Object& answer, VersionPage& page, const Encoder& encode) {
  answer.Set("IsTruncated", page.truncated);
  if (page.truncated) {
    answer.Set("NextKeyMarker", encode(page.last_key));
    answer.SetIfNotEmpty("NextVersionIdMarker", page.last_version);
  }
  if (!page.versions.empty()) answer.Set("Versions", std::move(page.versions));
  if (!page.markers.empty()) answer.Set("DeleteMarkers", std::move(page.markers));
  if (!page.prefixes.empty()) answer.Set("CommonPrefixes", ToCommonPrefixes(page.prefixes, encode));
}

Answer<> ListObjectVersions(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_TRY(const std::size_t limit, ReadLimit(input, "MaxKeys"));
  const std::string key_marker(input.GetString("KeyMarker"));
  const std::string version_marker(input.GetString("VersionIdMarker"));
  if (key_marker.empty() && !version_marker.empty()) {
    return S3Error(Fault::kInvalidArgument,
                   "A version-id marker cannot be specified without a key marker.");
  }
  const Encoder encode(input);
  const json::Object owner = ToOwner(bucket->parent);
  const Walk walk{.bucket = bucket->id,
                  .prefix = std::string(input.GetString("Prefix")),
                  .delimiter = std::string(input.GetString("Delimiter")),
                  .after = key_marker,
                  .from_after = !version_marker.empty()};
  VersionPage page{.limit = limit};
  WalkKeys(context, walk, kObject, [&](const Entry& entry) {
    if (limit == 0) return false;
    if (entry.object) {
      const std::string_view after =
          entry.text == key_marker ? std::string_view(version_marker) : std::string_view();
      return AddKey(context, *entry.object, after, owner, encode, page);
    }
    if (!page.TakeOne()) return false;
    page.last_key = entry.text;
    page.last_version.clear();
    page.prefixes.push_back(entry.text);
    return true;
  });

  json::Object answer;
  RepeatRequest(answer, input, encode);
  answer.Set("KeyMarker", encode(key_marker));
  answer.Set("VersionIdMarker", version_marker);
  SetPage(answer, page, encode);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListObjectVersions", .handle = ListObjectVersions},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kListVersionOperations = kOperations;

}  // namespace trunkline::cloud::s3
