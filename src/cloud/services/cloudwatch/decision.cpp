#include "cloud/services/cloudwatch/decision.h"

#include <algorithm>

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kMore = 2;

// All there is is bad, and has been for as long as it takes.
bool BadForLong(const Terms& terms, const std::vector<Judged>& newest_first) {
  std::size_t oldest = 0;  // age of the oldest value, in periods
  for (std::size_t i = 0; i < newest_first.size(); ++i) {
    if (!newest_first[i].present) continue;
    if (!newest_first[i].breaching) return false;
    oldest = i + 1;
  }
  return oldest >= terms.to_alarm;
}

Verdict Judge(const Terms& terms, const std::vector<Judged>& newest_first, std::size_t real,
              std::size_t breaching, std::size_t filled) {
  const bool enough = breaching >= terms.to_alarm;
  if (filled == 0) return enough ? Verdict::kAlarming : Verdict::kOk;
  if (terms.missing == "breaching")
    return breaching + filled >= terms.to_alarm ? Verdict::kAlarming : Verdict::kOk;
  if (terms.missing == "notBreaching") {
    return enough ? Verdict::kAlarming : Verdict::kOk;
  }
  if (enough) return Verdict::kAlarming;
  if (terms.missing == "ignore")
    return real > 0 && breaching < real ? Verdict::kOk : Verdict::kKeep;
  if (real == 0) return Verdict::kNoData;
  return BadForLong(terms, newest_first) ? Verdict::kAlarming : Verdict::kOk;
}

}  // namespace

std::size_t LookedAt(const Terms& terms) {
  return terms.periods + kMore;
}

Decision Decide(const Terms& terms, const std::vector<Judged>& newest_first) {
  Decision decision;
  std::size_t breaching = 0;
  for (const Judged& one : newest_first) {
    if (!one.present || decision.real == terms.periods) continue;
    ++decision.real;
    breaching += one.breaching ? 1 : 0;
  }
  decision.filled = terms.periods - decision.real;
  decision.verdict = Judge(terms, newest_first, decision.real, breaching, decision.filled);
  return decision;
}

bool Breaches(std::string_view comparison, double value, double threshold) {
  if (comparison == "GreaterThanOrEqualToThreshold") return value >= threshold;
  if (comparison == "GreaterThanThreshold") return value > threshold;
  if (comparison == "LessThanThreshold") return value < threshold;
  return value <= threshold;
}

}  // namespace trunkline::cloud::cloudwatch
