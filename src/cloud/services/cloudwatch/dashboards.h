// Dashboards as they are kept. Scope: the account, as on AWS.
//   {"cloudwatch","dashboard"}  id and name: the dashboard's; body: DashboardBody, LastModified,
//                               "Tags"
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::cloudwatch {

inline constexpr Kind kDashboard{"cloudwatch", "dashboard"};

std::string DashboardArn(const Context& context, std::string_view name);

}  // namespace trunkline::cloud::cloudwatch
