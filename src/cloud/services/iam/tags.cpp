// Tags of roles and managed policies.
#include <algorithm>

#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/families.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kMaxTags = 50;

Answer<> Add(Context& context, Kind kind, Record record, const json::Object& input) {
  const json::Array& added = input.GetArray("Tags");
  if (const std::string_view key = RepeatedTagKey(added); !key.empty()) {
    return ServiceError("InvalidInputException",
                        "Duplicate tag keys found: '" + std::string(key) + "'");
  }
  json::Array tags = record.body.GetArray("Tags");
  MergeTags(tags, added);
  if (tags.size() > kMaxTags)
    return LimitExceeded("The number of tags has reached the maximum limit of 50.");
  record.body.Set("Tags", std::move(tags));
  context.store.Put(context.AccountScope(), kind, std::move(record));
  return json::Object();
}

Answer<> Remove(Context& context, Kind kind, Record record, const json::Object& input) {
  json::Array tags = record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"));
  record.body.Set("Tags", std::move(tags));
  context.store.Put(context.AccountScope(), kind, std::move(record));
  return json::Object();
}

Answer<> Show(const Record& record, const json::Object& input) {
  json::Array tags = record.body.GetArray("Tags");
  const auto key_of = [](const json::Value& tag) { return tag.AsObject().GetString("Key"); };
  std::ranges::sort(tags, {}, key_of);
  std::vector<std::string> keys;
  for (const json::Value& tag : tags) keys.emplace_back(key_of(tag));
  TL_TRY(const Page page, TakePage(input, "ListTags " + record.id, keys));

  json::Array shown(tags.begin() + static_cast<std::ptrdiff_t>(page.begin),
                    tags.begin() + static_cast<std::ptrdiff_t>(page.end));
  json::Object answer{{"Tags", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> TagRole(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  return Add(context, kRole, std::move(role), input);
}

Answer<> UntagRole(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  return Remove(context, kRole, std::move(role), input);
}

Answer<> ListRoleTags(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  return Show(role, input);
}

Answer<> TagPolicy(Context& context, const json::Object& input) {
  TL_TRY(Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  return Add(context, kPolicy, std::move(policy), input);
}

Answer<> UntagPolicy(Context& context, const json::Object& input) {
  TL_TRY(Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  return Remove(context, kPolicy, std::move(policy), input);
}

Answer<> ListPolicyTags(Context& context, const json::Object& input) {
  TL_TRY(const Record policy, FindPolicy(context, input.GetString("PolicyArn")));
  return Show(policy, input);
}

constexpr Operation kOperations[] = {
    {.name = "ListPolicyTags", .handle = ListPolicyTags},
    {.name = "ListRoleTags", .handle = ListRoleTags},
    {.name = "TagPolicy", .handle = TagPolicy},
    {.name = "TagRole", .handle = TagRole},
    {.name = "UntagPolicy", .handle = UntagPolicy},
    {.name = "UntagRole", .handle = UntagRole},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::iam
