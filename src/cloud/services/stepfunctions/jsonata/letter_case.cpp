#include "cloud/services/stepfunctions/jsonata/letter_case.h"

#include <algorithm>

#include "cloud/services/stepfunctions/jsonata/letter_case_tables.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

char32_t Map(std::span<const CaseRun> runs, char32_t c) {
  const auto after = std::ranges::upper_bound(runs, c, {}, &CaseRun::first);
  if (after == runs.begin()) return c;
  const CaseRun& run = *(after - 1);
  if (c > run.last || (c - run.first) % run.step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + run.distance);
}

bool IsCased(char32_t c) {
  return SimpleUpper(c) != c || SimpleLower(c) != c;
}

// A capital sigma at the end of a word becomes the final form.
bool IsFinalSigma(std::string_view before, std::string_view after) {
  std::size_t start = before.size();
  while (start > 0 && (static_cast<unsigned char>(before[start - 1]) & 0xC0U) == 0x80U) --start;
  if (start == 0) return false;
  --start;
  if (!IsCased(NextCodePoint(before, start))) return false;
  std::size_t at = 0;
  return after.empty() || !IsCased(NextCodePoint(after, at));
}

}  // namespace

char32_t SimpleUpper(char32_t c) {
  if (c < 0x80) return c >= U'a' && c <= U'z' ? c - 0x20 : c;
  return Map(kToUpper, c);
}

char32_t SimpleLower(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 0x20 : c;
  return Map(kToLower, c);
}

std::string ToUpperCase(std::string_view text) {
  std::string upper;
  upper.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = NextCodePoint(text, at);
    const auto found = std::ranges::lower_bound(kExpansions, c, {}, &CaseExpansion::from);
    if (c >= 0x80 && found != kExpansions.end() && found->from == c) {
      upper += found->to;
    } else {
      AppendCodePoint(upper, SimpleUpper(c));
    }
  }
  return upper;
}

std::string ToLowerCase(std::string_view text) {
  constexpr char32_t kCapitalSigma = U'\u03A3';
  constexpr char32_t kFinalSigma = U'\u03C2';
  constexpr char32_t kDottedI = U'\u0130';
  std::string lower;
  lower.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = NextCodePoint(text, at);
    if (c == kCapitalSigma && IsFinalSigma(text.substr(0, start), text.substr(at))) {
      AppendCodePoint(lower, kFinalSigma);
    } else if (c == kDottedI) {
      lower += "i\u0307";
    } else {
      AppendCodePoint(lower, SimpleLower(c));
    }
  }
  return lower;
}

}  // namespace trunkline::cloud::jsonata
