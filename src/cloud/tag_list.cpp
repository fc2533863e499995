#include "cloud/tag_list.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/context.h"

namespace trunkline::cloud {
namespace {

std::string_view KeyOf(const json::Value& tag) {
  return tag.AsObject().GetString("Key");
}

}  // namespace

std::string_view RepeatedTagKey(const json::Array& tags) {
  for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
    const auto same = [&](const json::Value& other) { return KeyOf(other) == KeyOf(*tag); };
    if (std::any_of(tags.begin(), tag, same)) return KeyOf(*tag);
  }
  return {};
}

void MergeTags(json::Array& tags, const json::Array& added, std::string_view key_member) {
  for (const json::Value& tag : added) {
    const std::string_view key = tag.AsObject().GetString(key_member);
    const auto same = std::ranges::find_if(tags, [&](const json::Value& other) {
      return other.AsObject().GetString(key_member) == key;
    });
    if (same == tags.end()) {
      tags.push_back(tag);
    } else {
      *same = tag;
    }
  }
}

void RemoveTags(json::Array& tags, const json::Array& keys, std::string_view key_member) {
  for (const json::Value& key : keys) {
    std::erase_if(tags, [&](const json::Value& tag) {
      return tag.AsObject().GetString(key_member) == key.AsString();
    });
  }
}

bool IsReservedTagKey(const Context& context, std::string_view key) {
  const std::string lower = ToLower(key);
  if (!lower.starts_with("aws:")) return false;
  return context.request != nullptr || !lower.starts_with("aws:cloudformation:");
}

}  // namespace trunkline::cloud
