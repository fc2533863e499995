// Tags of topics.
#include <set>

#include "cloud/services/sns/families.h"
#include "cloud/services/sns/topic.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::sns {
namespace {

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  auto topic = FindTopic(context, input.GetString("ResourceArn"));
  if (topic) return Tagged{topic->scope, kTopic, std::move(topic->record)};
  if (topic.error().code != "NotFoundException") return topic.error();
  return ServiceError("ResourceNotFoundException", "Resource does not exist");
}

ServiceError TooManyTags(const json::Object&) {
  return {"TagLimitExceededException",
          "Could not complete request: tag quota of per resource exceeded"};
}

constexpr TagForm kForm{.find = FindTagged, .too_many = TooManyTags};

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_DO(CheckTags(input.GetArray("Tags")));
  return AddTags(context, input, kForm);
}
Answer<> UntagResource(Context& context, const json::Object& input) {
  return TakeTags(context, input, kForm);
}
Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  return ShowTags(context, input, kForm);
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckTags(const json::Array& tags) {
  std::set<std::string_view> keys;
  for (const json::Value& tag : tags) {
    if (!keys.insert(tag.AsObject().GetString("Key")).second)
      return Invalid("Duplicated keys are not allowed.");
  }
  return {};
}

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::sns
