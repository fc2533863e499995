// How AWS calls its Regions in messages.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::cloud::cloudwatch {

// The code itself where the name is not known.
std::string RegionName(std::string_view region);

}  // namespace trunkline::cloud::cloudwatch
