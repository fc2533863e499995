// Tags of roles, users, managed policies and instance profiles.
#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/instance_profiles.h"
#include "cloud/services/iam/oidc.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kMaxTags = 50;

// What can be tagged, and how an input names it.
struct Tagged {
  Kind kind;
  Answer<Record> (*find)(Context& context, const json::Object& input);
  TagKeys keys;
};

Answer<Record> FindTaggedRole(Context& context, const json::Object& input) {
  return FindHolder(context, kRoleHolder, input);
}
Answer<Record> FindTaggedUser(Context& context, const json::Object& input) {
  return FindHolder(context, kUserHolder, input);
}
Answer<Record> FindTaggedPolicy(Context& context, const json::Object& input) {
  return FindPolicy(context, input.GetString("PolicyArn"));
}
Answer<Record> FindTaggedProfile(Context& context, const json::Object& input) {
  return FindInstanceProfile(context, input.GetString("InstanceProfileName"));
}

Answer<Record> FindTaggedOidc(Context& context, const json::Object& input) {
  return FindOidcProvider(context, input.GetString("OpenIDConnectProviderArn"));
}

constexpr Tagged kRoles{.kind = kRole, .find = FindTaggedRole, .keys = TagKeys::kAnyCase};
constexpr Tagged kUsers{.kind = kUser, .find = FindTaggedUser, .keys = TagKeys::kAnyCase};
constexpr Tagged kPolicies{.kind = kPolicy, .find = FindTaggedPolicy, .keys = TagKeys::kExact};
constexpr Tagged kOidcProviders{
    .kind = kOidcProvider, .find = FindTaggedOidc, .keys = TagKeys::kExact};
constexpr Tagged kProfiles{
    .kind = kInstanceProfile, .find = FindTaggedProfile, .keys = TagKeys::kExact};

template <const Tagged& tagged>
Answer<> Tag(Context& context, const json::Object& input) {
  TL_TRY(Record record, tagged.find(context, input));
  TL_DO(CheckModifiable(record));
  TL_DO(CheckTags(input.GetArray("Tags"), tagged.keys));
  json::Array tags = record.body.GetArray("Tags");
  MergeTags(tags, input.GetArray("Tags"));
  if (tags.size() > kMaxTags)
    return LimitExceeded("The number of tags has reached the maximum limit.");
  record.body.Set("Tags", std::move(tags));
  context.store.Put(context.AccountScope(), tagged.kind, std::move(record));
  return json::Object();
}

template <const Tagged& tagged>
Answer<> Untag(Context& context, const json::Object& input) {
  TL_TRY(Record record, tagged.find(context, input));
  TL_DO(CheckModifiable(record));
  json::Array tags = record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"));
  record.body.Set("Tags", std::move(tags));
  context.store.Put(context.AccountScope(), tagged.kind, std::move(record));
  return json::Object();
}

template <const Tagged& tagged>
Answer<> List(Context& context, const json::Object& input) {
  TL_TRY(const Record record, tagged.find(context, input));
  json::Array tags = record.body.GetArray("Tags");
  const auto key_of = [](const json::Value& tag) { return tag.AsObject().GetString("Key"); };
  std::ranges::sort(tags, [&](const json::Value& one, const json::Value& other) {
    const std::string_view a = key_of(one);
    const std::string_view b = key_of(other);
    // Seen: short keys of policies first.
    if (tagged.keys == TagKeys::kExact && a.size() != b.size()) return a.size() < b.size();
    return a < b;
  });
  std::vector<std::string> keys;
  for (const json::Value& tag : tags) keys.emplace_back(key_of(tag));
  TL_TRY(const Page page, TakePage(input, "ListTags " + record.id, keys));

  json::Array shown(tags.begin() + static_cast<std::ptrdiff_t>(page.begin),
                    tags.begin() + static_cast<std::ptrdiff_t>(page.end));
  json::Object answer{{"Tags", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListInstanceProfileTags", .handle = List<kProfiles>},
    {.name = "ListOpenIDConnectProviderTags", .handle = List<kOidcProviders>},
    {.name = "ListPolicyTags", .handle = List<kPolicies>},
    {.name = "ListRoleTags", .handle = List<kRoles>},
    {.name = "ListUserTags", .handle = List<kUsers>},
    {.name = "TagInstanceProfile", .handle = Tag<kProfiles>},
    {.name = "TagOpenIDConnectProvider", .handle = Tag<kOidcProviders>},
    {.name = "TagPolicy", .handle = Tag<kPolicies>},
    {.name = "TagRole", .handle = Tag<kRoles>},
    {.name = "TagUser", .handle = Tag<kUsers>},
    {.name = "UntagInstanceProfile", .handle = Untag<kProfiles>},
    {.name = "UntagOpenIDConnectProvider", .handle = Untag<kOidcProviders>},
    {.name = "UntagPolicy", .handle = Untag<kPolicies>},
    {.name = "UntagRole", .handle = Untag<kRoles>},
    {.name = "UntagUser", .handle = Untag<kUsers>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::iam
