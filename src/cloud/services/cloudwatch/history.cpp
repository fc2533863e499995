// DescribeAlarmHistory.
#include <algorithm>

#include "cloud/list_page.h"
#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/families.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::int64_t kPage = 100;

bool Fits(const json::Object& item, const json::Object& input) {
  const double at = item.GetDouble("Timestamp");
  const std::string_view type = input.GetString("HistoryItemType");
  const json::Array& types = input.GetArray("AlarmTypes");
  const bool of_type = types.empty() || std::ranges::any_of(types, [&](const json::Value& one) {
                         return one.AsString() == item.GetString("AlarmType");
                       });
  return of_type && (type.empty() || item.GetString("HistoryItemType") == type) &&
         (!input.Has("StartDate") || at >= input.GetDouble("StartDate")) &&
         (!input.Has("EndDate") || at <= input.GetDouble("EndDate"));
}

// What pages go by: the time and the alarm, rising or falling.
std::string OrderOf(const Record& item, bool ascending) {
  constexpr std::int64_t kTop = 9999999999999;
  const auto at = static_cast<std::int64_t>(item.body.GetDouble("Timestamp") * 1000);
  const std::int64_t number = item.body.GetInt("Number");
  constexpr std::int64_t kTopNumber = 999999999999;
  return fmt::format("{:013} {:012} {}", ascending ? at : kTop - at,
                     ascending ? kTopNumber - number : number, item.parent);
}

Answer<> DescribeAlarmHistory(Context& context, const json::Object& input) {
  const bool ascending = input.GetString("ScanBy") == "TimestampAscending";
  const std::string_view alarm = input.GetString("AlarmName");
  json::Array items;
  for (const Record* item : context.store.List(context.RegionScope(), kHistory, alarm)) {
    if (!Fits(item->body, input)) continue;
    json::Object shown = item->body;
    shown.Set("Order", OrderOf(*item, ascending));
    items.emplace_back(std::move(shown));
  }
  auto page = TakePage(std::move(items),
                       {.name = "DescribeAlarmHistory",
                        .order = "Order",
                        .limit = static_cast<std::size_t>(input.GetInt("MaxRecords", kPage)),
                        .token = input.GetString("NextToken")});
  if (!page) return ServiceError("InvalidNextToken", "The next token is invalid.");
  for (json::Value& item : page->items) {
    item.AsObject().Remove("Order");
    item.AsObject().Remove("Number");
  }
  json::Object answer{{"AlarmHistoryItems", std::move(page->items)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeAlarmHistory", .handle = DescribeAlarmHistory},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kHistoryOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
