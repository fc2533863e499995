#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/records.h"

namespace trunkline::cloud::lexv2_models {
namespace {

json::Object TagsOf(Context& context, const std::string& arn) {
  const Record* record = context.store.Find(context.RegionScope(), kTags, arn);
  return record == nullptr ? json::Object() : record->body;
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceARN")));
  return json::Object{{"tags", TagsOf(context, arn)}};
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceARN")));
  json::Object tags = TagsOf(context, arn);
  for (const json::Member& tag : input.GetObject("tags")) tags.Set(tag.key, tag.value);
  context.store.Put(context.RegionScope(), kTags,
                    {.id = arn, .parent = {}, .name = {}, .body = std::move(tags)});
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(const std::string arn, FindNamedResource(context, input.GetString("resourceARN")));
  json::Object tags = TagsOf(context, arn);
  for (const json::Value& key : input.GetArray("tagKeys")) tags.Remove(key.AsString());
  context.store.Put(context.RegionScope(), kTags,
                    {.id = arn, .parent = {}, .name = {}, .body = std::move(tags)});
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
