// Report groups and reports, as they are made and found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/codebuild/test_results.h"

namespace trunkline::cloud::codebuild {

Answer<> NewReportGroup(Context& context, const json::Object& input);
Answer<const Record*> FindReportGroup(Context& context, std::string_view arn);
Answer<const Record*> FindReport(Context& context, std::string_view arn);

// What a build has to say of one of its report blocks.
struct ReportContent {
  std::string group;      // a name or an ARN
  std::string build_arn;  // the report's executionId
  bool coverage = false;
  std::vector<TestResult> cases;
  Coverage covered;
};
// Makes the report, and its group when there is none. The answer is the report as it is shown.
Answer<> NewReport(Context& context, const ReportContent& content);

}  // namespace trunkline::cloud::codebuild
