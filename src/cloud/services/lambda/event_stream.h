// Event streams: the frames of application/vnd.amazon.eventstream, which
// InvokeWithResponseStream answers.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::lambda {

// One event: "PayloadChunk" and its payload's type.
std::string EventFrame(std::string_view event, std::string_view content_type,
                       std::string_view payload);

// An invocation's answer as PayloadChunk events and an InvokeComplete.
std::string StreamOf(const json::Object& invoked);

}  // namespace trunkline::cloud::lambda
