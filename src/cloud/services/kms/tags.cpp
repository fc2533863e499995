// Tags of keys.
#include <algorithm>

#include "base/text.h"
#include "cloud/list_page.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"
#include "cloud/services/kms/tag_check.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::kms {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::int64_t kDefaultPage = 50;

std::string_view KeyOf(const json::Value& tag) {
  return tag.AsObject().GetString("TagKey");
}

json::Array Merged(json::Array tags, const json::Array& added) {
  MergeTags(tags, added, "TagKey");
  return tags;
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindChangeableKey(context, input));
  TL_DO(RequireNotDeleting(key));
  const json::Array& present = key.record.body.GetArray("Tags");
  TL_DO(CheckTags(context, present, input.GetArray("Tags")));
  key.record.body.Set("Tags", Merged(present, input.GetArray("Tags")));
  Save(context, std::move(key));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindChangeableKey(context, input));
  TL_DO(RequireNotDeleting(key));
  json::Array tags = key.record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"), "TagKey");
  key.record.body.Set("Tags", std::move(tags));
  Save(context, std::move(key));
  return json::Object();
}

Answer<> ListResourceTags(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindOwnKey(context, input));
  const std::string listing = "kms tags " + key.record.id;
  auto page = TakePage(key.record.body.GetArray("Tags"),
                       {.name = listing,
                        .order = "TagKey",
                        .limit = static_cast<std::size_t>(input.GetInt("Limit", kDefaultPage)),
                        .token = input.GetString("Marker")});
  if (!page) return WrongMarker();
  json::Object answer{{"Tags", std::move(page->items)}};
  SetMarker(answer, page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListResourceTags", .handle = ListResourceTags},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckTags(const Context& context, const json::Array& present,
                       const json::Array& added) {
  for (auto tag = added.begin(); tag != added.end(); ++tag) {
    if (IsReservedTagKey(context, KeyOf(*tag)))
      return ServiceError("TagException", "Tag keys must not begin with aws:");
    const auto same = [&](const json::Value& other) { return KeyOf(other) == KeyOf(*tag); };
    if (std::any_of(added.begin(), tag, same))
      return ServiceError("TagException", "Duplicate tag keys");
  }
  if (Merged(present, added).size() > kMaxTags)
    return ServiceError("LimitExceededException", "Too many tags");
  return {};
}

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::kms
