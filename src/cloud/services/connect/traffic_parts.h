// Traffic distribution: what the operations on groups, and on what they distribute, share.
#pragma once

#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/traffic_groups.h"

namespace trunkline::cloud::connect {

// {Distributions: [...]}: everything here, nothing in the other Region.
json::Object AllTraffic(std::string_view here, std::string_view other);
// {Distributions: [...]}: agents sign in to both.
json::Object BothSignIns(std::string_view here, std::string_view other);

// The same as FindTrafficGroup; InvalidRequestException for a group of the other Region.
Answer<TrafficGroup> FindOwnTrafficGroup(Context& context, std::string_view id_or_arn);

// Makes a changing group ACTIVE, or gone, in a while. `region` is where it lives.
void ScheduleSettling(Context& context, const Record& group, std::string_view region);

}  // namespace trunkline::cloud::connect
