#include "app/pipelines_text.h"

#include <algorithm>

#include "app/pipelines_advice.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

constexpr std::size_t kShortCommit = 7;

std::string ShortCommit(const ExecutionStatus& status) {
  return status.commit.substr(0, kShortCommit);
}

std::string StatusWord(const ExecutionStatus& status) {
  if (status.id.empty()) return "never ran";
  const StageStatus* at = status.At();
  const bool asks = at && std::ranges::any_of(at->actions, &ActionStatus::AsksAPerson);
  return asks && !status.HasEnded() ? "asks a person" : status.status;
}

struct Row {
  std::string pipeline;
  std::string status;
  std::string stage;
  std::string commit;
  std::string started;
};

Row RowOf(const ExecutionStatus& status, TimePoint now) {
  const StageStatus* at = status.At();
  return {.pipeline = status.pipeline,
          .status = StatusWord(status),
          .stage = at ? at->name : "",
          .commit = ShortCommit(status),
          .started = status.started
                         ? ToDurationText(std::max(now - *status.started, Milliseconds(0))) + " ago"
                         : ""};
}

std::string Line(const Row& row, std::size_t names, std::size_t stages) {
  std::string line = fmt::format("{:<{}}  {:<13}  {:<{}}  {:<7}  {}", row.pipeline, names,
                                 row.status, row.stage, stages, row.commit, row.started);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string Took(const ActionStatus& action) {
  if (!action.started || !action.changed) return {};
  return ToDurationText(std::max(*action.changed - *action.started, Milliseconds(0)));
}

// What a failed action says: behind its status, or, with more than one line, below. What a person
// is asked stands below, too.
std::string Said(const ActionStatus& action, std::string_view before, std::string_view indent) {
  const bool asks = action.AsksAPerson();
  const std::string_view said = Trim(asks                        ? action.question
                                     : action.status == "Failed" ? action.message
                                                                 : std::string_view());
  if (said.empty()) return "\n";
  if (!asks && said.find('\n') == std::string_view::npos)
    return fmt::format("{}{}\n", before, said);
  std::string text = "\n";
  for (const std::string_view line : Split(said, '\n')) {
    if (!Trim(line).empty()) text += fmt::format("{}{}\n", indent, line);
  }
  return text;
}

std::string ActionLine(const ActionStatus& action, std::size_t names) {
  const std::string status = action.AsksAPerson()    ? "asks a person"
                             : action.status.empty() ? "-"
                                                     : action.status;
  std::string line = fmt::format("    {:<{}}  {:<13}  {:>7}", action.name, names, status,
                                 action.status.empty() ? "" : Took(action));
  line.erase(line.find_last_not_of(' ') + 1);
  line += Said(action, "  ", "        ");
  for (const std::string& last : action.last_lines) line += fmt::format("      | {}\n", last);
  return line;
}

std::string Heading(const ExecutionStatus& status) {
  std::string text = fmt::format("{}: {}\n", status.pipeline, StatusWord(status));
  if (status.id.empty()) return text;
  text += fmt::format("  execution {}", status.id);
  if (status.started) text += ", begun " + ToIso8601(*status.started);
  if (!status.trigger.empty()) text += " by " + status.trigger;
  text += "\n";
  if (!status.commit.empty())
    text += fmt::format("  commit {}  {}\n", ShortCommit(status), status.summary);
  return text;
}

// What is known to do about the actions that failed, and where to read on.
std::string Cure(const ExecutionStatus& status) {
  std::string cure;
  std::string logs;
  for (const StageStatus& stage : status.stages) {
    for (const ActionStatus& action : stage.actions) {
      if (action.status != "Failed") continue;
      if (action.provider == "CodeBuild")
        logs = fmt::format("trunkline pipelines logs {}; when it is mended: ", status.pipeline);
      const std::string advice = AdviceFor(action.message);
      if (cure.empty() && !advice.empty()) cure = fmt::format("\nTo mend it: {}\n", advice);
    }
  }
  return fmt::format("{}\nNext: {}trunkline pipelines retry {}\n", cure, logs, status.pipeline);
}

// What a person can do about it.
std::string Advice(const ExecutionStatus& status) {
  if (StatusWord(status) == "asks a person")
    return fmt::format("\nNext: trunkline pipelines approve {0}, or reject {0}\n", status.pipeline);
  return status.status == "Failed" ? Cure(status) : std::string();
}

json::Object ToJson(const ActionStatus& action) {
  json::Object object{{"name", action.name},
                      {"category", action.category},
                      {"provider", action.provider},
                      {"status", action.status}};
  object.SetIfNotEmpty("message", action.message);
  object.SetIfNotEmpty("question", action.question);
  object.SetIfNotEmpty("externalId", action.external_id);
  if (action.started) object.Set("started", ToIso8601(*action.started));
  if (action.changed) object.Set("changed", ToIso8601(*action.changed));
  json::Array lines;
  for (const std::string& last : action.last_lines) lines.emplace_back(last);
  if (!lines.empty()) object.Set("lastLines", std::move(lines));
  return object;
}

}  // namespace

std::string ToText(std::span<const ExecutionStatus> pipelines, TimePoint now) {
  if (pipelines.empty())
    return "There are no pipelines; 'trunkline pipelines deploy' makes them.\n";
  std::vector<Row> rows;
  Row head{.pipeline = "pipeline",
           .status = "status",
           .stage = "stage",
           .commit = "commit",
           .started = "begun"};
  rows.push_back(std::move(head));
  for (const ExecutionStatus& status : pipelines) rows.push_back(RowOf(status, now));
  std::size_t names = 0;
  std::size_t stages = 0;
  for (const Row& row : rows) {
    names = std::max(names, row.pipeline.size());
    stages = std::max(stages, row.stage.size());
  }
  std::string text;
  for (const Row& row : rows) text += Line(row, names, stages);
  return text;
}

std::string ToText(const ExecutionStatus& status) {
  std::string text = Heading(status);
  std::size_t names = 0;
  for (const StageStatus& stage : status.stages) {
    for (const ActionStatus& action : stage.actions) names = std::max(names, action.name.size());
  }
  for (const StageStatus& stage : status.stages) {
    text += fmt::format("  {}\n", stage.name);
    for (const ActionStatus& action : stage.actions) text += ActionLine(action, names);
  }
  return text + Advice(status);
}

std::string ChangesText(const ExecutionStatus& before, const ExecutionStatus& now) {
  std::string text;
  const bool same = before.stages.size() == now.stages.size();
  for (std::size_t i = 0; i < now.stages.size(); ++i) {
    const StageStatus& stage = now.stages[i];
    for (std::size_t k = 0; k < stage.actions.size(); ++k) {
      const ActionStatus& action = stage.actions[k];
      const bool known = same && k < before.stages[i].actions.size();
      if (action.status.empty() || (known && before.stages[i].actions[k].status == action.status))
        continue;
      text += fmt::format("  {}/{}: {}{}", stage.name, action.name,
                          action.AsksAPerson() ? "asks a person" : action.status,
                          Said(action, ": ", "      "));
    }
  }
  return text;
}

json::Object ToJson(const ExecutionStatus& status) {
  json::Object object{{"pipeline", status.pipeline}, {"executionId", status.id},
                      {"status", status.status},     {"commit", status.commit},
                      {"summary", status.summary},   {"trigger", status.trigger}};
  if (status.started) object.Set("started", ToIso8601(*status.started));
  json::Array stages;
  for (const StageStatus& stage : status.stages) {
    json::Array actions;
    for (const ActionStatus& action : stage.actions) actions.emplace_back(ToJson(action));
    stages.emplace_back(json::Object{
        {"name", stage.name}, {"status", stage.status()}, {"actions", std::move(actions)}});
  }
  object.Set("stages", std::move(stages));
  return object;
}

}  // namespace trunkline::app
