// An alarm's look at its metric: values by period, and the words for what came of it.
#pragma once

#include <optional>
#include <vector>

#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/decision.h"

namespace trunkline::cloud::cloudwatch {

// One period; the value is absent where there was no data.
struct Window {
  std::int64_t start = 0;
  std::optional<double> value;
  double count = 0;  // samples; 0: not told (of an expression)
  bool breaching = false;
};

// Newest first.
Answer<std::vector<Window>> ReadWindows(Context& context, const json::Object& alarm);

Terms TermsOf(const json::Object& alarm);

// The reason and its data, as AWS words them. `value` is the new state's.
AlarmState DescribeState(const Context& context, const json::Object& alarm,
                         const Decision& decision, const std::vector<Window>& windows,
                         std::string_view value);

// "21.5", "2.0": a number as messages have it.
std::string NumberText(double number);

}  // namespace trunkline::cloud::cloudwatch
