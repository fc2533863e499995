#include "cloud/services/s3/tag_check.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "cloud/services/s3/errors.h"
#include "cloud/tag_list.h"
#include "net/http.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::size_t kMaxObjectTags = 10;
constexpr std::size_t kMaxBucketTags = 50;
constexpr std::size_t kMaxKey = 128;
constexpr std::size_t kMaxValue = 256;

// Letters, digits, blanks and _.:/=+-@; of other alphabets everything.
bool IsPlain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80U || std::isalnum(byte) != 0 ||
           std::string_view(" _.:/=+-@").find(c) != std::string_view::npos;
  });
}

Answer<void> CheckTag(const json::Object& tag) {
  const std::string_view key = tag.GetString("Key");
  const std::string_view value = tag.GetString("Value");
  if (key.empty() || key.size() > kMaxKey || !IsPlain(key)) {
    return S3Error(Fault::kInvalidTag, "The TagKey you have provided is invalid",
                   {{"TagKey", key}});
  }
  if (value.size() > kMaxValue || !IsPlain(value)) {
    return S3Error(Fault::kInvalidTag, "The TagValue you have provided is invalid",
                   {{"TagKey", key}, {"TagValue", value}});
  }
  return {};
}

Answer<void> RefuseSystem(const Context& context, const json::Array& tags, std::string_view text) {
  for (const json::Value& tag : tags) {
    const std::string_view key = tag.AsObject().GetString("Key");
    if (IsReservedTagKey(context, key)) return S3Error(Fault::kInvalidTag, text, {{"TagKey", key}});
  }
  return {};
}

Answer<void> CheckTags(const json::Array& tags) {
  if (const std::string_view key = RepeatedTagKey(tags); !key.empty()) {
    return S3Error(Fault::kInvalidTag, "Cannot provide multiple Tags with the same key",
                   {{"TagKey", key}});
  }
  for (const json::Value& tag : tags) TL_DO(CheckTag(tag.AsObject()));
  return {};
}

// "a=1,b=2" is one pair with an equals sign too many.
bool IsQuery(std::string_view header) {
  return std::ranges::all_of(
      Split(header, '&'), [](std::string_view pair) { return std::ranges::count(pair, '=') <= 1; });
}

}  // namespace

Answer<void> CheckObjectTags(const Context& context, const json::Array& tags) {
  if (tags.size() > kMaxObjectTags)
    return S3Error(Fault::kInvalidTag, "Object tags cannot be greater than 10");
  TL_DO(CheckTags(tags));
  return RefuseSystem(context, tags, "Your TagKey cannot be prefixed with aws:");
}

Answer<void> CheckBucketTags(const Context& context, const json::Array& tags) {
  if (tags.size() > kMaxBucketTags)
    return S3Error(Fault::kInvalidTag, "Bucket tag count cannot be greater than 50");
  TL_DO(CheckTags(tags));
  return RefuseSystem(context, tags, "System tags cannot be added/updated by requester");
}

Answer<json::Array> ReadTagHeader(const Context& context, std::string_view header) {
  json::Array tags;
  if (header.empty()) return tags;
  for (auto& [key, value] : net::ParseQuery(header, true)) {
    if (key.empty()) continue;
    tags.push_back(json::Object{{"Key", std::move(key)}, {"Value", std::move(value)}});
  }
  if (!IsQuery(header) || !RepeatedTagKey(tags).empty()) {
    return S3Error(Fault::kInvalidArgument,
                   "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query "
                   "parameters without tag name duplicates.",
                   {{"ArgumentName", "x-amz-tagging"}, {"ArgumentValue", header}});
  }
  TL_DO(CheckObjectTags(context, tags));
  return tags;
}

}  // namespace trunkline::cloud::s3
