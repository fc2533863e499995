// The commands of a query, one after the other, over all rows.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/logs/insights.h"
#include "cloud/services/logs/insights_evaluate.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::size_t kMostRows = 10000;  // Logs Insights quotas
constexpr std::size_t kMostFields = 200;  // of a message that is JSON
constexpr std::string_view kPointer = "@ptr";

using Kind = InsightsCommand::Kind;

void Flatten(const std::string& name, const json::Value& value, InsightsRow& fields) {
  if (fields.size() >= kMostFields) return;
  if (value.IsObject()) {
    for (const json::Member& member : value.AsObject())
      Flatten(name.empty() ? member.key : fmt::format("{}.{}", name, member.key), member.value,
              fields);
  } else if (value.IsArray()) {
    std::size_t index = 0;
    for (const json::Value& item : value.AsArray())
      Flatten(fmt::format("{}.{}", name, index++), item, fields);
  } else if (!value.IsNull()) {
    fields.emplace_back(name, value.IsString() ? value.AsString() : json::Write(value));
  }
}

// What is shown of a row, and whether rows are still events.
struct Table {
  std::vector<InsightsRow> rows;
  std::vector<std::string> shown;
  std::set<std::string> times;  // columns that are milliseconds since 1970
  bool events = true;
};

void Show(Table& table, const std::string& name) {
  if (std::ranges::find(table.shown, name) == table.shown.end()) table.shown.push_back(name);
}

bool IsTime(const Table& table, const InsightsExpression& expression) {
  if (expression.kind == InsightsExpression::Kind::kField)
    return table.times.contains(expression.text);
  if (expression.text == "bin") return true;
  const bool passes = expression.text == "min" || expression.text == "max" ||
                      expression.text == "earliest" || expression.text == "latest";
  return passes && !expression.parts.empty() && IsTime(table, expression.parts[0]);
}

void RunFields(const InsightsCommand& command, Table& table) {
  if (command.kind == Kind::kDisplay) table.shown.clear();
  for (const InsightsColumn& column : command.columns) {
    Show(table, column.name);
    if (IsTime(table, column.expression)) table.times.insert(column.name);
    for (InsightsRow& row : table.rows) {
      auto value = Evaluate(column.expression, row);
      if (value) SetField(row, column.name, *std::move(value));
    }
  }
}

void RunParse(const InsightsCommand& command, Table& table) {
  for (InsightsRow& row : table.rows) {
    const std::string* field = FindField(row, command.columns[0].expression.text);
    if (!field) continue;
    const std::string text = *field;
    std::size_t at = text.find(command.between[0]);
    if (at == std::string::npos) continue;
    at += command.between[0].size();
    std::vector<std::string> values;
    for (std::size_t i = 1; i < command.between.size(); ++i) {
      const std::string& behind = command.between[i];
      const std::size_t end = behind.empty() ? text.size() : text.find(behind, at);
      if (end == std::string::npos) break;
      values.push_back(text.substr(at, end - at));
      at = end + behind.size();
    }
    if (values.size() != command.names.size()) continue;
    for (std::size_t i = 0; i < values.size(); ++i)
      SetField(row, command.names[i], std::move(values[i]));
  }
}

// Groups in the order of their first row.
void RunStats(const InsightsCommand& command, Table& table) {
  std::vector<InsightsRow> keys;
  std::map<InsightsRow, std::vector<InsightsRow>> groups;
  for (InsightsRow& row : table.rows) {
    InsightsRow key;
    for (const InsightsColumn& by : command.by)
      key.emplace_back(by.name, Evaluate(by.expression, row).value_or(""));
    auto& group = groups[key];
    if (group.empty()) keys.push_back(key);
    group.push_back(std::move(row));
  }
  if (command.by.empty() && keys.empty()) keys.emplace_back();
  std::set<std::string> times;
  table.shown.clear();
  for (const auto* columns : {&command.by, &command.columns}) {
    for (const InsightsColumn& column : *columns) {
      Show(table, column.name);
      if (IsTime(table, column.expression)) times.insert(column.name);
    }
  }
  table.rows.clear();
  for (const InsightsRow& key : keys) {
    InsightsRow row = key;
    for (const InsightsColumn& column : command.columns) {
      SetField(row, column.name,
               IsAggregate(column.expression)
                   ? Aggregate(column.expression, groups[key])
                   : Evaluate(column.expression,
                              groups[key].empty() ? InsightsRow() : groups[key].front())
                         .value_or(""));
    }
    table.rows.push_back(std::move(row));
  }
  table.times = std::move(times);
  table.events = false;
}

int CompareCells(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  const auto left = AsNumber(*a);
  const auto right = AsNumber(*b);
  if (left && right) return *left < *right ? -1 : *left > *right ? 1 : 0;
  return a->compare(*b);
}

void RunSort(const InsightsCommand& command, Table& table) {
  std::ranges::stable_sort(table.rows, [&](const InsightsRow& a, const InsightsRow& b) {
    for (std::size_t i = 0; i < command.columns.size(); ++i) {
      const InsightsExpression& by = command.columns[i].expression;
      const int order = CompareCells(Evaluate(by, a), Evaluate(by, b));
      if (order != 0) return command.descending[i] ? order > 0 : order < 0;
    }
    return false;
  });
}

void RunDedup(const InsightsCommand& command, Table& table) {
  std::set<std::vector<std::string>> seen;
  std::erase_if(table.rows, [&](const InsightsRow& row) {
    std::vector<std::string> key;
    for (const InsightsColumn& column : command.columns)
      key.push_back(Evaluate(column.expression, row).value_or(""));
    return !seen.insert(std::move(key)).second;
  });
}

void Run(const InsightsCommand& command, Table& table) {
  switch (command.kind) {
    case Kind::kFields:
    case Kind::kDisplay:
      return RunFields(command, table);
    case Kind::kFilter:
      std::erase_if(table.rows, [&](const InsightsRow& row) { return !IsTrue(command.test, row); });
      return;
    case Kind::kStats:
      return RunStats(command, table);
    case Kind::kSort:
      return RunSort(command, table);
    case Kind::kLimit:
      if (table.rows.size() > command.limit) table.rows.resize(command.limit);
      return;
    case Kind::kParse:
      return RunParse(command, table);
    case Kind::kDedup:
      return RunDedup(command, table);
  }
}

// "2026-11-27 10:00:00.000"
std::string ShownTime(const std::string& text) {
  const auto at = ToInt(text);
  if (!at) return text;
  std::string shown = ToIso8601(TimePoint(Milliseconds(*at)));
  std::ranges::replace(shown, 'T', ' ');
  if (shown.ends_with('Z')) shown.pop_back();
  if (shown.find('.') == std::string::npos) shown += ".000";
  return shown;
}

json::Array ShownRow(const Table& table, const InsightsRow& row) {
  json::Array cells;
  for (const std::string& name : table.shown) {
    const std::string* value = FindField(row, name);
    if (!value) continue;
    cells.push_back(json::Object{
        {"field", name}, {"value", table.times.contains(name) ? ShownTime(*value) : *value}});
  }
  const std::string* pointer = table.events ? FindField(row, kPointer) : nullptr;
  if (pointer) cells.push_back(json::Object{{"field", kPointer}, {"value", *pointer}});
  return cells;
}

// The commands up to the first that changes what a row is: what they leave has matched.
bool OnlyFilters(Kind kind) {
  return kind == Kind::kFields || kind == Kind::kFilter || kind == Kind::kParse ||
         kind == Kind::kDisplay;
}

}  // namespace

InsightsEvent MakeInsightsEvent(std::string_view message) {
  InsightsEvent event;
  event.fields.emplace_back("@message", message);
  const auto parsed =
      message.starts_with('{') ? json::Parse(message) : Result<json::Value>(json::Value(nullptr));
  if (parsed && parsed->IsObject()) Flatten("", *parsed, event.fields);
  return event;
}

InsightsAnswer RunInsightsQuery(const InsightsQuery& query, std::vector<InsightsEvent> events) {
  Table table;
  table.times = {"@timestamp", "@ingestionTime"};
  for (InsightsEvent& event : events) table.rows.push_back(std::move(event.fields));
  InsightsAnswer answer;
  answer.matched = table.rows.size();
  bool counting = true;
  bool sorted = false;
  bool stated = false;
  for (const InsightsCommand& command : query) {
    // Without an order of its own, a query of events shows the newest first.
    sorted = sorted || command.kind == Kind::kSort;
    stated = stated || command.kind == Kind::kStats;
    if (command.kind == Kind::kLimit && !sorted && !stated) {
      std::ranges::reverse(table.rows);
      sorted = true;
    }
    counting = counting && OnlyFilters(command.kind);
    Run(command, table);
    if (counting) answer.matched = table.rows.size();
  }
  if (!sorted && !stated) std::ranges::reverse(table.rows);
  if (table.shown.empty()) table.shown = {"@timestamp", "@message"};
  if (table.rows.size() > kMostRows) table.rows.resize(kMostRows);
  for (const InsightsRow& row : table.rows) answer.rows.push_back(ShownRow(table, row));
  return answer;
}

}  // namespace trunkline::cloud::logs
