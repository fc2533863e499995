#include "cloud/services/scheduler/records.h"

#include <fmt/format.h>

#include "cloud/arn.h"

namespace trunkline::cloud::scheduler {

ServiceError Invalid(std::string_view text) {
  return {"ValidationException", text};
}

std::string GroupArn(const Context& context, std::string_view group) {
  return MakeArn(context, "scheduler", fmt::format("schedule-group/{}", group));
}

Answer<Record> FindGroup(Context& context, std::string_view name) {
  const std::string_view asked = name.empty() ? kDefaultGroup : name;
  if (const Record* group = context.store.Find(context.RegionScope(), kGroup, asked)) return *group;
  if (asked == kDefaultGroup) {
    const json::Number now{EpochSeconds(context.Now())};
    Record group{.id = std::string(asked),
                 .parent = "",
                 .name = std::string(asked),
                 .body = {{"Arn", GroupArn(context, asked)},
                          {"CreationDate", now},
                          {"LastModificationDate", now},
                          {"Name", asked},
                          {"State", "ACTIVE"}}};
    return group;
  }
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Schedule group {} does not exist.", asked));
}

Answer<Record> FindSchedule(Context& context, const json::Object& input) {
  const std::string_view group = input.GetString("GroupName", kDefaultGroup);
  const std::string_view name = input.GetString("Name");
  const Record* schedule =
      context.store.Find(context.RegionScope(), kSchedule, fmt::format("{}/{}", group, name));
  if (schedule) return *schedule;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Schedule {} does not exist.", name));
}

}  // namespace trunkline::cloud::scheduler
