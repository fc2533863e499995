#include "cloud/services/cloudformation/serverless/logical_ids.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/code_point.h"
#include "base/hash.h"
#include "base/json_write.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::size_t kHashLength = 10;

std::string Escaped(char32_t value) {
  if (value < 0x10000) return fmt::format("\\u{:04x}", static_cast<std::uint32_t>(value));
  const char32_t rest = value - 0x10000;
  return fmt::format("\\u{:04x}\\u{:04x}", static_cast<std::uint32_t>(0xD800 + (rest >> 10U)),
                     static_cast<std::uint32_t>(0xDC00 + (rest & 0x3FFU)));
}

bool IsLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

std::string HashedText(const json::Value& value) {
  const std::string text = json::WriteSorted(value);
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = NextCodePoint(text, at);
    if (point < 0x7F)
      made += static_cast<char>(point);
    else
      made += Escaped(point);
  }
  return made;
}

std::string HashOf(std::string_view data) {
  return ToHex(Sha1(data));
}

std::string HashedId(std::string_view prefix, std::string_view data) {
  std::string id(prefix);
  if (!data.empty()) id += HashOf(data).substr(0, kHashLength);
  return id;
}

std::string HashedId(std::string_view prefix, const json::Value& data) {
  const std::string text = data.IsString() ? data.AsString() : HashedText(data);
  return HashedId(prefix, std::string_view(text));
}

bool IsAlphanumeric(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsLetterOrDigit);
}

std::string SuffixedId(std::string_view prefix, std::string_view suffix) {
  if (IsAlphanumeric(suffix)) return std::string(prefix).append(suffix);
  return HashedId(prefix, suffix);
}

json::Value Sorted(const json::Value& value) {
  if (value.IsArray()) {
    json::Array made;
    for (const json::Value& item : value.AsArray()) made.push_back(Sorted(item));
    return json::Value(std::move(made));
  }
  if (!value.IsObject()) return value;
  std::vector<json::Member> members(value.AsObject().begin(), value.AsObject().end());
  std::sort(members.begin(), members.end(),
            [](const json::Member& a, const json::Member& b) { return a.key < b.key; });
  json::Object made;
  for (json::Member& member : members) made.Set(member.key, Sorted(member.value));
  return json::Value(std::move(made));
}

}  // namespace trunkline::cloud::cloudformation::serverless
