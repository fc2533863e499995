// Reports: shown with their test cases, listed, deleted.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/listing.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/report_records.h"

namespace trunkline::cloud::codebuild {
namespace {

Answer<> BatchGetReports(Context& context, const json::Object& input) {
  json::Array reports;
  json::Array missing;
  for (const json::Value& arn : input.GetArray("reportArns")) {
    const Answer<const Record*> found = FindReport(context, arn.AsString());
    if (found) {
      reports.push_back((*found)->body.At("report"));
    } else {
      missing.push_back(arn);
    }
  }
  return json::Object{{"reports", std::move(reports)}, {"reportsNotFound", std::move(missing)}};
}

Answer<> List(Context& context, std::string_view listing, std::string_view group,
              const json::Object& input) {
  const std::string_view status = input.GetObject("filter").GetString("status");
  std::vector<Listed> items;
  for (const Record* record : context.store.List(context.RegionScope(), kReport, group)) {
    if (!status.empty() && record->body.GetObject("report").GetString("status") != status) continue;
    items.push_back({.key = record->name + record->id, .id = record->id});
  }
  return ListIds({.name = listing, .member = "reports", .newest_first = true}, std::move(items),
                 input);
}

Answer<> ListReports(Context& context, const json::Object& input) {
  return List(context, "ListReports", "", input);
}

Answer<> ListReportsForReportGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record* group, FindReportGroup(context, input.GetString("reportGroupArn")));
  return List(context, "ListReportsForReportGroup:" + group->id, group->id, input);
}

Answer<> DeleteReport(Context& context, const json::Object& input) {
  context.store.Delete(context.RegionScope(), kReport, input.GetString("arn"));
  return json::Object();
}

bool Fits(const json::Object& test, const json::Object& filter) {
  const std::string_view status = filter.GetString("status");
  const std::string_view keyword = filter.GetString("keyword");
  if (!status.empty() && test.GetString("status") != status) return false;
  return keyword.empty() || test.GetString("name").find(keyword) != std::string_view::npos ||
         test.GetString("prefix").find(keyword) != std::string_view::npos;
}

// A page of the cases' places, and then the cases.
Answer<> DescribeTestCases(Context& context, const json::Object& input) {
  TL_TRY(const Record* report, FindReport(context, input.GetString("reportArn")));
  const json::Array& cases = report->body.GetArray("cases");
  std::vector<Listed> items;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (Fits(cases[i].AsObject(), input.GetObject("filter")))
      items.push_back({.key = fmt::format("{:06}", i), .id = std::to_string(i)});
  }
  const std::string listing = "DescribeTestCases:" + report->id;
  TL_TRY(json::Object answer,
         ListIds({.name = listing, .member = "testCases"}, std::move(items), input));
  for (json::Value& value : answer["testCases"].AsArray())
    value = cases[static_cast<std::size_t>(ToInt(value.AsString()).value_or(0))];
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "BatchGetReports", .handle = BatchGetReports},
    {.name = "DeleteReport", .handle = DeleteReport},
    {.name = "DescribeTestCases", .handle = DescribeTestCases},
    {.name = "ListReports", .handle = ListReports},
    {.name = "ListReportsForReportGroup", .handle = ListReportsForReportGroup},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kReportOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
