// CloudWatch alarms that a delivery looks at.
#pragma once

#include <vector>

#include "base/result.h"
#include "center/written.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// Metric and composite alarms by name, ten at most, in one call. An error (kConflict) names the
// first one that is in ALARM, with its reason; one that is not there is kNotFound. An alarm without
// enough data is none.
net::aw<Result<void>> CheckAlarms(Session& session, std::vector<center::Text> alarms);

}  // namespace trunkline::deploy
