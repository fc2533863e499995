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

}  // namespace

constinit const Family kTagOperations = kTagOperationsOf<kForm>;

}  // namespace trunkline::cloud::cloudwatch
