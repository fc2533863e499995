// Resources of identity policies: ARNs as IAM reads them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trunkline::cloud {

// What IAM says of a resource that it does not take: no ARN, an unknown partition, a region where
// the service has none.
std::optional<std::string> FindResourceProblem(std::string_view resource);

// IAM's older reader, which answers without saying what is wrong: every part up to the resource
// must be there, and the service must have a name.
bool PassesLegacyReading(std::string_view resource);

}  // namespace trunkline::cloud
