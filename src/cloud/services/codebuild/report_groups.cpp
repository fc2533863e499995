// Report groups: made, changed, shown, listed, deleted.
#include <fmt/format.h>

#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/listing.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/report_records.h"

namespace trunkline::cloud::codebuild {
namespace {

Answer<> CreateReportGroup(Context& context, const json::Object& input) {
  TL_TRY(json::Object group, NewReportGroup(context, input));
  return json::Object{{"reportGroup", std::move(group)}};
}

Answer<> UpdateReportGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindReportGroup(context, input.GetString("arn")));
  Record record = *found;
  for (const std::string_view member : {"exportConfig", "tags"}) {
    if (const json::Value* value = input.Find(member)) record.body.Set(member, *value);
  }
  record.body.Set("lastModified", Seconds(context.Now()));
  json::Object answer{{"reportGroup", record.body}};
  context.store.Put(context.RegionScope(), kReportGroup, std::move(record));
  return answer;
}

Answer<> BatchGetReportGroups(Context& context, const json::Object& input) {
  json::Array groups;
  json::Array missing;
  for (const json::Value& arn : input.GetArray("reportGroupArns")) {
    const Answer<const Record*> found = FindReportGroup(context, arn.AsString());
    if (found) {
      groups.emplace_back((*found)->body);
    } else {
      missing.push_back(arn);
    }
  }
  return json::Object{{"reportGroups", std::move(groups)},
                      {"reportGroupsNotFound", std::move(missing)}};
}

Answer<> ListReportGroups(Context& context, const json::Object& input) {
  const std::string_view by = input.GetString("sortBy", "NAME");
  std::vector<Listed> items;
  for (const Record* record : context.store.List(context.RegionScope(), kReportGroup)) {
    std::string key = record->name;
    if (by != "NAME") {
      const double time = record->body.GetDouble(by == "CREATED_TIME" ? "created" : "lastModified");
      key.insert(0, SortName(FromEpochSeconds(time), 0));
    }
    items.push_back({.key = std::move(key), .id = record->id});
  }
  const std::string listing = "ListReportGroups:" + std::string(by);
  return ListIds({.name = listing, .member = "reportGroups"}, std::move(items), input);
}

Answer<> DeleteReportGroup(Context& context, const json::Object& input) {
  const std::string arn(input.GetString("arn"));
  const auto reports = context.store.List(context.RegionScope(), kReport, arn);
  if (!reports.empty() && !input.GetBool("deleteReports")) {
    return InvalidInput(fmt::format(
        "Cannot delete the report group because it contains reports: {}. Delete its reports first, "
        "or set deleteReports",
        arn));
  }
  std::vector<std::string> ids;
  ids.reserve(reports.size());
  for (const Record* report : reports) ids.push_back(report->id);
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kReport, id);
  context.store.Delete(context.RegionScope(), kReportGroup, arn);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "BatchGetReportGroups", .handle = BatchGetReportGroups},
    {.name = "CreateReportGroup", .handle = CreateReportGroup},
    {.name = "DeleteReportGroup", .handle = DeleteReportGroup},
    {.name = "ListReportGroups", .handle = ListReportGroups},
    {.name = "UpdateReportGroup", .handle = UpdateReportGroup},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kReportGroupOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
