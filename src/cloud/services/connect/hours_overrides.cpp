#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kOverridesPerHours = 50;  // AWS admin guide

Answer<void> CheckDates(const json::Object& body) {
  if (body.GetString("EffectiveFrom") <= body.GetString("EffectiveTill")) return {};
  return InvalidParameter(fmt::format("the override begins on {}, after its end on {}",
                                      body.GetString("EffectiveFrom"),
                                      body.GetString("EffectiveTill")));
}

Answer<void> CheckOverrideName(Context& context, const Record& hours, std::string_view name,
                               std::string_view own_id) {
  const Record* other =
      context.store.FindByName(context.RegionScope(), kHoursOverride, hours.id, name);
  if (other == nullptr || other->id == own_id) return {};
  return ServiceError(
      "DuplicateResourceException",
      fmt::format("hours of operation '{}' already have an override named '{}'", hours.name, name));
}

Answer<const Record*> FindOverride(Context& context, const Record& hours,
                                   const json::Object& input) {
  const std::string_view id = input.GetString("HoursOfOperationOverrideId");
  const Record* found = context.store.Find(context.RegionScope(), kHoursOverride, id);
  if (found != nullptr && found->parent == hours.id) return found;
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("override '{}' does not exist in hours of operation '{}'", id, hours.name));
}

constexpr std::string_view kMembers[] = {"Name",          "Description",   "Config",
                                         "EffectiveFrom", "EffectiveTill", "RecurrenceConfig",
                                         "OverrideType"};

Answer<> CreateHoursOfOperationOverride(Context& context, const json::Object& input) {
  TL_TRY(const Record* hours, FindResource(context, kHours, input));
  TL_DO(CheckDates(input));
  const std::string_view name = input.GetString("Name");
  TL_DO(CheckOverrideName(context, *hours, name, ""));
  if (context.store.List(context.RegionScope(), kHoursOverride, hours->id).size() >=
      kOverridesPerHours) {
    return ServiceError("LimitExceededException",
                        fmt::format("hours of operation '{}' already have {} overrides: the quota",
                                    hours->name, kOverridesPerHours));
  }
  Record record{.id = NewUuid(context.random), .parent = hours->id, .name = std::string(name)};
  record.body.Set("HoursOfOperationOverrideId", record.id);
  record.body.Set("HoursOfOperationId", hours->id);
  record.body.Set("HoursOfOperationArn", hours->body.GetString("HoursOfOperationArn"));
  record.body.Set("OverrideType", "STANDARD");
  CopyMembers(input, kMembers, record.body);
  json::Object output;
  output.Set("HoursOfOperationOverrideId", record.id);
  context.store.Put(context.RegionScope(), kHoursOverride, std::move(record));
  Save(context, kHours.kind, *hours);
  return output;
}

Answer<> DeleteHoursOfOperationOverride(Context& context, const json::Object& input) {
  TL_TRY(const Record* hours, FindResource(context, kHours, input));
  TL_TRY(const Record* record, FindOverride(context, *hours, input));
  context.store.Delete(context.RegionScope(), kHoursOverride, std::string(record->id));
  Save(context, kHours.kind, *hours);
  return json::Object();
}

Answer<> DescribeHoursOfOperationOverride(Context& context, const json::Object& input) {
  TL_TRY(const Record* hours, FindResource(context, kHours, input));
  TL_TRY(const Record* record, FindOverride(context, *hours, input));
  json::Object output;
  output.Set("HoursOfOperationOverride", record->body);
  return output;
}

json::Value Body(Context&, const Record& record) {
  return record.body;
}

Answer<> ListHoursOfOperationOverrides(Context& context, const json::Object& input) {
  TL_TRY(const Record* hours, FindResource(context, kHours, input));
  TL_TRY(json::Object output,
         PageOf(context, input, "HoursOfOperationOverrideList",
                context.store.List(context.RegionScope(), kHoursOverride, hours->id), Body,
                {.listing = "ListHoursOfOperationOverrides " + hours->id}));
  CopyMembers(hours->body, {"LastModifiedTime", "LastModifiedRegion"}, output);
  return output;
}

// Dates compare as texts: YYYY-MM-DD.
bool MatchesDate(const Record& record, const json::Value& condition) {
  const json::Object& date = condition.AsObject();
  const std::string_view have = record.body.GetString(date.GetString("FieldName"));
  const std::string_view want = date.GetString("Value");
  const std::string_view comparison = date.GetString("ComparisonType");
  if (have.empty()) return false;
  if (comparison == "GREATER_THAN") return have > want;
  if (comparison == "LESS_THAN") return have < want;
  if (comparison == "GREATER_THAN_OR_EQUAL_TO") return have >= want;
  if (comparison == "LESS_THAN_OR_EQUAL_TO") return have <= want;
  return have == want;
}

std::vector<std::string> SearchHoursId(const Record& record) {
  return {record.parent};
}

constexpr SearchField kFields[] = {{"name", SearchName},
                                   {"description", SearchDescription},
                                   {"hoursOfOperationId", SearchHoursId},
                                   {"hoursOfOperationOverrideId", SearchId},
                                   {"resourceID", SearchId}};
constexpr SearchLeaf kLeaves[] = {{"DateCondition", MatchesDate}};

Answer<> SearchHoursOfOperationOverrides(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  std::vector<const Record*> overrides;
  for (const Record* hours : context.store.List(context.RegionScope(), kHours.kind, instance->id)) {
    for (const Record* record :
         context.store.List(context.RegionScope(), kHoursOverride, hours->id)) {
      overrides.push_back(record);
    }
  }
  std::ranges::sort(overrides, {},
                    [](const Record* record) { return std::tie(record->name, record->id); });
  return Search(context, input, *instance, overrides,
                {.operation = "SearchHoursOfOperationOverrides",
                 .output = "HoursOfOperationOverrides",
                 .fields = kFields,
                 .leaves = kLeaves});
}

Answer<> UpdateHoursOfOperationOverride(Context& context, const json::Object& input) {
  TL_TRY(const Record* hours, FindResource(context, kHours, input));
  TL_TRY(const Record* found, FindOverride(context, *hours, input));
  Record record = *found;
  CopyMembers(input, kMembers, record.body);
  TL_DO(CheckDates(record.body));
  TL_DO(CheckOverrideName(context, *hours, record.body.GetString("Name"), record.id));
  record.name = record.body.GetString("Name");
  context.store.Put(context.RegionScope(), kHoursOverride, std::move(record));
  Save(context, kHours.kind, *hours);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateHoursOfOperationOverride", .handle = CreateHoursOfOperationOverride},
    {.name = "DeleteHoursOfOperationOverride", .handle = DeleteHoursOfOperationOverride},
    {.name = "DescribeHoursOfOperationOverride", .handle = DescribeHoursOfOperationOverride},
    {.name = "ListHoursOfOperationOverrides", .handle = ListHoursOfOperationOverrides},
    {.name = "SearchHoursOfOperationOverrides", .handle = SearchHoursOfOperationOverrides},
    {.name = "UpdateHoursOfOperationOverride", .handle = UpdateHoursOfOperationOverride},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kHoursOverrideOperations = kOperations;

}  // namespace trunkline::cloud::connect
