// Schedule groups, and their tags.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/scheduler/families.h"
#include "cloud/services/scheduler/records.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::scheduler {
namespace {

constexpr std::int64_t kPage = 100;

Answer<> CreateScheduleGroup(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  const bool taken =
      name == kDefaultGroup || context.store.Find(context.RegionScope(), kGroup, name) != nullptr;
  if (taken) {
    return ServiceError("ConflictException",
                        fmt::format("Schedule group {} already exists.", name));
  }
  const json::Number now{EpochSeconds(context.Now())};
  json::Object body{{"Arn", GroupArn(context, name)},
                    {"CreationDate", now},
                    {"LastModificationDate", now},
                    {"Name", name},
                    {"State", "ACTIVE"},
                    {"Tags", input.GetArray("Tags")}};
  json::Object answer{{"ScheduleGroupArn", body.At("Arn")}};
  context.store.Put(context.RegionScope(), kGroup,
                    {.id = name, .parent = "", .name = name, .body = std::move(body)});
  return answer;
}

Answer<> GetScheduleGroup(Context& context, const json::Object& input) {
  TL_TRY(Record group, FindGroup(context, input.GetString("Name")));
  group.body.Remove("Tags");
  return std::move(group.body);
}

// With its schedules.
Answer<> DeleteScheduleGroup(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  if (name == kDefaultGroup) return Invalid("The default schedule group cannot be deleted.");
  TL_DO(FindGroup(context, name));
  std::vector<Record> schedules;
  for (const Record* schedule : context.store.List(context.RegionScope(), kSchedule, name))
    schedules.push_back(*schedule);
  for (const Record& schedule : schedules) {
    Disarm(context, schedule);
    context.store.Delete(context.RegionScope(), kSchedule, schedule.id);
  }
  context.store.Delete(context.RegionScope(), kGroup, name);
  return json::Object();
}

Answer<> ListScheduleGroups(Context& context, const json::Object& input) {
  // The default group is listed, too: from here on it is kept.
  TL_TRY(Record first, FindGroup(context, kDefaultGroup));
  context.store.Put(context.RegionScope(), kGroup, std::move(first));
  const std::string prefix(input.GetString("NamePrefix"));
  const RecordFilter filter{
      .text = prefix, .keep = [&](const Record& group) { return group.id.starts_with(prefix); }};
  const auto page =
      context.store.ListPage(context.RegionScope(), kGroup, "",
                             static_cast<std::size_t>(input.GetInt("MaxResults", kPage)),
                             input.GetString("NextToken"), filter);
  if (!page) return Invalid("Invalid NextToken.");
  json::Array groups;
  for (const Record* group : page->records) {
    json::Object shown = group->body;
    shown.Remove("Tags");
    groups.emplace_back(std::move(shown));
  }
  json::Object answer{{"ScheduleGroups", std::move(groups)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

// Only groups have tags.
Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const auto arn = ParseArn(input.GetString("ResourceArn"));
  constexpr std::string_view kResource = "schedule-group/";
  if (!arn || !arn->resource.starts_with(kResource))
    return Invalid(
        fmt::format("{} is not the ARN of a schedule group.", input.GetString("ResourceArn")));
  TL_TRY(Record group, FindGroup(context, arn->resource.substr(kResource.size())));
  return Tagged{context.RegionScope(), kGroup, std::move(group)};
}

ServiceError TooManyTags(const json::Object&) {
  return Invalid("A schedule group can have no more than 50 tags.");
}

constexpr TagForm kForm{.find = FindTagged, .too_many = TooManyTags};

constexpr Operation kOperations[] = {
    {.name = "CreateScheduleGroup", .handle = CreateScheduleGroup},
    {.name = "DeleteScheduleGroup", .handle = DeleteScheduleGroup},
    {.name = "GetScheduleGroup", .handle = GetScheduleGroup},
    {.name = "ListScheduleGroups", .handle = ListScheduleGroups},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kGroupOperations = kOperations;
constinit const Family kTagOperations = kTagOperationsOf<kForm>;

}  // namespace trunkline::cloud::scheduler
