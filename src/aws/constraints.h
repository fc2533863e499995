// Constraints of inputs in the words of a service: most say them as CheckConstraints (aws/codec.h)
// does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/model.h"

namespace trunkline::aws {

// IAM never repeats a value; Lambda says of items in lists and maps also that they must not be null,
// IAM of those that have a pattern (seen in recordings).
std::vector<std::string> CheckConstraintsOf(std::string_view service, const Shape& shape,
                                            const json::Object& input);

}  // namespace trunkline::aws
