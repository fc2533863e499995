#include "cloud/services/codebuild/report_records.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/codebuild/readable.h"
#include "cloud/services/codebuild/records.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::size_t kMostCases = 500;       // CodeBuild's quota
constexpr std::size_t kLongestText = 5000;    // of a test case's message
constexpr std::chrono::hours kKept{30 * 24};  // how long cases are kept

json::Array ToCases(const std::vector<TestResult>& results, const std::string& arn,
                    TimePoint expires) {
  json::Array cases;
  for (const TestResult& result : results) {
    if (cases.size() == kMostCases) break;
    json::Object shown{{"reportArn", arn},
                       {"prefix", Readable(result.prefix)},
                       {"name", Readable(result.name)},
                       {"status", result.status},
                       {"durationInNanoSeconds", result.nanoseconds},
                       {"message", Readable(result.message.substr(0, kLongestText))},
                       {"expired", Seconds(expires)}};
    shown.SetIfNotEmpty("testSuiteName", Readable(result.suite));
    cases.emplace_back(std::move(shown));
  }
  return cases;
}

json::Object Summary(const std::vector<TestResult>& results) {
  json::Object counts{
      {"SUCCEEDED", 0}, {"FAILED", 0}, {"ERROR", 0}, {"SKIPPED", 0}, {"UNKNOWN", 0}};
  std::int64_t nanoseconds = 0;
  for (const TestResult& result : results) {
    counts.Set(result.status, counts.GetInt(result.status) + 1);
    nanoseconds += result.nanoseconds;
  }
  return {{"total", results.size()},
          {"statusCounts", std::move(counts)},
          {"durationInNanoSeconds", nanoseconds}};
}

double Percentage(std::int64_t covered, std::int64_t missed) {
  const std::int64_t all = covered + missed;
  return all > 0 ? 100.0 * static_cast<double>(covered) / static_cast<double>(all) : 0;
}

json::Object Summary(const Coverage& covered) {
  return {
      {"lineCoveragePercentage", Percentage(covered.lines_covered, covered.lines_missed)},
      {"linesCovered", covered.lines_covered},
      {"linesMissed", covered.lines_missed},
      {"branchCoveragePercentage", Percentage(covered.branches_covered, covered.branches_missed)},
      {"branchesCovered", covered.branches_covered},
      {"branchesMissed", covered.branches_missed}};
}

bool AllPassed(const std::vector<TestResult>& results) {
  return std::ranges::none_of(results, [](const TestResult& result) {
    return result.status == "FAILED" || result.status == "ERROR";
  });
}

Answer<json::Object> GroupFor(Context& context, const ReportContent& content) {
  const bool named = content.group.starts_with("arn:");
  const std::string arn = named ? content.group : Arn(context, "report-group", content.group);
  if (const Answer<const Record*> found = FindReportGroup(context, arn)) return (*found)->body;
  if (named) return FindReportGroup(context, arn).error();
  json::Object input{{"name", content.group},
                     {"type", content.coverage ? "CODE_COVERAGE" : "TEST"},
                     {"exportConfig", json::Object{{"exportConfigType", "NO_EXPORT"}}}};
  return NewReportGroup(context, input);
}

}  // namespace

Answer<const Record*> FindReportGroup(Context& context, std::string_view arn) {
  if (const Record* record = context.store.Find(context.RegionScope(), kReportGroup, arn))
    return record;
  return NotFound(fmt::format("Report group does not exist: {}", arn));
}

Answer<const Record*> FindReport(Context& context, std::string_view arn) {
  if (const Record* record = context.store.Find(context.RegionScope(), kReport, arn)) return record;
  return NotFound(fmt::format("Report does not exist: {}", arn));
}

Answer<> NewReportGroup(Context& context, const json::Object& input) {
  const std::string name(input.GetString("name"));
  const std::string arn = Arn(context, "report-group", name);
  if (FindReportGroup(context, arn)) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("Report group already exists: {}", arn));
  }
  const json::Object& config = input.GetObject("exportConfig");
  if (config.GetString("exportConfigType") == "S3" &&
      config.GetObject("s3Destination").GetString("bucket").empty()) {
    return InvalidInput("Invalid export config: bucket is required for export type S3");
  }
  json::Object group{{"arn", arn},
                     {"name", name},
                     {"type", input.At("type")},
                     {"exportConfig", config},
                     {"created", Seconds(context.Now())},
                     {"lastModified", Seconds(context.Now())},
                     {"tags", input.GetArray("tags")},
                     {"status", "ACTIVE"}};
  context.store.Put(context.RegionScope(), kReportGroup,
                    {.id = arn, .parent = {}, .name = name, .body = group});
  return group;
}

Answer<> NewReport(Context& context, const ReportContent& content) {
  TL_TRY(const json::Object group, GroupFor(context, content));
  const std::string uuid = NewUuid(context.random);
  const std::string arn = Arn(context, "report", std::string(group.GetString("name")) + ":" + uuid);
  const TimePoint expires = context.Now() + kKept;
  json::Object report{{"arn", arn},
                      {"type", group.At("type")},
                      {"name", uuid},
                      {"reportGroupArn", group.At("arn")},
                      {"executionId", content.build_arn},
                      {"status", AllPassed(content.cases) ? "SUCCEEDED" : "FAILED"},
                      {"created", Seconds(context.Now())},
                      {"expired", Seconds(expires)},
                      {"exportConfig", group.At("exportConfig")},
                      {"truncated", content.cases.size() > kMostCases}};
  if (content.coverage) {
    report.Set("codeCoverageSummary", Summary(content.covered));
  } else {
    report.Set("testSummary", Summary(content.cases));
  }
  json::Object body{{"report", report}, {"cases", ToCases(content.cases, arn, expires)}};
  context.store.Put(context.RegionScope(), kReport,
                    {.id = arn,
                     .parent = std::string(group.GetString("arn")),
                     .name = SortName(context.Now(), 0),
                     .body = std::move(body)});
  return report;
}

}  // namespace trunkline::cloud::codebuild
