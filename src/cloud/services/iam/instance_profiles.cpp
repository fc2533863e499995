#include "cloud/services/iam/instance_profiles.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {

Answer<Record> FindInstanceProfile(Context& context, std::string_view name) {
  if (const Record* profile = context.store.Find(context.AccountScope(), kInstanceProfile, name)) {
    return *profile;
  }
  return NoSuchEntity(fmt::format("Instance Profile {} cannot be found.", name));
}

json::Object ToInstanceProfile(Context& context, const Record& profile) {
  json::Array roles;
  for (const json::Value& name : profile.body.GetArray("Roles")) {
    const Record* role = context.store.Find(context.AccountScope(), kRole, name.AsString());
    if (role) roles.push_back(ToBriefRole(*role));
  }
  json::Object answer{{"Path", profile.body.At("Path")},
                      {"InstanceProfileName", profile.id},
                      {"InstanceProfileId", profile.body.At("InstanceProfileId")},
                      {"Arn", profile.body.At("Arn")},
                      {"CreateDate", profile.body.At("CreateDate")},
                      {"Roles", std::move(roles)}};
  return answer;
}

std::vector<const Record*> ProfilesWith(Context& context, std::string_view role) {
  std::vector<const Record*> profiles;
  for (const Record* profile : context.store.List(context.AccountScope(), kInstanceProfile)) {
    const json::Array& roles = profile->body.GetArray("Roles");
    if (!roles.empty() && roles.front().AsString() == role) profiles.push_back(profile);
  }
  return profiles;
}

namespace {

constexpr std::size_t kMaxProfiles = 1000;

Answer<> CreateInstanceProfile(Context& context, const json::Object& input) {
  const std::string name(input.GetString("InstanceProfileName"));
  if (context.store.FindByName(context.AccountScope(), kInstanceProfile, "", ToLower(name))) {
    return AlreadyExists(fmt::format("Instance Profile {} already exists.", name));
  }
  if (context.store.List(context.AccountScope(), kInstanceProfile).size() >= kMaxProfiles) {
    return LimitExceeded("Cannot exceed quota for InstanceProfilesPerAccount: 1000");
  }
  TL_TRY(const std::string path, ChoosePath(input));
  TL_DO(CheckTags(input.GetArray("Tags"), TagKeys::kExact));
  const Record profile{.id = name,
                       .parent = {},
                       .name = ToLower(name),
                       .body = {{"Path", path},
                                {"InstanceProfileId", NewUniqueId(context, "AIPA")},
                                {"Arn", IamArn(context, "instance-profile" + path + name)},
                                {"CreateDate", json::Number{EpochSeconds(context.Now())}},
                                {"Roles", json::Array()},
                                {"Tags", input.GetArray("Tags")}}};
  context.store.Put(context.AccountScope(), kInstanceProfile, profile);
  json::Object answer = ToInstanceProfile(context, profile);
  SetBoundaryAndTags(answer, profile);
  return json::Object{{"InstanceProfile", std::move(answer)}};
}

Answer<> GetInstanceProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record profile,
         FindInstanceProfile(context, input.GetString("InstanceProfileName")));
  json::Object answer = ToInstanceProfile(context, profile);
  answer.Set("Tags", profile.body.GetArray("Tags"));  // here alone also when there are none
  return json::Object{{"InstanceProfile", std::move(answer)}};
}

Answer<> DeleteInstanceProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record profile,
         FindInstanceProfile(context, input.GetString("InstanceProfileName")));
  if (!profile.body.GetArray("Roles").empty()) {
    return DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  }
  context.store.Delete(context.AccountScope(), kInstanceProfile, profile.id);
  return json::Object();
}

Answer<> ShowPage(Context& context, const json::Object& input, const std::string& listing,
                  const std::vector<const Record*>& profiles) {
  std::vector<std::string> names;
  for (const Record* profile : profiles) names.push_back(profile->name);
  TL_TRY(const Page page, TakePage(input, listing, names));
  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    shown.push_back(ToInstanceProfile(context, *profiles[i]));
  }
  json::Object answer{{"InstanceProfiles", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> ListInstanceProfiles(Context& context, const json::Object& input) {
  const ByPath found = ListByPath(context, kInstanceProfile, input);
  return ShowPage(context, input, "ListInstanceProfiles " + found.prefix, found.records);
}

Answer<> ListInstanceProfilesForRole(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindHolder(context, kRoleHolder, input));
  return ShowPage(context, input, "ListInstanceProfilesForRole " + role.id,
                  ProfilesWith(context, role.id));
}

Answer<> AddRoleToInstanceProfile(Context& context, const json::Object& input) {
  TL_TRY(Record profile, FindInstanceProfile(context, input.GetString("InstanceProfileName")));
  TL_TRY(const Record role, FindChangeable(context, kRoleHolder, input));
  if (!profile.body.GetArray("Roles").empty()) {
    return LimitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  }
  profile.body.Set("Roles", json::Array{role.id});
  context.store.Put(context.AccountScope(), kInstanceProfile, std::move(profile));
  return json::Object();
}

Answer<> RemoveRoleFromInstanceProfile(Context& context, const json::Object& input) {
  TL_TRY(Record profile, FindInstanceProfile(context, input.GetString("InstanceProfileName")));
  TL_TRY(const Record role, FindHolder(context, kRoleHolder, input));
  const json::Array& roles = profile.body.GetArray("Roles");
  if (roles.empty() || roles.front().AsString() != role.id) {
    return NoSuchEntity(
        fmt::format("Role {} in Instance Profile {} cannot be found.", role.id, profile.id));
  }
  profile.body.Set("Roles", json::Array());
  context.store.Put(context.AccountScope(), kInstanceProfile, std::move(profile));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "AddRoleToInstanceProfile", .handle = AddRoleToInstanceProfile},
    {.name = "CreateInstanceProfile", .handle = CreateInstanceProfile},
    {.name = "DeleteInstanceProfile", .handle = DeleteInstanceProfile},
    {.name = "GetInstanceProfile", .handle = GetInstanceProfile},
    {.name = "ListInstanceProfiles", .handle = ListInstanceProfiles},
    {.name = "ListInstanceProfilesForRole", .handle = ListInstanceProfilesForRole},
    {.name = "RemoveRoleFromInstanceProfile", .handle = RemoveRoleFromInstanceProfile},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kInstanceProfileOperations = kOperations;

}  // namespace trunkline::cloud::iam
