#include "flow/validate/report.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/code_point.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kMaxProblems = 50;
constexpr std::size_t kMaxProblem = 256;

void AddProblem(std::vector<std::string>& problems, std::string_view problem) {
  if (problems.size() < kMaxProblems) problems.emplace_back(CutToBytes(problem, kMaxProblem));
}

}  // namespace

void Report::Add(Severity severity, Entry entry) {
  if (severity == Severity::kError) {
    AddProblem(result_.problems, entry.problem.empty() ? entry.message : entry.problem);
  }
  result_.findings.push_back(FindingAt(document_, severity, entry.code, std::move(entry.message),
                                       std::move(entry.hint), entry.offset));
}

void Report::Error(Entry entry) {
  Add(Severity::kError, std::move(entry));
}
void Report::Warning(Entry entry) {
  Add(Severity::kWarning, std::move(entry));
}
void Report::StrictError(Entry entry) {
  Add(strict() ? Severity::kError : Severity::kWarning, std::move(entry));
}

std::string WirePath(const Action& action, std::string_view path) {
  return fmt::format("Actions[{}].{}", action.index, path);
}

std::vector<std::string> Problems(const Findings& findings) {
  std::vector<std::string> problems;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) AddProblem(problems, finding.message);
  }
  return problems;
}

}  // namespace trunkline::flow
