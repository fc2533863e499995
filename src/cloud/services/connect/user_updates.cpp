#include "cloud/services/connect/families.h"
#include "cloud/services/connect/hierarchy_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/user_parts.h"

namespace trunkline::cloud::connect {
namespace {

template <class Change>
Answer<> ChangeUser(Context& context, const json::Object& input, Change change) {
  TL_TRY(const Record* found, FindResource(context, kUser, input));
  Record user = *found;
  TL_DO(change(user));
  Save(context, kUser.kind, std::move(user));
  return json::Object();
}

Answer<> UpdateUserConfig(Context& context, const json::Object& input) {
  return ChangeUser(context, input, [&](Record& user) -> Answer<void> {
    CopyMembers(input,
                {"AutoAcceptConfigs", "AfterContactWorkConfigs", "PhoneNumberConfigs",
                 "PersistentConnectionConfigs", "VoiceEnhancementConfigs"},
                user.body);
    return {};
  });
}

// Without a group the user leaves the hierarchy.
Answer<> UpdateUserHierarchy(Context& context, const json::Object& input) {
  return ChangeUser(context, input, [&](Record& user) -> Answer<void> {
    TL_TRY(const Record* instance, FindInstance(context, input));
    return SetHierarchyGroup(context, *instance, input.GetString("HierarchyGroupId"), user);
  });
}

Answer<> UpdateUserIdentityInfo(Context& context, const json::Object& input) {
  return ChangeUser(context, input, [&](Record& user) -> Answer<void> {
    CopyMembers(input, {"IdentityInfo"}, user.body);
    return {};
  });
}

Answer<> UpdateUserPhoneConfig(Context& context, const json::Object& input) {
  return ChangeUser(context, input, [&](Record& user) -> Answer<void> {
    TL_DO(CheckPhoneConfig(input.GetObject("PhoneConfig")));
    CopyMembers(input, {"PhoneConfig"}, user.body);
    return {};
  });
}

// Both links of a user are changed the same way.
Answer<> UpdateLinks(Context& context, const json::Object& input) {
  return ChangeUser(context, input, [&](Record& user) -> Answer<void> {
    TL_TRY(const Record* instance, FindInstance(context, input));
    TL_TRY(const json::Object links, CheckUserLinks(context, *instance, input));
    CopyMembers(links, {"RoutingProfileId", "SecurityProfileIds"}, user.body);
    return {};
  });
}

constexpr Operation kOperations[] = {
    {.name = "UpdateUserConfig", .handle = UpdateUserConfig},
    {.name = "UpdateUserHierarchy", .handle = UpdateUserHierarchy},
    {.name = "UpdateUserIdentityInfo", .handle = UpdateUserIdentityInfo},
    {.name = "UpdateUserPhoneConfig", .handle = UpdateUserPhoneConfig},
    {.name = "UpdateUserRoutingProfile", .handle = UpdateLinks},
    {.name = "UpdateUserSecurityProfiles", .handle = UpdateLinks},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kUserUpdateOperations = kOperations;

}  // namespace trunkline::cloud::connect
