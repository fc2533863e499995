// Sample values made of a shape: what every operation's tests send.
#pragma once

#include "aws/model.h"
#include "base/json.h"

namespace trunkline::aws {

enum class Fullness { kMinimal, kMaximal };  // only what is required, or every member

json::Object SampleOf(const Shape& shape, Fullness fullness);

}  // namespace trunkline::aws
