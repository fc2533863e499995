// User hierarchies: what groups, their levels and users share.
//
// An instance's structure is up to five named levels, from the top. A group belongs to a level and,
// below the first, to a group of the level above. A group's place never changes, so that a user's
// record can hold the ids of all groups above it: "HierarchyGroupPath", which no output shows.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

inline constexpr std::array<std::string_view, 5> kHierarchyLevels = {
    "LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive"};

// {LevelOne: {Id, Arn, Name, ...}, ...}: the levels the instance has.
const json::Object& HierarchyStructure(Context& context, const Record& instance);

// The ids of the groups above a group and its own, from the top.
json::Array PathOfGroup(Context& context, const Record& group);

// Whether a group, or a user's group, stands at or below the one a HierarchyGroupCondition
// {Value, HierarchyGroupMatchType} names by id. `path` is the ids from the top.
bool MatchesHierarchy(const json::Array& path, const json::Object& condition);

// Puts the user into the group of this id or ARN; an empty one takes the user out.
Answer<void> SetHierarchyGroup(Context& context, const Record& instance, std::string_view group,
                               Record& user);

}  // namespace trunkline::cloud::connect
