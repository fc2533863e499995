#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/hierarchy_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

// In the record, not in outputs: the group above; empty at the first level.
constexpr std::string_view kParent = "ParentGroupId";

const Record* ParentOf(Context& context, const Record& group) {
  const std::string_view parent = group.body.GetString(kParent);
  return parent.empty() ? nullptr
                        : context.store.Find(context.RegionScope(), kHierarchyGroup.kind, parent);
}

// A level's id is its number from the top.
std::size_t LevelOf(const Record& group) {
  return static_cast<std::size_t>(group.body.GetString("LevelId").front() - '0');
}

// {LevelOne: {Id, Arn, Name, ...}, ...} down to the group itself.
json::Object HierarchyPath(Context& context, const Record& group) {
  std::vector<const Record*> groups;
  for (const Record* at = &group; at != nullptr; at = ParentOf(context, *at)) groups.push_back(at);
  json::Object path;
  for (std::size_t i = 0; i < groups.size() && i < kHierarchyLevels.size(); ++i) {
    path.Set(kHierarchyLevels[i], Summary(kHierarchyGroup, *groups[groups.size() - 1 - i]));
  }
  return path;
}

json::Value Described(Context& context, const Record& group) {
  json::Object body = group.body;
  body.Remove(kParent);
  body.Set("HierarchyPath", HierarchyPath(context, group));
  return body;
}

constexpr std::size_t kLongestName = 100;  // the model's text

Answer<void> CheckName(std::string_view name) {
  if (!name.empty() && name.size() <= kLongestName) return {};
  return InvalidParameter(
      fmt::format("the name of a hierarchy group must have 1 to {} characters", kLongestName));
}

// The level below the parent's, or the first.
Answer<std::size_t> NextLevel(Context& context, const Record& instance, const Record* parent) {
  const std::size_t level = parent == nullptr ? 1 : LevelOf(*parent) + 1;
  if (level <= HierarchyStructure(context, instance).size()) return level;
  return InvalidRequest(fmt::format(
      "the user hierarchy structure of instance '{}' has {} levels: a group cannot be made at "
      "level {}",
      NameOf(instance), HierarchyStructure(context, instance).size(), level));
}

Answer<> CreateUserHierarchyGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckName(input.GetString("Name")));
  const Record* parent = nullptr;
  if (const std::string_view id = input.GetString(kParent); !id.empty()) {
    TL_TRY(parent, FindResource(context, *instance, kHierarchyGroup, id));
  }
  TL_TRY(const std::size_t level, NextLevel(context, *instance, parent));
  TL_TRY(Record group,
         NewResource(context, *instance, kHierarchyGroup, input.GetString("Name"), input));
  group.body.Set("LevelId", std::to_string(level));
  if (parent != nullptr) group.body.Set(kParent, parent->id);
  json::Object output;
  output.Set("HierarchyGroupId", group.id);
  output.Set("HierarchyGroupArn", group.body.GetString("Arn"));
  context.store.Put(context.RegionScope(), kHierarchyGroup.kind, std::move(group));
  return output;
}

// What keeps a group from being deleted: a group below it, or a user in it; empty: nothing.
std::string UserOfGroup(Context& context, const Record& group) {
  const Scope scope = context.RegionScope();
  for (const Record* other : context.store.List(scope, kHierarchyGroup.kind, group.parent)) {
    if (other->body.GetString(kParent) == group.id) {
      return fmt::format("the group '{}' is below it", other->name);
    }
  }
  for (const Record* user : context.store.List(scope, kUser.kind, group.parent)) {
    if (user->body.GetString("HierarchyGroupId") == group.id) {
      return fmt::format("the user '{}' is in it", user->name);
    }
  }
  return {};
}

Answer<> DeleteUserHierarchyGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record* group, FindResource(context, kHierarchyGroup, input));
  if (const std::string user = UserOfGroup(context, *group); !user.empty()) {
    json::Object members;
    members.Set("ResourceType", "HIERARCHY_GROUP");
    members.Set("ResourceId", group->body.GetString("Arn"));
    return ServiceError(
        "ResourceInUseException",
        fmt::format("hierarchy group '{}' cannot be deleted: {}", group->name, user),
        std::move(members));
  }
  context.store.Delete(context.RegionScope(), kHierarchyGroup.kind, std::string(group->id));
  return json::Object();
}

Answer<> DescribeUserHierarchyGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record* group, FindResource(context, kHierarchyGroup, input));
  json::Object output;
  output.Set("HierarchyGroup", Described(context, *group));
  return output;
}

json::Value GroupSummary(Context&, const Record& group) {
  return Summary(kHierarchyGroup, group);
}

Answer<> ListUserHierarchyGroups(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "UserHierarchyGroupSummaryList",
                context.store.List(context.RegionScope(), kHierarchyGroup.kind, instance->id),
                GroupSummary, {.listing = "ListUserHierarchyGroups " + instance->id});
}

std::vector<std::string> SearchParent(const Record& group) {
  return {std::string(group.body.GetString(kParent))};
}
std::vector<std::string> SearchLevel(const Record& group) {
  return {std::string(group.body.GetString("LevelId"))};
}

constexpr SearchField kFields[] = {{"name", SearchName},
                                   {"parentId", SearchParent},
                                   {"levelId", SearchLevel},
                                   {"resourceID", SearchId}};

Answer<> SearchUserHierarchyGroups(Context& context, const json::Object& input) {
  return Search(context, input, kHierarchyGroup,
                {.operation = "SearchUserHierarchyGroups",
                 .output = "UserHierarchyGroups",
                 .fields = kFields,
                 .passes = PassesAttributeFilter,
                 .to_value = Described});
}

Answer<> UpdateUserHierarchyGroupName(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kHierarchyGroup, input));
  TL_DO(CheckName(input.GetString("Name")));
  Record group = *found;
  json::Object name;
  CopyMembers(input, {"Name"}, name);
  TL_DO(Rename(context, kHierarchyGroup, name, group));
  Save(context, kHierarchyGroup.kind, std::move(group));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateUserHierarchyGroup", .handle = CreateUserHierarchyGroup},
    {.name = "DeleteUserHierarchyGroup", .handle = DeleteUserHierarchyGroup},
    {.name = "DescribeUserHierarchyGroup", .handle = DescribeUserHierarchyGroup},
    {.name = "ListUserHierarchyGroups", .handle = ListUserHierarchyGroups},
    {.name = "SearchUserHierarchyGroups", .handle = SearchUserHierarchyGroups},
    {.name = "UpdateUserHierarchyGroupName", .handle = UpdateUserHierarchyGroupName},
};
static_assert(InOrder(kOperations));

}  // namespace

json::Array PathOfGroup(Context& context, const Record& group) {
  json::Array path;
  for (const Record* at = &group; at != nullptr; at = ParentOf(context, *at)) {
    path.emplace_back(at->id);
  }
  std::ranges::reverse(path);
  return path;
}

bool MatchesHierarchy(const json::Array& path, const json::Object& condition) {
  const json::Value wanted(condition.GetString("Value"));
  if (condition.GetString("HierarchyGroupMatchType") == "WITH_CHILD_GROUPS") {
    return std::ranges::find(path, wanted) != path.end();
  }
  return !path.empty() && path.back() == wanted;
}

Answer<void> SetHierarchyGroup(Context& context, const Record& instance, std::string_view group,
                               Record& user) {
  if (group.empty()) {
    user.body.Remove("HierarchyGroupId");
    user.body.Remove("HierarchyGroupPath");
    return {};
  }
  TL_TRY(const Record* found, FindResource(context, instance, kHierarchyGroup, group));
  user.body.Set("HierarchyGroupId", found->id);
  user.body.Set("HierarchyGroupPath", PathOfGroup(context, *found));
  return {};
}

extern constinit const Family kHierarchyGroupOperations = kOperations;

}  // namespace trunkline::cloud::connect
