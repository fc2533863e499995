// What one evaluation may use. The first three are the service's, as measured from outside (a
// report of August 2026 on floci's issue tracker: expressions that AWS still evaluates, and the
// next bigger that it refuses); the others keep us from hanging.
#pragma once

#include <cstddef>
#include <cstdint>

namespace trunkline::cloud::jsonata {

inline constexpr int kMaxEvaluationDepth = 100;          // 1+1+...+1 with 100 terms, not with 101
inline constexpr std::size_t kMaxItems = 873'782;        // [1..873782], not one more
inline constexpr std::size_t kMaxTextBytes = 6'990'256;  // 2^22 characters, not 2^23
inline constexpr std::size_t kMaxRangeItems = 360'145;   // of $range

// Evaluated nodes, copied items, steps of regular expressions: about a second.
inline constexpr std::uint64_t kMaxSteps = 8'000'000;
// Values of the result, each as often as it occurs.
inline constexpr std::uint64_t kMaxResultParts = 1'000'000;
inline constexpr std::uint32_t kMaxNesting = 500;       // of computed arrays and objects
inline constexpr std::size_t kMaxPictureBytes = 4'096;  // of $formatNumber and its like
// A message shows no more of a value.
inline constexpr std::size_t kMaxShownBytes = 8'192;

}  // namespace trunkline::cloud::jsonata
