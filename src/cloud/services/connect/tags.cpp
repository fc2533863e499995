#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"
#include "cloud/services/connect/traffic_parts.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kMaxTags = 50;

// What an ARN means: a record whose body has Tags.
struct Tagged {
  Kind kind;
  const Record* record = nullptr;
};

// arn:...:instance/<instance>/<path>/<id>
Tagged FindInInstance(Context& context, std::string_view arn) {
  for (const ResourceKind* kind : kResourceKinds) {
    const std::string_view id = IdOfResource(context, "", kind->path, arn);
    if (id.empty()) continue;
    const Record* record = context.store.Find(context.RegionScope(), kind->kind, id);
    if (record != nullptr && record->body.GetString(kind->arn_member) == arn) {
      return {.kind = kind->kind, .record = record};
    }
  }
  const std::string_view id = IdOfResource(context, "", "integration-association", arn);
  if (id.empty()) return {};
  return {.kind = kIntegration,
          .record = context.store.Find(context.RegionScope(), kIntegration, id)};
}

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("resourceArn");
  Tagged found;
  if (arn.find(":phone-number/") != std::string_view::npos) {
    TL_TRY(const Record* number, FindPhoneNumber(context, arn));
    found = {.kind = kPhoneNumber, .record = number};
  } else if (arn.find(":traffic-distribution-group/") != std::string_view::npos) {
    TL_TRY(const TrafficGroup traffic, FindOwnTrafficGroup(context, arn));
    found = {.kind = kTrafficGroup, .record = traffic.group};
  } else if (arn.starts_with("arn:") && std::ranges::count(arn, '/') == 1) {
    TL_TRY(const Record* instance, FindInstance(context, arn));
    found = {.kind = kInstance, .record = instance};
  } else if (arn.starts_with("arn:")) {
    found = FindInInstance(context, arn);
  }
  if (found.record != nullptr) return found;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("'{}' is not the ARN of a resource of account {} in Region {}",
                                  arn, context.caller.account, context.region));
}

void PutTags(Context& context, const Tagged& tagged, json::Object tags) {
  Record record = *tagged.record;
  record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(record));
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  json::Object output;
  output.Set("tags", tagged.record->body.GetObject("Tags"));
  return output;
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  json::Object tags = tagged.record->body.GetObject("Tags");
  for (const json::Member& tag : input.GetObject("tags")) tags.Set(tag.key, tag.value);
  if (tags.size() > kMaxTags) {
    return InvalidRequest(fmt::format("a resource has at most {} tags, '{}' would have {}",
                                      kMaxTags, input.GetString("resourceArn"), tags.size()));
  }
  PutTags(context, tagged, std::move(tags));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  json::Object tags = tagged.record->body.GetObject("Tags");
  for (const json::Value& key : input.GetArray("tagKeys")) tags.Remove(key.AsString());
  PutTags(context, tagged, std::move(tags));
  return json::Object();
}

// ---- the tags in use

bool MatchesTag(const json::Object& condition, std::string_view key, std::string_view value) {
  if (condition.Has("tagKey") && !MatchesText(key, condition.GetString("tagKey"),
                                              condition.GetString("tagKeyComparisonType"))) {
    return false;
  }
  return !condition.Has("tagValue") || MatchesText(value, condition.GetString("tagValue"),
                                                   condition.GetString("tagValueComparisonType"));
}

Answer<std::vector<const ResourceKind*>> KindsToSearch(const json::Object& input) {
  std::vector<const ResourceKind*> kinds;
  for (const json::Value& type : input.GetArray("ResourceTypes")) {
    const auto same = [&](const ResourceKind* kind) {
      return !kind->search_type.empty() && kind->search_type == type.AsString();
    };
    const auto kind = std::ranges::find_if(kResourceKinds, same);
    if (kind == kResourceKinds.end()) {
      return InvalidParameter(
          fmt::format("'{}' is no resource type to search tags of", type.AsString()));
    }
    kinds.push_back(*kind);
  }
  if (!kinds.empty()) return kinds;
  std::ranges::copy_if(kResourceKinds, std::back_inserter(kinds),
                       [](const ResourceKind* kind) { return !kind->search_type.empty(); });
  return kinds;
}

Answer<> SearchResourceTags(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const auto kinds, KindsToSearch(input));
  const json::Object& condition = input.GetObject("SearchCriteria").GetObject("TagSearchCondition");
  std::set<std::pair<std::string, std::string>> found;
  for (const ResourceKind* kind : kinds) {
    for (const Record* record :
         context.store.List(context.RegionScope(), kind->kind, instance->id)) {
      for (const json::Member& tag : record->body.GetObject("Tags")) {
        if (MatchesTag(condition, tag.key, tag.value.AsString()))
          found.emplace(tag.key, tag.value.AsString());
      }
    }
  }
  std::vector<PageItem> items;
  for (const auto& [key, value] : found) {
    json::Object tag;
    tag.Set("key", key);
    tag.Set("value", value);
    items.push_back({.key = key + '\n' + value, .value = std::move(tag)});
  }
  return PageOf(input, "Tags", std::move(items), {.listing = "SearchResourceTags " + instance->id});
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "SearchResourceTags", .handle = SearchResourceTags},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::connect
