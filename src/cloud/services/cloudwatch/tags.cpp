// Tags of alarms and dashboards.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/dashboards.h"
#include "cloud/services/cloudwatch/families.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::cloudwatch {
namespace {

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view text = input.GetString("ResourceARN");
  const auto arn = ParseArn(text);
  constexpr std::string_view kOfAlarm = "alarm:";
  constexpr std::string_view kOfDashboard = "dashboard/";
  const std::string resource = arn ? arn->resource : std::string();
  if (resource.starts_with(kOfAlarm)) {
    const Record* alarm =
        context.store.Find(context.RegionScope(), kAlarm, resource.substr(kOfAlarm.size()));
    if (alarm) return Tagged{context.RegionScope(), kAlarm, *alarm};
  }
  if (resource.starts_with(kOfDashboard)) {
    const Record* dashboard = context.store.Find(context.AccountScope(), kDashboard,
                                                 resource.substr(kOfDashboard.size()));
    if (dashboard) return Tagged{context.AccountScope(), kDashboard, *dashboard};
  }
  return ServiceError("ResourceNotFoundException", fmt::format("{} not found", text));
}

ServiceError TooManyTags(const json::Object&) {
  return {"InvalidParameterValueException", "A resource can have no more than 50 tags."};
}

constexpr TagForm kForm{.find = FindTagged, .too_many = TooManyTags};

Answer<> TagResource(Context& context, const json::Object& input) {
  return AddTags(context, input, kForm);
}
Answer<> UntagResource(Context& context, const json::Object& input) {
  return TakeTags(context, input, kForm);
}
Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  return ShowTags(context, input, kForm);
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
