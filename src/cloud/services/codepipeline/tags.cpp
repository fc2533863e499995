// Tags of pipelines, webhooks and custom action types.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/records.h"
#include "cloud/services/codepipeline/tag_checks.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kMostTags = 50;
constexpr std::size_t kDefaultPage = 100;

struct Tagged {
  Kind kind;
  Record record;
};

// "arn:aws:codepipeline:R:A:name", ":webhook:name" or
// ":actiontype:Owner/Category/Provider/Version".
Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("resourceArn");
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < 6 || parts.size() > 7) {
    return ServiceError("InvalidArnException", fmt::format("The ARN {} is not valid", arn));
  }
  Kind kind = kPipeline;
  std::string id(parts.back());
  if (parts.size() == 7 && parts[5] == "webhook") kind = kWebhook;
  if (parts.size() == 7 && parts[5] == "actiontype") {
    kind = kCustomType;
    id = Replace(id.substr(std::min(id.size(), id.find('/') + 1)), "/", ":");
  }
  const bool here = parts[3] == context.region && parts[4] == context.caller.account;
  const Record* record = here ? context.store.Find(context.RegionScope(), kind, id) : nullptr;
  if (record) return Tagged{.kind = kind, .record = *record};
  return ServiceError("ResourceNotFoundException",
                      fmt::format("The resource with the ARN {} does not exist", arn));
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  TL_TRY(json::Array tags,
         JoinTags(context, tagged.record.body.GetArray("Tags"), input.GetArray("tags")));
  tagged.record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Array tags = tagged.record.body.GetArray("Tags");
  std::erase_if(tags, [&](const json::Value& tag) {
    return std::ranges::any_of(input.GetArray("tagKeys"), [&](const json::Value& key) {
      return key.AsString() == tag.AsObject().GetString("key");
    });
  });
  tagged.record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

// All tags fit into the smallest default page; a page may still be asked for.
Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  const json::Array& tags = tagged.record.body.GetArray("Tags");
  const std::int64_t start = ToInt(input.GetString("nextToken", "0")).value_or(-1);
  const auto count = static_cast<std::int64_t>(tags.size());
  if (start < 0 || start > count)
    return ServiceError("InvalidNextTokenException", "The next token is not valid");
  const std::int64_t end = std::min(count, start + input.GetInt("maxResults", kDefaultPage));
  json::Object answer{{"tags", json::Array(tags.begin() + start, tags.begin() + end)}};
  if (end < count) answer.Set("nextToken", std::to_string(end));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<json::Array> JoinTags(const Context& context, json::Array tags, const json::Array& added) {
  std::set<std::string_view> seen;
  for (const json::Value& item : added) {
    const std::string_view key = item.AsObject().GetString("key");
    if (!seen.insert(key).second) {
      return ServiceError("InvalidTagsException",
                          fmt::format("The tag key '{}' is used more than once", key));
    }
    if (IsReservedTagKey(context, key)) {
      return ServiceError("InvalidTagsException",
                          fmt::format("The tag key '{}' starts with a reserved prefix", key));
    }
    const auto same = std::ranges::find_if(
        tags, [&](const json::Value& tag) { return tag.AsObject().GetString("key") == key; });
    if (same == tags.end()) {
      tags.push_back(item);
    } else {
      *same = item;
    }
  }
  if (tags.size() <= kMostTags) return tags;
  return ServiceError("TooManyTagsException",
                      fmt::format("A resource can have at most {} tags", kMostTags));
}

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
