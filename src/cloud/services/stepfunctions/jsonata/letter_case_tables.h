// Unicode 15's case mappings as runs of code points with the same distance.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace trunkline::cloud::jsonata {

// The code points first, first + step, ... last map to themselves plus distance.
struct CaseRun {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t step;
  std::int32_t distance;
};
// One character that becomes several in upper case.
struct CaseExpansion {
  std::uint32_t from;
  std::string_view to;
};

extern constinit const std::span<const CaseRun> kToUpper;  // ordered by first
extern constinit const std::span<const CaseRun> kToLower;
extern constinit const std::span<const CaseExpansion> kExpansions;  // ordered by from

}  // namespace trunkline::cloud::jsonata
