// What an alarm decides from its newest periods: the rules of missing data.
//
// An alarm looks at a few periods more than it is told to. Are there as many real values among them
// as it wants, missing ones do not matter. Else missing ones count as they are to be treated; with
// "missing" an alarm also goes off when all it has are bad values that began long enough ago
// (documented: "How CloudWatch alarms handle missing data").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline::cloud::cloudwatch {

struct Judged {
  bool present = false;
  bool breaching = false;
};

struct Terms {
  std::size_t periods = 1;   // EvaluationPeriods
  std::size_t to_alarm = 1;  // DatapointsToAlarm
  std::string_view missing;  // TreatMissingData; empty: "missing"
};

// How many periods are looked at.
std::size_t LookedAt(const Terms& terms);

enum class Verdict { kOk, kAlarming, kNoData, kKeep };

struct Decision {
  Verdict verdict = Verdict::kKeep;
  std::size_t real = 0;    // values that counted, of the newest
  std::size_t filled = 0;  // missing ones that counted as something
};

// `newest_first` has LookedAt(terms) elements.
Decision Decide(const Terms& terms, const std::vector<Judged>& newest_first);

// ComparisonOperator.
bool Breaches(std::string_view comparison, double value, double threshold);

}  // namespace trunkline::cloud::cloudwatch
