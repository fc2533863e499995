// Reading the expressions of Logs Insights, by descent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/logs/insights.h"

namespace trunkline::cloud::logs {

class InsightsReader {
 public:
  explicit InsightsReader(std::string_view text) : rest_(text) {}

  Result<InsightsExpression> ReadExpression(int depth = 0);

 protected:
  Error Expected(std::string_view what) const;
  bool Take(std::string_view symbol);
  bool TakeWord(std::string_view word);  // in any case, with its end
  std::string TakeName();
  Result<std::string> TakeText();  // in quotes, which is what comes next
  bool AtText();

  std::string_view rest_;

 private:
  Result<InsightsExpression> ReadAnd(int depth);
  Result<InsightsExpression> ReadNot(int depth);
  Result<InsightsExpression> ReadComparison(int depth);
  Result<InsightsExpression> ReadPatternOrText();
  Result<InsightsExpression> ReadSum(int depth);
  Result<InsightsExpression> ReadProduct(int depth);
  Result<InsightsExpression> ReadOne(int depth);
  Result<InsightsExpression> ReadCall(const std::string& name, int depth);
};

}  // namespace trunkline::cloud::logs
