// Tags of parameters.
#include "cloud/services/ssm/families.h"
#include "cloud/services/ssm/parameter.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::ssm {
namespace {

constexpr std::size_t kMaxTags = 50;

Answer<const Record*> FindTagged(Context& context, const json::Object& input) {
  const std::string type(input.GetString("ResourceType"));
  if (type != "Parameter") {
    return ServiceError("InvalidResourceType",
                        "The resource type '" + type +
                            "' is not implemented by the embedded cloud: only 'Parameter' is.");
  }
  const std::string id(input.GetString("ResourceId"));
  const Record* record = FindParameter(context, id);
  if (!record) {
    return ServiceError("InvalidResourceId", "The resource ID \"" + id +
                                                 "\" is not valid. Verify the ID and try again.");
  }
  return record;
}

Answer<> AddTagsToResource(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindTagged(context, input));
  Record record = *found;
  json::Array tags = record.body.GetArray("Tags");
  MergeTags(tags, input.GetArray("Tags"));
  if (tags.size() > kMaxTags) {
    return ServiceError("TooManyTagsError",
                        "The parameter '" + record.id + "' can have at most 50 tags.");
  }
  record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), kParameter, std::move(record));
  return json::Object();
}

Answer<> RemoveTagsFromResource(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindTagged(context, input));
  Record record = *found;
  json::Array tags = record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"));
  record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), kParameter, std::move(record));
  return json::Object();
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Record* record, FindTagged(context, input));
  return json::Object{{"TagList", record->body.GetArray("Tags")}};
}

constexpr Operation kOperations[] = {
    {.name = "AddTagsToResource", .handle = AddTagsToResource},
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "RemoveTagsFromResource", .handle = RemoveTagsFromResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::ssm
