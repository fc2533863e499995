// Tags of secrets.
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/secret.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::secretsmanager {
namespace {

constexpr std::size_t kMostTags = 50;

Answer<> KeepTags(Context& context, Secret secret, json::Array tags) {
  if (tags.size() > kMostTags)
    return ServiceError("InvalidParameterException", "A secret can have at most 50 tags.");
  secret.record.body.Set("Tags", std::move(tags));
  Save(context, std::move(secret));
  return json::Object();
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  json::Array tags = secret.record.body.GetArray("Tags");
  MergeTags(tags, input.GetArray("Tags"));
  return KeepTags(context, std::move(secret), std::move(tags));
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  json::Array tags = secret.record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"));
  return KeepTags(context, std::move(secret), std::move(tags));
}

constexpr Operation kOperations[] = {
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
