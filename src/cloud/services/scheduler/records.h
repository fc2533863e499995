// What the Scheduler keeps. Scope: account and Region.
//
//   {"scheduler","group"}     id and name: the group's ("default" need not be there); body:
//                             GetScheduleGroup's members, "Tags"
//   {"scheduler","schedule"}  id: "<group>/<name>", parent: the group, name: its name; body:
//                             GetSchedule's members, "Job" (of its next run), "Begun" (when a rate
//                             began, seconds)
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::scheduler {

inline constexpr Kind kGroup{"scheduler", "group"};
inline constexpr Kind kSchedule{"scheduler", "schedule"};
inline constexpr std::string_view kDefaultGroup = "default";

// ResourceNotFoundException. The default group is made when it is first asked for.
Answer<Record> FindGroup(Context& context, std::string_view name);
// Of an input with Name and GroupName.
Answer<Record> FindSchedule(Context& context, const json::Object& input);

std::string GroupArn(const Context& context, std::string_view group);

// (Re)starts the schedule from now on, or stops it. The schedule is to be put afterwards.
void Arm(Context& context, Record& schedule);
void Disarm(Context& context, const Record& schedule);

ServiceError Invalid(std::string_view text);  // ValidationException

}  // namespace trunkline::cloud::scheduler
