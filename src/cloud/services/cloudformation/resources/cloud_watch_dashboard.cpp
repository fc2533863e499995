// AWS::CloudWatch::Dashboard.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

json::Object KeysOfDashboard(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("DashboardName", order.physical_id);
  keys.Set("DashboardNames", json::Array{order.physical_id});
  return keys;
}

constexpr auto kProperties = Properties<"DashboardBody* DashboardName^ Tags~">();

constexpr Mapping kMapping{
    .type = "AWS::CloudWatch::Dashboard",
    .properties = kProperties,
    .attributes = {},
    .service = "cloudwatch",
    .create = "PutDashboard",
    .describe = "GetDashboard",
    .update = "PutDashboard",
    .remove = "DeleteDashboards",
    .id = "DashboardName",
    .naming = {.property = "DashboardName", .limit = 255},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "DashboardArn",
    .keys_of = KeysOfDashboard,
};

}  // namespace

constinit const ResourceType kCloudWatchDashboardType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
