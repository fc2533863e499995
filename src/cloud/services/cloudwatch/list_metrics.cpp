// ListMetrics.
#include <algorithm>

#include "cloud/services/cloudwatch/families.h"
#include "cloud/services/cloudwatch/metrics.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::int64_t kListed = 14LL * 24 * 3600;
constexpr std::int64_t kRecent = 3LL * 3600;

bool HasDimension(const json::Array& dimensions, const json::Object& wanted) {
  return std::ranges::any_of(dimensions, [&](const json::Value& one) {
    const json::Object& dimension = one.AsObject();
    return dimension.GetString("Name") == wanted.GetString("Name") &&
           (!wanted.Has("Value") || dimension.GetString("Value") == wanted.GetString("Value"));
  });
}

bool Fits(const json::Object& metric, const json::Object& input) {
  for (const std::string_view member : {"Namespace", "MetricName"}) {
    if (input.Has(member) && metric.GetString(member) != input.GetString(member)) return false;
  }
  return std::ranges::all_of(input.GetArray("Dimensions"), [&](const json::Value& wanted) {
    return HasDimension(metric.GetArray("Dimensions"), wanted.AsObject());
  });
}

std::string FilterText(const json::Object& input) {
  std::string text(input.GetString("Namespace"));
  text.append("\n").append(input.GetString("MetricName"));
  for (const json::Value& one : input.GetArray("Dimensions")) {
    text.append("\n").append(one.AsObject().GetString("Name"));
    text.append("=").append(one.AsObject().GetString("Value"));
  }
  return text.append("\n").append(input.GetString("RecentlyActive"));
}

// What got data in the last two weeks.
Answer<> ListMetrics(Context& context, const json::Object& input) {
  const std::int64_t oldest =
      Seconds(context.Now()) - (input.Has("RecentlyActive") ? kRecent : kListed);
  const RecordFilter filter{.text = FilterText(input), .keep = [&](const Record& metric) {
                              return metric.body.GetInt("Last") >= oldest &&
                                     Fits(metric.body, input);
                            }};
  const auto page = context.store.ListPage(context.RegionScope(), kMetric, "", kPage,
                                           input.GetString("NextToken"), filter);
  if (!page) {
    return ServiceError("InvalidParameterValueException",
                        "Request parameter NextToken is invalid.");
  }
  json::Array metrics;
  for (const Record* metric : page->records) {
    json::Object shown = metric->body;
    shown.Remove("Last");
    metrics.emplace_back(std::move(shown));
  }
  json::Object answer{{"Metrics", std::move(metrics)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListMetrics", .handle = ListMetrics},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kListOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
