// A new or changed function is Pending or InProgress for a moment: a job makes it Active.
#pragma once

#include <string>

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

void ScheduleSettling(Context& context, const std::string& function);

// ResourceConflictException while a creation or an update is under way.
Answer<void> CheckSettled(const json::Object& configuration, std::string_view function);

}  // namespace trunkline::cloud::lambda
