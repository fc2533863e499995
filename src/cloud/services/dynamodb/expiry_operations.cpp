// DescribeTimeToLive and UpdateTimeToLive.
#include <fmt/format.h>

#include "cloud/services/dynamodb/expiry.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/settle.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {
namespace {

Answer<> DescribeTimeToLive(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindTable(context, input));
  json::Object shown = record.body.GetObject("TimeToLive");
  if (shown.empty()) shown.Set("TimeToLiveStatus", "DISABLED");
  return json::Object{{"TimeToLiveDescription", std::move(shown)}};
}

Answer<void> CheckChange(const json::Object& now, const json::Object& wanted) {
  const std::string_view status = now.GetString("TimeToLiveStatus");
  const std::string_view attribute = now.GetString("AttributeName");
  if (wanted.GetString("AttributeName").empty())
    return Invalid("TimeToLiveSpecification.AttributeName must not be empty");
  if (!wanted.GetBool("Enabled")) {
    if (now.empty()) return Invalid("TimeToLive is already disabled");
    if (attribute == wanted.GetString("AttributeName")) return {};
    return Invalid(fmt::format(
        "TimeToLive is active on a different AttributeName: current AttributeName is {}",
        attribute));
  }
  if (now.empty()) return {};
  if (status == "DISABLING")
    return Invalid("Time to live has been modified multiple times within a fixed interval");
  if (attribute == wanted.GetString("AttributeName"))
    return Invalid("TimeToLive is already enabled");
  return Invalid(fmt::format(
      "TimeToLive is active on a different AttributeName: current AttributeName is {}", attribute));
}

Answer<> UpdateTimeToLive(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindTable(context, input));
  const json::Object& wanted = input.GetObject("TimeToLiveSpecification");
  const json::Object& now = record.body.GetObject("TimeToLive");
  TL_DO(CheckChange(now, wanted));
  const bool enabled = wanted.GetBool("Enabled");
  if (!enabled) ForgetExpiries(context, ReadTable(record));
  record.body.Set("TimeToLive",
                  json::Object{{"AttributeName", wanted.GetString("AttributeName")},
                               {"TimeToLiveStatus", enabled ? "ENABLING" : "DISABLING"}});
  SettleLater(context, record);
  PutTable(context, std::move(record));
  return json::Object{{"TimeToLiveSpecification", wanted}};
}

constexpr Operation kOperations[] = {
    {.name = "DescribeTimeToLive", .handle = DescribeTimeToLive},
    {.name = "UpdateTimeToLive", .handle = UpdateTimeToLive},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kExpiryOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
