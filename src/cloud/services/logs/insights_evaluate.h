// Values of expressions of Logs Insights over one row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloud/services/logs/insights.h"

namespace trunkline::cloud::logs {

// The columns of a row, in their order.
using InsightsRow = std::vector<std::pair<std::string, std::string>>;

const std::string* FindField(const InsightsRow& row, std::string_view name);
void SetField(InsightsRow& row, const std::string& name, std::string value);

// Nothing: there is no such field, or the operands are none that it takes.
std::optional<std::string> Evaluate(const InsightsExpression& expression, const InsightsRow& row);
bool IsTrue(const InsightsExpression& expression, const InsightsRow& row);

// The whole text as a number.
std::optional<double> AsNumber(std::string_view text);
std::string NumberText(double number);

// "count", "avg", ...: what stats computes of many rows.
bool IsAggregate(const InsightsExpression& expression);
std::string Aggregate(const InsightsExpression& expression, const std::vector<InsightsRow>& rows);

}  // namespace trunkline::cloud::logs
