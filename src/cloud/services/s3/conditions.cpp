#include "cloud/services/s3/conditions.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace trunkline::cloud::s3 {
namespace {

std::string_view WithoutQuotes(std::string_view tag) {
  tag = Trim(tag);
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"')
    tag = tag.substr(1, tag.size() - 2);
  return tag;
}

// HTTP dates have no fractions.
bool IsModifiedSince(const Record& version, const json::Value& time) {
  return std::floor(version.body.GetDouble("LastModified")) > time.AsDouble();
}

enum class Outcome { kFine, kFailed, kUnchanged };

Outcome Check(const json::Object& input, const Record& version, const ConditionNames& names) {
  const std::string_view etag = version.body.GetString("ETag");
  const json::Value* match = input.Find(names.match);
  const json::Value* none_match = input.Find(names.none_match);
  const json::Value* modified = input.Find(names.modified);
  const json::Value* unmodified = input.Find(names.unmodified);
  if (match && !NamesTag(match->AsString(), etag)) return Outcome::kFailed;
  if (!match && unmodified && IsModifiedSince(version, *unmodified)) return Outcome::kFailed;
  if (none_match && NamesTag(none_match->AsString(), etag)) return Outcome::kUnchanged;
  if (!none_match && modified && !IsModifiedSince(version, *modified)) return Outcome::kUnchanged;
  return Outcome::kFine;
}

}  // namespace

bool NamesTag(std::string_view header, std::string_view etag) {
  return std::ranges::any_of(Split(header, ','), [&](std::string_view tag) {
    return Trim(tag) == "*" || WithoutQuotes(tag) == etag;
  });
}

Answer<void> CheckReadable(const json::Object& input, const Record& version) {
  switch (Check(input, version, {})) {
    case Outcome::kFailed:
      return S3Error(Fault::kPreconditionFailed);
    case Outcome::kUnchanged:
      return S3Error(Fault::kNotModified);
    case Outcome::kFine:
      break;
  }
  return {};
}

Answer<void> CheckCopySource(const json::Object& input, const Record& version) {
  if (Check(input, version, kCopySourceConditions) == Outcome::kFine) return {};
  return S3Error(Fault::kPreconditionFailed);
}

Answer<void> CheckWritable(Context& context, const json::Object& input, const Record& bucket,
                           std::string_view key) {
  const Record* newest = FindNewest(context, bucket.id, key);
  const bool there = newest && !IsMarker(*newest);
  if (const json::Value* none_match = input.Find("IfNoneMatch")) {
    if (Trim(none_match->AsString()) != "*") {
      return S3Error(Fault::kNotImplemented,
                     "A header you provided implies functionality that is not implemented",
                     {{"Header", "If-None-Match"}});
    }
    if (there) return S3Error(Fault::kPreconditionFailed, {{"Condition", "If-None-Match"}});
  }
  if (const json::Value* match = input.Find("IfMatch")) {
    if (!there) return S3Error(Fault::kNoSuchKey, {{"Key", key}});
    if (!NamesTag(match->AsString(), newest->body.GetString("ETag"))) {
      return S3Error(Fault::kPreconditionFailed, {{"Condition", "If-Match"}});
    }
  }
  return {};
}

}  // namespace trunkline::cloud::s3
