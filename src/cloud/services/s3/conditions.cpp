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
struct Checked {
  Outcome outcome;
  std::string_view header;  // the condition that did not hold
};

Checked Check(Context& context, const json::Object& input, const Record& version,
              const ConditionNames& names) {
  const std::string_view etag = version.body.GetString("ETag");
  const json::Value* match = input.Find(names.match);
  const json::Value* none_match = input.Find(names.none_match);
  // A time that is still to come is not looked at.
  const json::Value* modified = input.Find(names.modified);
  if (modified && FromEpochSeconds(modified->AsDouble()) > context.Now()) modified = nullptr;
  const json::Value* unmodified = input.Find(names.unmodified);
  if (match && !NamesTag(match->AsString(), etag)) return {Outcome::kFailed, "If-Match"};
  if (!match && unmodified && IsModifiedSince(version, *unmodified))
    return {Outcome::kFailed, "If-Unmodified-Since"};
  if (none_match && NamesTag(none_match->AsString(), etag))
    return {Outcome::kUnchanged, "If-None-Match"};
  if (!none_match && modified && !IsModifiedSince(version, *modified))
    return {Outcome::kUnchanged, "If-Modified-Since"};
  return {Outcome::kFine, {}};
}

ServiceError NotTaken(std::string_view header, std::string_view why = {}) {
  const std::string text =
      why.empty()
          ? fmt::format("We don't accept the provided value of {} header for this API", header)
          : std::string(why);
  return S3Error(Fault::kNotImplemented, {{"Header", header}, {"additionalMessage", text}});
}

}  // namespace

bool NamesTag(std::string_view header, std::string_view etag) {
  return std::ranges::any_of(Split(header, ','), [&](std::string_view tag) {
    return Trim(tag) == "*" || WithoutQuotes(tag) == etag;
  });
}

Answer<void> CheckReadable(Context& context, const json::Object& input, const Record& version) {
  const Checked checked = Check(context, input, version, {});
  switch (checked.outcome) {
    case Outcome::kFailed:
      return S3Error(Fault::kPreconditionFailed, {{"Condition", checked.header}});
    case Outcome::kUnchanged:
      return S3Error(Fault::kNotModified);
    case Outcome::kFine:
      break;
  }
  return {};
}

Answer<void> CheckCopySource(Context& context, const json::Object& input, const Record& version) {
  const Checked checked = Check(context, input, version, kCopySourceConditions);
  if (checked.outcome == Outcome::kFine) return {};
  return S3Error(Fault::kPreconditionFailed,
                 {{"Condition", fmt::format("x-amz-copy-source-{}", checked.header)}});
}

Answer<void> CheckWritable(Context& context, const json::Object& input, const Record& bucket,
                           std::string_view key) {
  const Record* newest = FindNewest(context, bucket.id, key);
  const bool there = newest && !IsMarker(*newest);
  if (input.Has("IfMatch") && input.Has("IfNoneMatch")) {
    return NotTaken("If-Match,If-None-Match",
                    "Multiple conditional request headers present in the request");
  }
  if (const json::Value* none_match = input.Find("IfNoneMatch")) {
    if (Trim(none_match->AsString()) != "*") return NotTaken("If-None-Match");
    if (there) return S3Error(Fault::kPreconditionFailed, {{"Condition", "If-None-Match"}});
  }
  if (const json::Value* match = input.Find("IfMatch")) {
    if (Trim(match->AsString()) == "*") return NotTaken("If-Match");
    if (!there) return S3Error(Fault::kNoSuchKey, {{"Key", key}});
    if (!NamesTag(match->AsString(), newest->body.GetString("ETag"))) {
      return S3Error(Fault::kPreconditionFailed, {{"Condition", "If-Match"}});
    }
  }
  return {};
}

}  // namespace trunkline::cloud::s3
