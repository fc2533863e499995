#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

// What Describe shows beside the name; Permissions, Applications and AllowedFlowModules have
// listings of their own.
constexpr std::string_view kMembers[] = {"AllowedAccessControlTags",
                                         "AllowedFlowModules",
                                         "Applications",
                                         "Description",
                                         "GranularAccessControlConfiguration",
                                         "HierarchyRestrictedResources",
                                         "Permissions",
                                         "TagRestrictedResources"};

Answer<void> RefuseHierarchy(const json::Object& input) {
  if (!input.Has("AllowedAccessControlHierarchyGroupId")) return {};
  return InvalidRequest("the embedded cloud does not implement user hierarchy groups");
}

Answer<> CreateSecurityProfile(Context& context, const json::Object& input) {
  TL_DO(RefuseHierarchy(input));
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(Record profile, NewResource(context, *instance, kSecurityProfile,
                                     input.GetString("SecurityProfileName"), input));
  profile.body.Set("OrganizationResourceId", instance->id);
  CopyMembers(input, kMembers, profile.body);
  json::Object output;
  output.Set("SecurityProfileId", profile.id);
  output.Set("SecurityProfileArn", profile.body.GetString("Arn"));
  context.store.Put(context.RegionScope(), kSecurityProfile.kind, std::move(profile));
  return output;
}

Answer<> DeleteSecurityProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record* profile, FindResource(context, kSecurityProfile, input));
  const json::Value id(profile->id);
  for (const Record* user :
       context.store.List(context.RegionScope(), kUser.kind, profile->parent)) {
    const json::Array& profiles = user->body.GetArray("SecurityProfileIds");
    if (std::ranges::find(profiles, id) != profiles.end()) {
      return ServiceError(
          "ResourceInUseException",
          fmt::format("security profile '{}' is used by user '{}'", profile->name, user->name));
    }
  }
  context.store.Delete(context.RegionScope(), kSecurityProfile.kind, id.AsString());
  return json::Object();
}

Answer<> DescribeSecurityProfile(Context& context, const json::Object& input) {
  return Describe(context, kSecurityProfile, input);
}

// A page of one of the profile's lists.
Answer<> ListPart(Context& context, const json::Object& input, std::string_view member,
                  std::string_view operation) {
  TL_TRY(const Record* profile, FindResource(context, kSecurityProfile, input));
  std::vector<PageItem> items;
  for (const json::Value& value : profile->body.GetArray(member)) {
    items.push_back({.key = fmt::format("{:06}", items.size()), .value = value});
  }
  TL_TRY(json::Object output, PageOf(input, member, std::move(items),
                                     {.listing = fmt::format("{} {}", operation, profile->id)}));
  CopyMembers(profile->body, {"LastModifiedTime", "LastModifiedRegion"}, output);
  return output;
}

Answer<> ListSecurityProfileApplications(Context& context, const json::Object& input) {
  return ListPart(context, input, "Applications", "ListSecurityProfileApplications");
}

Answer<> ListSecurityProfileFlowModules(Context& context, const json::Object& input) {
  return ListPart(context, input, "AllowedFlowModules", "ListSecurityProfileFlowModules");
}

Answer<> ListSecurityProfilePermissions(Context& context, const json::Object& input) {
  return ListPart(context, input, "Permissions", "ListSecurityProfilePermissions");
}

json::Value ProfileSummary(Context&, const Record& profile) {
  return Summary(kSecurityProfile, profile);
}

Answer<> ListSecurityProfiles(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "SecurityProfileSummaryList",
                context.store.List(context.RegionScope(), kSecurityProfile.kind, instance->id),
                ProfileSummary, {.listing = "ListSecurityProfiles " + instance->id});
}

Answer<> SearchSecurityProfiles(Context& context, const json::Object& input) {
  return Search(context, input, kSecurityProfile,
                {.operation = "SearchSecurityProfiles",
                 .output = "SecurityProfiles",
                 .fields = kCommonFields});
}

Answer<> UpdateSecurityProfile(Context& context, const json::Object& input) {
  TL_DO(RefuseHierarchy(input));
  TL_TRY(const Record* found, FindResource(context, kSecurityProfile, input));
  Record profile = *found;
  CopyMembers(input, kMembers, profile.body);
  Save(context, kSecurityProfile.kind, std::move(profile));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateSecurityProfile", .handle = CreateSecurityProfile},
    {.name = "DeleteSecurityProfile", .handle = DeleteSecurityProfile},
    {.name = "DescribeSecurityProfile", .handle = DescribeSecurityProfile},
    {.name = "ListSecurityProfileApplications", .handle = ListSecurityProfileApplications},
    {.name = "ListSecurityProfileFlowModules", .handle = ListSecurityProfileFlowModules},
    {.name = "ListSecurityProfilePermissions", .handle = ListSecurityProfilePermissions},
    {.name = "ListSecurityProfiles", .handle = ListSecurityProfiles},
    {.name = "SearchSecurityProfiles", .handle = SearchSecurityProfiles},
    {.name = "UpdateSecurityProfile", .handle = UpdateSecurityProfile},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kSecurityProfileOperations = kOperations;

}  // namespace trunkline::cloud::connect
