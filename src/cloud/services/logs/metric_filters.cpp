// Metric filters are kept, shown and tested; there is no service that metrics could go to.
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/filters.h"
#include "cloud/services/logs/pattern.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::size_t kMostFilters = 100;  // of a log group (CloudWatch Logs quotas)

Answer<> PutMetricFilter(Context& context, const json::Object& input) {
  TL_DO(FindGroup(context, input.GetString("logGroupName")));
  TL_DO(CheckFilterPattern(input.GetString("filterPattern")));
  json::Object body{{"filterName", input.GetString("filterName")},
                    {"filterPattern", input.GetString("filterPattern")},
                    {"logGroupName", input.GetString("logGroupName")},
                    {"metricTransformations", input.GetArray("metricTransformations")},
                    {"applyOnTransformedLogs", input.GetBool("applyOnTransformedLogs")}};
  body.SetIfNotEmpty("fieldSelectionCriteria", input.GetString("fieldSelectionCriteria"));
  if (input.Has("emitSystemFieldDimensions"))
    body.Set("emitSystemFieldDimensions", input.At("emitSystemFieldDimensions"));
  return PutFilter(context, kMetricFilter, input, std::move(body), kMostFilters);
}

Answer<> DeleteMetricFilter(Context& context, const json::Object& input) {
  return DeleteFilter(context, kMetricFilter, input, "metric filter");
}

bool Transforms(const Record& filter, std::string_view name, std::string_view space) {
  for (const json::Value& one : filter.body.GetArray("metricTransformations")) {
    if (one.AsObject().GetString("metricName") == name &&
        one.AsObject().GetString("metricNamespace") == space)
      return true;
  }
  return false;
}

Answer<> DescribeMetricFilters(Context& context, const json::Object& input) {
  const std::string_view group = input.GetString("logGroupName");
  if (!group.empty()) TL_DO(FindGroup(context, group));
  const std::string_view name = input.GetString("metricName");
  const std::string_view space = input.GetString("metricNamespace");
  if (name.empty() != space.empty())
    return BadParameter("metricName and metricNamespace must be given together.");
  const auto keep = [&](const Record& filter) {
    return name.empty() || Transforms(filter, name, space);
  };
  return DescribeFilters(
      context, input,
      {.kind = kMetricFilter, .group = group, .list = "metricFilters", .keep = keep});
}

Answer<> TestMetricFilter(Context& /*context*/, const json::Object& input) {
  const Result<Pattern> pattern = Pattern::Read(input.GetString("filterPattern"));
  if (!pattern) return BadParameter(pattern.error().message());
  json::Array matches;
  std::int64_t number = 0;
  for (const json::Value& message : input.GetArray("logEventMessages")) {
    ++number;
    if (!pattern->Matches(message.AsString())) continue;
    matches.push_back(json::Object{{"eventNumber", number},
                                   {"eventMessage", message},
                                   {"extractedValues", pattern->Extract(message.AsString())}});
  }
  return json::Object{{"matches", std::move(matches)}};
}

constexpr Operation kOperations[] = {
    {.name = "DeleteMetricFilter", .handle = DeleteMetricFilter},
    {.name = "DescribeMetricFilters", .handle = DescribeMetricFilters},
    {.name = "PutMetricFilter", .handle = PutMetricFilter},
    {.name = "TestMetricFilter", .handle = TestMetricFilter},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMetricFilterOperations = kOperations;

}  // namespace trunkline::cloud::logs
