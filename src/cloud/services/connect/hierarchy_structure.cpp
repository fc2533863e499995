// The levels of an instance's user hierarchy.
#include <set>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/hierarchy_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kLongestName = 50;  // the model's text

Answer<> DescribeUserHierarchyStructure(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  json::Object output;
  output.Set("HierarchyStructure", HierarchyStructure(context, *instance));
  return output;
}

// No level without the one above it, no name twice.
Answer<void> CheckLevels(const json::Object& wanted) {
  std::set<std::string_view> names;
  bool ended = false;
  for (const std::string_view level : kHierarchyLevels) {
    if (!wanted.Has(level)) {
      ended = true;
      continue;
    }
    const std::string_view name = wanted.GetObject(level).GetString("Name");
    if (ended) {
      return InvalidParameter(
          fmt::format("a user hierarchy structure with {} needs all levels above it", level));
    }
    if (name.empty() || name.size() > kLongestName) {
      return InvalidParameter(
          fmt::format("the name of {} must have 1 to {} characters", level, kLongestName));
    }
    if (!names.insert(name).second) {
      return InvalidParameter(fmt::format("two levels cannot have the same name '{}'", name));
    }
  }
  return {};
}

Answer<void> CheckLevelIsUnused(Context& context, const Record& instance,
                                const json::Object& level) {
  const std::string_view id = level.GetString("Id");
  for (const Record* group :
       context.store.List(context.RegionScope(), kHierarchyGroup.kind, instance.id)) {
    if (group->body.GetString("LevelId") != id) continue;
    json::Object members;
    members.Set("ResourceType", "HIERARCHY_LEVEL");
    members.Set("ResourceId", level.GetString("Arn"));
    return ServiceError("ResourceInUseException",
                        fmt::format("level '{}' cannot be taken away: the group '{}' is on it",
                                    level.GetString("Name"), group->name),
                        std::move(members));
  }
  return {};
}

// A level keeps its id; its time changes with its name.
json::Object LevelOf(Context& context, const Record& instance, const json::Object& before,
                     std::string_view name, std::size_t number) {
  if (before.GetString("Name") == name) return before;
  json::Object level;
  level.Set("Id", std::to_string(number));
  level.Set("Arn", ResourceArn(context, instance.id, "agent-group-level", std::to_string(number)));
  level.Set("Name", name);
  Touch(context, level);
  return level;
}

// A level that is left out goes.
Answer<> UpdateUserHierarchyStructure(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const json::Object& wanted = input.GetObject("HierarchyStructure");
  TL_DO(CheckLevels(wanted));
  const json::Object& before = HierarchyStructure(context, *instance);
  Record structure{.id = instance->id, .parent = instance->id};
  for (std::size_t i = 0; i < kHierarchyLevels.size(); ++i) {
    const std::string_view level = kHierarchyLevels[i];
    if (!wanted.Has(level)) {
      TL_DO(CheckLevelIsUnused(context, *instance, before.GetObject(level)));
      continue;
    }
    structure.body.Set(level, LevelOf(context, *instance, before.GetObject(level),
                                      wanted.GetObject(level).GetString("Name"), i + 1));
  }
  context.store.Put(context.RegionScope(), kHierarchyStructure, std::move(structure));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DescribeUserHierarchyStructure", .handle = DescribeUserHierarchyStructure},
    {.name = "UpdateUserHierarchyStructure", .handle = UpdateUserHierarchyStructure},
};
static_assert(InOrder(kOperations));

}  // namespace

const json::Object& HierarchyStructure(Context& context, const Record& instance) {
  static const json::Object kNone;
  const Record* structure =
      context.store.Find(context.RegionScope(), kHierarchyStructure, instance.id);
  return structure == nullptr ? kNone : structure->body;
}

extern constinit const Family kHierarchyStructureOperations = kOperations;

}  // namespace trunkline::cloud::connect
