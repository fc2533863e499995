// Tags of log groups, by ARN and in the older form by name.
#include "base/text.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::size_t kMaxTags = 50;

Answer<Record> FindTagged(Context& context, std::string_view arn) {
  const std::string prefix = GroupArn(context, "");
  if (arn.ends_with(":*")) arn.remove_suffix(2);
  if (!arn.starts_with(prefix)) return NotFound("resource");
  return FindGroup(context, arn.substr(prefix.size()));
}

Answer<> Add(Context& context, Record group, const json::Object& added) {
  json::Object tags = group.body.GetObject("tags");
  for (const json::Member& tag : added) tags.Set(tag.key, tag.value);
  if (tags.size() > kMaxTags) {
    return ServiceError("TooManyTagsException", "A log group can have no more than 50 tags.",
                        {{"resourceName", group.id}});
  }
  group.body.Set("tags", std::move(tags));
  context.store.Put(context.RegionScope(), kGroup, std::move(group));
  return json::Object();
}

Answer<> Remove(Context& context, Record group, const json::Array& keys) {
  json::Object tags = group.body.GetObject("tags");
  for (const json::Value& key : keys) tags.Remove(key.AsString());
  group.body.Set("tags", std::move(tags));
  context.store.Put(context.RegionScope(), kGroup, std::move(group));
  return json::Object();
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Record group, FindTagged(context, input.GetString("resourceArn")));
  return Add(context, std::move(group), input.GetObject("tags"));
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Record group, FindTagged(context, input.GetString("resourceArn")));
  return Remove(context, std::move(group), input.GetArray("tagKeys"));
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindTagged(context, input.GetString("resourceArn")));
  return json::Object{{"tags", group.body.GetObject("tags")}};
}

Answer<> TagLogGroup(Context& context, const json::Object& input) {
  TL_TRY(Record group, FindGroup(context, input.GetString("logGroupName")));
  Answer<> answer = Add(context, std::move(group), input.GetObject("tags"));
  // The older operation knows no error of its own for this.
  if (!answer) return BadParameter(answer.error().message);
  return answer;
}

Answer<> UntagLogGroup(Context& context, const json::Object& input) {
  TL_TRY(Record group, FindGroup(context, input.GetString("logGroupName")));
  return Remove(context, std::move(group), input.GetArray("tags"));
}

Answer<> ListTagsLogGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  return json::Object{{"tags", group.body.GetObject("tags")}};
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "ListTagsLogGroup", .handle = ListTagsLogGroup},
    {.name = "TagLogGroup", .handle = TagLogGroup},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagLogGroup", .handle = UntagLogGroup},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::logs
