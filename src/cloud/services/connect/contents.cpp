#include "cloud/services/connect/contents.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::cloud::connect {
namespace {

// How many versions an owner ever had; kind "version-count", id "<content kind>:<owner>".
constexpr Kind kVersionCount{"connect", "version-count"};

std::string ContentId(std::string_view owner, std::string_view qualifier) {
  return fmt::format("{}:{}", owner, qualifier);
}

std::int64_t VersionOf(const Record* record) {
  return record->body.GetInt("Version");
}

}  // namespace

QualifiedId SplitQualifier(std::string_view id_or_arn) {
  // An ARN has ':' before its last '/', a qualifier stands behind it.
  const std::size_t slash = id_or_arn.rfind('/');
  const std::size_t colon = id_or_arn.rfind(':');
  if (colon == std::string_view::npos || (slash != std::string_view::npos && colon < slash)) {
    return {.id = id_or_arn, .qualifier = {}};
  }
  return {.id = id_or_arn.substr(0, colon), .qualifier = id_or_arn.substr(colon + 1)};
}

std::string ContentSha256(std::string_view content) {
  return ToHex(Sha256(content));
}

const Record* FindContent(Context& context, Kind kind, std::string_view owner,
                          std::string_view qualifier) {
  return context.store.Find(context.RegionScope(), kind, ContentId(owner, qualifier));
}

void PutContent(Context& context, Kind kind, std::string_view owner, std::string_view qualifier,
                json::Object body) {
  Record record{.id = ContentId(owner, qualifier),
                .parent = std::string(owner),
                .name = std::string(qualifier),
                .body = std::move(body)};
  context.store.Put(context.RegionScope(), kind, std::move(record));
}

void DeleteContent(Context& context, Kind kind, std::string_view owner,
                   std::string_view qualifier) {
  context.store.Delete(context.RegionScope(), kind, ContentId(owner, qualifier));
}

void DeleteContents(Context& context, Kind kind, std::string_view owner) {
  for (const Record* record : context.store.List(context.RegionScope(), kind, owner)) {
    context.store.Delete(context.RegionScope(), kind, std::string(record->id));
  }
  context.store.Delete(context.RegionScope(), kVersionCount, ContentId(kind.name, owner));
}

std::int64_t AddVersion(Context& context, Kind kind, std::string_view owner, json::Object body) {
  Record count{.id = ContentId(kind.name, owner)};
  const Record* before = context.store.Find(context.RegionScope(), kVersionCount, count.id);
  // A replica has its source's versions without having counted them.
  const auto versions = ListVersions(context, kind, owner);
  const std::int64_t highest = versions.empty() ? 0 : VersionOf(versions.back());
  const std::int64_t counted = before != nullptr ? before->body.GetInt("Count") : 0;
  const std::int64_t version = std::max(counted, highest) + 1;
  count.body.Set("Count", version);
  context.store.Put(context.RegionScope(), kVersionCount, std::move(count));

  body.Set("Version", version);
  PutContent(context, kind, owner, std::to_string(version), std::move(body));
  return version;
}

std::vector<const Record*> ListVersions(Context& context, Kind kind, std::string_view owner) {
  std::vector<const Record*> versions;
  for (const Record* record : context.store.List(context.RegionScope(), kind, owner)) {
    if (ToInt(record->name)) versions.push_back(record);
  }
  std::ranges::sort(versions, {}, VersionOf);
  return versions;
}

}  // namespace trunkline::cloud::connect
