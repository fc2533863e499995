// Continuous backups: the setting is kept and shown; nothing is backed up.
#include <algorithm>

#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/new_table.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::int64_t kLongestDays = 35;

Answer<Record> FindBackedUp(Context& context, const json::Object& input) {
  auto record = FindTable(context, input);
  if (record) return record;
  if (record.error().code != "ResourceNotFoundException") return record;
  return ServiceError("TableNotFoundException",
                      "Table not found: " + std::string(input.GetString("TableName")));
}

json::Object ShownBackups(const Context& context, const Record& record) {
  const json::Object& setting = record.body.GetObject("PointInTime");
  json::Object recovery{{"PointInTimeRecoveryStatus", setting.empty() ? "DISABLED" : "ENABLED"}};
  if (!setting.empty()) {
    const std::int64_t days = setting.GetInt("Days");
    const double now = Seconds(context.Now());
    constexpr double kDay = 24 * 3600;
    recovery.Set("RecoveryPeriodInDays", days);
    recovery.Set("EarliestRestorableDateTime",
                 std::max(setting.GetDouble("Since"), now - static_cast<double>(days) * kDay));
    recovery.Set("LatestRestorableDateTime", now);
  }
  return {{"ContinuousBackupsDescription",
           json::Object{{"ContinuousBackupsStatus", "ENABLED"},
                        {"PointInTimeRecoveryDescription", std::move(recovery)}}}};
}

Answer<> DescribeContinuousBackups(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindBackedUp(context, input));
  return ShownBackups(context, record);
}

Answer<> UpdateContinuousBackups(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindBackedUp(context, input));
  const json::Object& wanted = input.GetObject("PointInTimeRecoverySpecification");
  if (wanted.GetBool("PointInTimeRecoveryEnabled")) {
    json::Object setting = record.body.GetObject("PointInTime");
    if (setting.empty()) setting.Set("Since", Seconds(context.Now()));
    setting.Set("Days", wanted.GetInt("RecoveryPeriodInDays", kLongestDays));
    record.body.Set("PointInTime", std::move(setting));
  } else {
    record.body.Remove("PointInTime");
  }
  json::Object output = ShownBackups(context, record);
  PutTable(context, std::move(record));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeContinuousBackups", .handle = DescribeContinuousBackups},
    {.name = "UpdateContinuousBackups", .handle = UpdateContinuousBackups},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kBackupOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
