#include "cloud/services/connect/content_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/code_point.h"
#include "cloud/services/connect/reference_check.h"
#include "cloud/services/connect/resources.h"
#include "flow/document.h"
#include "flow/validate.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kMaxContent = 256'000;  // the API page's bound
constexpr std::size_t kMaxProblems = 50;
constexpr std::size_t kMaxMessage = 256;

}  // namespace

std::vector<std::string> CheckContent(Context& context, const Record& instance,
                                      std::string_view type, std::string_view content) {
  flow::Parsed parsed = flow::Parse(std::string(content), "Content");
  if (!parsed.document) return flow::Problems(parsed.findings);
  flow::Document& document = *parsed.document;
  if (document.format != flow::Format::kBare) {
    return {"expected a flow in the flow language, with Version, StartAction and Actions"};
  }
  document.is_module = type == "MODULE";
  document.type = type;
  std::vector<std::string> problems = flow::Problems(parsed.findings);
  std::ranges::move(flow::Validate(document, flow::ValidateMode::kObserved).problems,
                    std::back_inserter(problems));
  std::ranges::move(CheckReferences(context, instance, document), std::back_inserter(problems));
  return problems;
}

json::Array ProblemList(const std::vector<std::string>& problems) {
  json::Array list;
  for (const std::string& text : problems) {
    if (list.size() == kMaxProblems) break;
    json::Object problem;
    problem.Set("message", CutToBytes(text, kMaxMessage));
    list.emplace_back(std::move(problem));
  }
  return list;
}

std::string ProblemsFound(const std::vector<std::string>& problems) {
  return problems.size() == 1 ? "1 problem was found"
                              : fmt::format("{} problems were found", problems.size());
}

ServiceError InvalidFlow(const std::vector<std::string>& problems) {
  json::Object members;
  members.Set("problems", ProblemList(problems));
  return {"InvalidContactFlowException",
          fmt::format("the flow is not valid: {}", ProblemsFound(problems)), std::move(members)};
}

ServiceError InvalidModule(const std::vector<std::string>& problems) {
  json::Object members;
  members.Set("Problems", ProblemList(problems));
  return {"InvalidContactFlowModuleException",
          fmt::format("the flow module is not valid: {}", ProblemsFound(problems)),
          std::move(members)};
}

Answer<void> CheckContentLength(std::string_view content) {
  if (content.empty()) return InvalidRequest("Content is empty");
  if (content.size() <= kMaxContent) return {};
  return InvalidRequest(
      fmt::format("Content has {} characters, more than {}", content.size(), kMaxContent));
}

}  // namespace trunkline::cloud::connect
