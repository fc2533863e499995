// AWS::CodeBuild::ReportGroup.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Only the removal looks at DeleteReports.
net::aw<Answer<void>> NothingMore(WaitContext /*context*/, ResourceOrder /*order*/) {
  co_return Answer<void>();
}

json::Object KeysOfReports(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("Arn", order.physical_id);
  if (const json::Value* reports = order.properties.Find("DeleteReports"))
    keys.Set("DeleteReports", *reports);
  return keys;
}

constexpr auto kProperties = Properties<"DeleteReports~ ExportConfig* Name^ Tags Type*^">();

constexpr auto kAttributes = Words<"Arn Id">();

constexpr Name kNames[] = {
    {"Arn", "reportGroupArns"},
};

constexpr Name kValues[] = {
    {"Arn", "reportGroup.arn"},  // of the creation; descriptions are lists
    {"Id", "arn"},
};

constexpr Mapping kMapping{
    .type = "AWS::CodeBuild::ReportGroup",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "codebuild",
    .create = "CreateReportGroup",
    .describe = "BatchGetReportGroups",
    .described = "reportGroups",
    .update = "UpdateReportGroup",
    .remove = "DeleteReportGroup",
    .id = "Arn",
    .values = kValues,
    .names = kNames,
    .naming = {.property = "Name", .limit = 128},
    .after = NothingMore,
    .after_properties = "DeleteReports",
    .keys_of = KeysOfReports,
};

}  // namespace

constinit const ResourceType kCodeBuildReportGroupType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
