#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/hierarchy_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/traffic_groups.h"
#include "cloud/services/connect/user_parts.h"

namespace trunkline::cloud::connect {
namespace {

// 8 to 64 characters without blanks, with a lower-case letter, a capital and a digit (the model's
// pattern).
bool IsPassword(std::string_view text) {
  const auto has = [&](auto test) { return std::ranges::any_of(text, test); };
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  return text.size() >= 8 && text.size() <= 64 && has(lower) && has(upper) && has(digit) &&
         !has(blank);
}

// A password goes with identities that Connect keeps itself, and only with them.
Answer<void> CheckIdentity(const Record& instance, const json::Object& input) {
  const bool managed = instance.body.GetString("IdentityManagementType") == "CONNECT_MANAGED";
  if (managed && !input.Has("Password")) {
    return InvalidRequest(fmt::format(
        "instance '{}' keeps its own users: a new one needs a Password", NameOf(instance)));
  }
  if (!managed && input.Has("Password")) {
    return InvalidRequest(
        fmt::format("instance '{}' does not keep passwords of its users: leave out Password",
                    NameOf(instance)));
  }
  if (managed && !IsPassword(input.GetString("Password"))) {
    return InvalidParameter(
        "a Password has 8 to 64 characters without blanks, with a lower-case letter, a capital and "
        "a digit");
  }
  return {};
}

constexpr std::string_view kSettings[] = {"IdentityInfo",
                                          "PhoneConfig",
                                          "DirectoryUserId",
                                          "AutoAcceptConfigs",
                                          "AfterContactWorkConfigs",
                                          "PhoneNumberConfigs",
                                          "PersistentConnectionConfigs",
                                          "VoiceEnhancementConfigs"};

Answer<> CreateUser(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckIdentity(*instance, input));
  TL_DO(CheckPhoneConfig(input.GetObject("PhoneConfig")));
  TL_TRY(const json::Object links, CheckUserLinks(context, *instance, input));
  TL_TRY(Record user, NewResource(context, *instance, kUser, input.GetString("Username"), input));
  CopyMembers(input, kSettings, user.body);
  CopyMembers(links, {"RoutingProfileId", "SecurityProfileIds"}, user.body);
  TL_DO(SetHierarchyGroup(context, *instance, input.GetString("HierarchyGroupId"), user));
  json::Object output;
  output.Set("UserId", user.id);
  output.Set("UserArn", user.body.GetString("Arn"));
  context.store.Put(context.RegionScope(), kUser.kind, std::move(user));
  return output;
}

Answer<> DeleteUser(Context& context, const json::Object& input) {
  TL_TRY(const Record* user, FindResource(context, kUser, input));
  const std::string id = user->id;
  LeaveTrafficGroups(context, id);
  context.store.Delete(context.RegionScope(), kUser.kind, id);
  return json::Object();
}

Answer<> DescribeUser(Context& context, const json::Object& input) {
  return Describe(context, kUser, input);
}

json::Value UserSummary(Context&, const Record& user) {
  json::Object summary = Summary(kUser, user);
  summary.Remove("Name");
  summary.Set("Username", user.name);
  return summary;
}

Answer<> ListUsers(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "UserSummaryList",
                context.store.List(context.RegionScope(), kUser.kind, instance->id), UserSummary,
                {.listing = "ListUsers " + instance->id});
}

constexpr Operation kOperations[] = {
    {.name = "CreateUser", .handle = CreateUser},
    {.name = "DeleteUser", .handle = DeleteUser},
    {.name = "DescribeUser", .handle = DescribeUser},
    {.name = "ListUsers", .handle = ListUsers},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<json::Object> CheckUserLinks(Context& context, const Record& instance,
                                    const json::Object& input) {
  json::Object links;
  if (input.Has("RoutingProfileId")) {
    TL_TRY(const Record* profile,
           FindResource(context, instance, kRoutingProfile, input.GetString("RoutingProfileId")));
    links.Set("RoutingProfileId", profile->id);
  }
  if (input.Has("SecurityProfileIds")) {
    json::Array ids;
    for (const json::Value& id : input.GetArray("SecurityProfileIds")) {
      TL_TRY(const Record* profile,
             FindResource(context, instance, kSecurityProfile, id.AsString()));
      ids.emplace_back(profile->id);
    }
    links.Set("SecurityProfileIds", std::move(ids));
  }
  return links;
}

Answer<void> CheckPhoneConfig(const json::Object& config) {
  if (config.GetString("PhoneType") != "DESK_PHONE" || config.Has("DeskPhoneNumber")) return {};
  return InvalidParameter("a PhoneConfig with a DESK_PHONE needs a DeskPhoneNumber");
}

extern constinit const Family kUserOperations = kOperations;

}  // namespace trunkline::cloud::connect
