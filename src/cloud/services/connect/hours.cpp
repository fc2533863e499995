#include "cloud/services/connect/hours.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"
#include "sim/hours.h"

namespace trunkline::cloud::connect {
namespace {

Answer<> CreateHoursOfOperation(Context& context, const json::Object& input) {
  if (input.Has("ParentHoursOfOperationConfigs")) {
    return InvalidRequest("the embedded cloud does not implement ParentHoursOfOperationConfigs");
  }
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckTimeZone(context, input.GetString("TimeZone")));
  TL_TRY(Record hours, NewResource(context, *instance, kHours, input.GetString("Name"), input));
  CopyMembers(input, {"TimeZone", "Config"}, hours.body);
  json::Object output;
  output.Set("HoursOfOperationId", hours.id);
  output.Set("HoursOfOperationArn", hours.body.GetString("HoursOfOperationArn"));
  context.store.Put(context.RegionScope(), kHours.kind, std::move(hours));
  return output;
}

void DeleteOverrides(Context& context, std::string_view hours_id) {
  for (const Record* override :
       context.store.List(context.RegionScope(), kHoursOverride, hours_id)) {
    context.store.Delete(context.RegionScope(), kHoursOverride, std::string(override->id));
  }
}

Answer<> DeleteHoursOfOperation(Context& context, const json::Object& input) {
  TL_TRY(const Record* hours, FindResource(context, kHours, input));
  if (const std::string user = UserOfHours(context, *hours); !user.empty()) {
    return InvalidRequest(fmt::format("hours of operation '{}' are used by {}", hours->name, user));
  }
  const std::string id = hours->id;
  DeleteOverrides(context, id);
  context.store.Delete(context.RegionScope(), kHours.kind, id);
  return json::Object();
}

Answer<> DescribeHoursOfOperation(Context& context, const json::Object& input) {
  return Describe(context, kHours, input);
}

json::Value HoursSummary(Context&, const Record& hours) {
  return Summary(kHours, hours);
}

Answer<> ListHoursOfOperations(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "HoursOfOperationSummaryList",
                context.store.List(context.RegionScope(), kHours.kind, instance->id), HoursSummary,
                {.listing = "ListHoursOfOperations " + instance->id});
}

std::vector<std::string> SearchTimeZone(const Record& record) {
  return {std::string(record.body.GetString("TimeZone"))};
}

constexpr SearchField kFields[] = {{"name", SearchName},
                                   {"description", SearchDescription},
                                   {"timezone", SearchTimeZone},
                                   {"resourceID", SearchId}};

Answer<> SearchHoursOfOperations(Context& context, const json::Object& input) {
  return Search(
      context, input, kHours,
      {.operation = "SearchHoursOfOperations", .output = "HoursOfOperations", .fields = kFields});
}

Answer<> UpdateHoursOfOperation(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kHours, input));
  Record hours = *found;
  if (input.Has("TimeZone")) TL_DO(CheckTimeZone(context, input.GetString("TimeZone")));
  TL_DO(Rename(context, kHours, input, hours));
  CopyMembers(input, {"TimeZone", "Config"}, hours.body);
  Save(context, kHours.kind, std::move(hours));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateHoursOfOperation", .handle = CreateHoursOfOperation},
    {.name = "DeleteHoursOfOperation", .handle = DeleteHoursOfOperation},
    {.name = "DescribeHoursOfOperation", .handle = DescribeHoursOfOperation},
    {.name = "ListHoursOfOperations", .handle = ListHoursOfOperations},
    {.name = "SearchHoursOfOperations", .handle = SearchHoursOfOperations},
    {.name = "UpdateHoursOfOperation", .handle = UpdateHoursOfOperation},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckTimeZone(const Context& context, std::string_view zone) {
  sim::HoursOfOperation probe;
  probe.time_zone = zone;
  if (sim::IsOpen(probe, context.Now())) return {};
  return InvalidParameter(
      fmt::format("time zone '{}' is not known: expected a name such as 'Europe/Berlin'", zone));
}

std::string UserOfHours(Context& context, const Record& hours) {
  for (const Record* queue : context.store.List(context.RegionScope(), kQueue.kind, hours.parent)) {
    if (queue->body.GetString("HoursOfOperationId") == hours.id) {
      return fmt::format("queue '{}'", queue->name);
    }
  }
  return {};
}

extern constinit const Family kHoursOperations = kOperations;

}  // namespace trunkline::cloud::connect
