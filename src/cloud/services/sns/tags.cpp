// Tags of topics.
#include "cloud/services/sns/families.h"
#include "cloud/services/sns/topic.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::sns {
namespace {

constexpr std::size_t kMostTags = 50;

Answer<Topic> FindTagged(Context& context, const json::Object& input) {
  auto topic = FindTopic(context, input.GetString("ResourceArn"));
  if (topic || topic.error().code != "NotFoundException") return topic;
  return ServiceError("ResourceNotFoundException", "Resource does not exist");
}

Answer<> KeepTags(Context& context, Topic topic, json::Array tags) {
  if (tags.size() > kMostTags)
    return ServiceError("TagLimitExceededException",
                        "Could not complete request: tag quota of per resource exceeded");
  topic.record.body.Set("Tags", std::move(tags));
  Save(context, std::move(topic));
  return json::Object();
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Topic topic, FindTagged(context, input));
  json::Array tags = topic.record.body.GetArray("Tags");
  MergeTags(tags, input.GetArray("Tags"));
  return KeepTags(context, std::move(topic), std::move(tags));
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Topic topic, FindTagged(context, input));
  json::Array tags = topic.record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"));
  return KeepTags(context, std::move(topic), std::move(tags));
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Topic topic, FindTagged(context, input));
  return json::Object{{"Tags", topic.record.body.GetArray("Tags")}};
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::sns
