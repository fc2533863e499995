// Groups, and who is in them: a user's record has the names of its groups.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/users.h"

namespace trunkline::cloud::iam {

json::Object ToGroup(const Record& group) {
  return {{"Path", group.body.At("Path")},
          {"GroupName", group.id},
          {"GroupId", group.body.At("GroupId")},
          {"Arn", group.body.At("Arn")},
          {"CreateDate", group.body.At("CreateDate")}};
}

std::vector<const Record*> MembersOf(Context& context, std::string_view group) {
  std::vector<const Record*> members;
  for (const Record* user : context.store.List(context.AccountScope(), kUser)) {
    const json::Array& groups = user->body.GetArray("Groups");
    const auto same = [&](const json::Value& name) { return name.AsString() == group; };
    if (std::ranges::any_of(groups, same)) members.push_back(user);
  }
  return members;
}

namespace {

constexpr std::size_t kMaxGroups = 300;
constexpr std::size_t kMaxGroupsOfUser = 10;

Answer<> CreateGroup(Context& context, const json::Object& input) {
  const std::string name(input.GetString("GroupName"));
  TL_DO(CheckNewName(context, kGroupHolder, name));
  if (context.store.List(context.AccountScope(), kGroup).size() >= kMaxGroups) {
    return LimitExceeded("Cannot exceed quota for GroupsPerAccount: 300");
  }
  TL_TRY(const std::string path, ChoosePath(input));
  const Record group{.id = name,
                     .parent = {},
                     .name = ToLower(name),
                     .body = {{"Path", path},
                              {"GroupName", name},
                              {"GroupId", NewUniqueId(context, "AGPA")},
                              {"Arn", IamArn(context, "group" + path + name)},
                              {"CreateDate", json::Number{EpochSeconds(context.Now())}},
                              {"AttachedPolicies", json::Array()}}};
  context.store.Put(context.AccountScope(), kGroup, group);
  return json::Object{{"Group", ToGroup(group)}};
}

Answer<> GetGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindHolder(context, kGroupHolder, input));
  const std::vector<const Record*> members = MembersOf(context, group.id);
  std::vector<std::string> names;
  for (const Record* user : members) names.push_back(user->name);
  TL_TRY(const Page page, TakePage(input, "GetGroup " + group.id, names));

  json::Array users;
  for (std::size_t i = page.begin; i < page.end; ++i) users.push_back(ToListedUser(*members[i]));
  json::Object answer{{"Group", ToGroup(group)}, {"Users", std::move(users)}};
  SetPage(answer, page);
  return answer;
}

Answer<> ListGroups(Context& context, const json::Object& input) {
  const ByPath found = ListByPath(context, kGroup, input);
  TL_TRY(const Page page, TakePage(input, "ListGroups " + found.prefix, found.names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(ToGroup(*found.records[i]));
  json::Object answer{{"Groups", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

void SetGroups(Context& context, Record user, std::vector<std::string> names) {
  std::ranges::sort(names);
  json::Array groups;
  for (const std::string& name : names) groups.emplace_back(name);
  user.body.Set("Groups", std::move(groups));
  context.store.Put(context.AccountScope(), kUser, std::move(user));
}

std::vector<std::string> GroupsOf(const Record& user) {
  std::vector<std::string> names;
  for (const json::Value& name : user.body.GetArray("Groups")) names.push_back(name.AsString());
  return names;
}

Answer<> UpdateGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record old, FindHolder(context, kGroupHolder, input));
  const std::string name(input.GetString("NewGroupName", old.id));
  if (ToLower(name) != old.name) TL_DO(CheckNewName(context, kGroupHolder, name));
  TL_TRY(const std::string path,
         ChoosePath({{"Path", input.GetString("NewPath", old.body.GetString("Path"))}}));
  Record group{.id = name, .parent = {}, .name = ToLower(name), .body = old.body};
  group.body.Set("GroupName", name);
  group.body.Set("Path", path);
  group.body.Set("Arn", IamArn(context, "group" + path + name));
  context.store.Delete(context.AccountScope(), kGroup, old.id);
  context.store.Put(context.AccountScope(), kGroup, std::move(group));
  if (name == old.id) return json::Object();
  RenameInlinePolicies(context, kGroupHolder, old.id, name);
  for (const Record* member : MembersOf(context, old.id)) {
    std::vector<std::string> names = GroupsOf(*member);
    std::ranges::replace(names, old.id, name);
    SetGroups(context, *member, std::move(names));
  }
  return json::Object();
}

Answer<> DeleteGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindHolder(context, kGroupHolder, input));
  if (!MembersOf(context, group.id).empty()) {
    return DeleteConflict("Cannot delete entity, must remove users from group first.");
  }
  TL_DO(CheckHasNoPolicies(context, kGroupHolder, group));
  context.store.Delete(context.AccountScope(), kGroup, group.id);
  return json::Object();
}

Answer<> AddUserToGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindHolder(context, kGroupHolder, input));
  TL_TRY(Record user, FindHolder(context, kUserHolder, input));
  std::vector<std::string> names = GroupsOf(user);
  if (std::ranges::find(names, group.id) != names.end()) return json::Object();
  if (names.size() >= kMaxGroupsOfUser) {
    return LimitExceeded("Cannot exceed quota for GroupsPerUser: 10");
  }
  names.push_back(group.id);
  SetGroups(context, std::move(user), std::move(names));
  return json::Object();
}

// Seen: who is not in the group leaves it without an error.
Answer<> RemoveUserFromGroup(Context& context, const json::Object& input) {
  TL_TRY(Record user, FindHolder(context, kUserHolder, input));
  TL_TRY(const Record group, FindHolder(context, kGroupHolder, input));
  std::vector<std::string> names = GroupsOf(user);
  if (std::erase(names, group.id) != 0) SetGroups(context, std::move(user), std::move(names));
  return json::Object();
}

Answer<> ListGroupsForUser(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  const std::vector<std::string> names = GroupsOf(user);
  TL_TRY(const Page page, TakePage(input, "ListGroupsForUser " + user.id, names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    TL_TRY(const Record group, FindHolder(context, kGroupHolder, {{"GroupName", names[i]}}));
    shown.push_back(ToGroup(group));
  }
  json::Object answer{{"Groups", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "AddUserToGroup", .handle = AddUserToGroup},
    {.name = "CreateGroup", .handle = CreateGroup},
    {.name = "DeleteGroup", .handle = DeleteGroup},
    {.name = "GetGroup", .handle = GetGroup},
    {.name = "ListGroups", .handle = ListGroups},
    {.name = "ListGroupsForUser", .handle = ListGroupsForUser},
    {.name = "RemoveUserFromGroup", .handle = RemoveUserFromGroup},
    {.name = "UpdateGroup", .handle = UpdateGroup},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kGroupOperations = kOperations;

}  // namespace trunkline::cloud::iam
