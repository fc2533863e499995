// Reading queries of Logs Insights: commands joined by bars.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/logs/insights_reader.h"

namespace trunkline::cloud::logs {
namespace {

using Command = InsightsCommand;

constexpr std::size_t kMostCommands = 50;
constexpr std::size_t kMostRows = 10000;  // Logs Insights quotas

class QueryReader : public InsightsReader {
 public:
  using InsightsReader::InsightsReader;

  Result<InsightsQuery> ReadAll() {
    InsightsQuery query;
    do {
      TL_TRY(Command command, ReadCommand());
      query.push_back(std::move(command));
      if (query.size() > kMostCommands)
        return Error(ErrorKind::kInvalid, "a query has no more than {} commands", kMostCommands);
    } while (Take("|"));
    if (!Trim(rest_).empty()) return Expected("'|' or the end");
    return query;
  }

 private:
  Result<Command> ReadCommand() {
    Command command;
    if (TakeWord("fields")) return ReadColumns(Command::Kind::kFields);
    if (TakeWord("display")) return ReadColumns(Command::Kind::kDisplay);
    if (TakeWord("dedup")) return ReadColumns(Command::Kind::kDedup);
    if (TakeWord("stats")) return ReadStats();
    if (TakeWord("sort")) return ReadSort();
    if (TakeWord("parse")) return ReadParse();
    if (TakeWord("filter")) {
      command.kind = Command::Kind::kFilter;
      TL_TRY(command.test, ReadExpression(0));
      return command;
    }
    if (TakeWord("limit") || TakeWord("head") || TakeWord("tail")) {
      command.kind = Command::Kind::kLimit;
      const auto limit = ToInt(TakeName());
      if (!limit || *limit < 1 || static_cast<std::size_t>(*limit) > kMostRows)
        return Expected("a number from 1 to 10000");
      command.limit = static_cast<std::size_t>(*limit);
      return command;
    }
    return Expected(
        "one of the commands fields, display, filter, stats, sort, limit, parse, dedup");
  }

  Result<std::vector<InsightsColumn>> ReadList() {
    std::vector<InsightsColumn> columns;
    do {
      const std::string_view before = Trim(rest_);
      InsightsColumn column;
      TL_TRY(column.expression, ReadExpression(0));
      column.name = Trim(before.substr(0, before.size() - rest_.size()));
      if (column.expression.kind == InsightsExpression::Kind::kField)
        column.name = column.expression.text;
      if (TakeWord("as")) column.name = TakeName();
      columns.push_back(std::move(column));
    } while (Take(","));
    return columns;
  }

  Result<Command> ReadColumns(Command::Kind kind) {
    Command command;
    command.kind = kind;
    TL_TRY(command.columns, ReadList());
    return command;
  }

  Result<Command> ReadStats() {
    Command command;
    command.kind = Command::Kind::kStats;
    TL_TRY(command.columns, ReadList());
    if (TakeWord("by")) {
      TL_TRY(command.by, ReadList());
    }
    return command;
  }

  Result<Command> ReadSort() {
    Command command;
    command.kind = Command::Kind::kSort;
    do {
      InsightsColumn column;
      TL_TRY(column.expression, ReadExpression(0));
      command.columns.push_back(std::move(column));
      const bool descending = TakeWord("desc");
      if (!descending) TakeWord("asc");
      command.descending.push_back(descending);
    } while (Take(","));
    return command;
  }

  Result<Command> ReadParse() {
    Command command;
    command.kind = Command::Kind::kParse;
    InsightsColumn column;
    rest_ = Trim(rest_);
    column.expression.text = AtText() ? "@message" : TakeName();
    command.columns.push_back(std::move(column));
    rest_ = Trim(rest_);
    if (rest_.starts_with('/'))
      return Error(ErrorKind::kInvalid,
                   "parse with a regular expression is not implemented by the embedded cloud: "
                   "expected a text with stars");
    if (!AtText()) return Expected("a text with stars");
    TL_TRY(const std::string glob, TakeText());
    for (const std::string_view part : Split(glob, '*')) command.between.emplace_back(part);
    if (!TakeWord("as")) return Expected("as");
    do {
      command.names.push_back(TakeName());
    } while (Take(","));
    if (command.names.size() + 1 != command.between.size())
      return Error(ErrorKind::kInvalid, "expected a name for each star of '{}'", glob);
    return command;
  }
};

}  // namespace

Result<InsightsQuery> ReadInsightsQuery(std::string_view text) {
  return QueryReader(text).ReadAll();
}

}  // namespace trunkline::cloud::logs
