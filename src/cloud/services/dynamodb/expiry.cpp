#include "cloud/services/dynamodb/expiry.h"

#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/job_kinds.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud {
namespace dynamodb {
namespace {

constexpr Kind kExpiry{"dynamodb", "expiry"};
constexpr Kind kWake{"dynamodb", "expiry-wake"};
constexpr std::int64_t kIgnoredAge = 5LL * 365 * 24 * 3600;  // documented: five years
constexpr std::int64_t kLatest = 253402300800;               // the year 10000

std::int64_t NowSeconds(const Context& context) {
  return std::chrono::duration_cast<std::chrono::seconds>(context.Now().time_since_epoch()).count();
}

// When the item is to go; nothing: never.
std::optional<std::int64_t> ExpiryOf(const Context& context, const Table& table,
                                     const json::Object* item) {
  const json::Value* value = item ? item->Find(table.expiry) : nullptr;
  if (!value || TypeOf(*value) != "N") return std::nullopt;
  const std::string& text = ContentOf(*value).AsString();
  const auto seconds = ToInt(std::string_view(text).substr(0, text.find('.')));
  if (!seconds || *seconds < NowSeconds(context) - kIgnoredAge || *seconds >= kLatest)
    return std::nullopt;
  return seconds;
}

TimePoint AtSecond(std::int64_t seconds) {
  return TimePoint(std::chrono::duration_cast<Milliseconds>(std::chrono::seconds(seconds)));
}

void Schedule(Context& context, const Table& table, std::int64_t due) {
  const Record* wake = context.store.Find(context.RegionScope(), kWake, table.id);
  if (wake) {
    if (wake->body.GetInt("Due") <= due) return;
    context.jobs.Cancel(context, wake->body.GetString("Job"));
  }
  std::string job = context.jobs.ScheduleAt(
      context, kExpireItemsJob, {{"TableName", table.name}, {"TableId", table.id}}, AtSecond(due));
  context.store.Put(context.RegionScope(), kWake,
                    {.id = table.id,
                     .parent = {},
                     .name = table.id,
                     .body = {{"Due", due}, {"Job", std::move(job)}}});
}

std::string ExpiryId(const Table& table, std::string_view key) {
  return fmt::format("{}|{}", table.id, key);
}

void Enter(Context& context, const Table& table, std::string_view key, std::int64_t seconds) {
  context.store.Put(context.RegionScope(), kExpiry,
                    {.id = ExpiryId(table, key),
                     .parent = table.id,
                     .name = fmt::format("{:012}{}", seconds, key),
                     .body = {{"Key", key}}});
  Schedule(context, table, seconds);
}

// The keys whose time has come, and when the next one does.
struct Due {
  std::vector<std::string> keys;
  std::optional<std::int64_t> next;
};

Due FindDue(Context& context, const Table& table) {
  Due due;
  const std::int64_t now = NowSeconds(context);
  context.store.Scan(context.RegionScope(), kExpiry, table.id, {}, [&](const Record& record) {
    const std::int64_t seconds = ToInt(record.name.substr(0, 12)).value_or(0);
    if (seconds > now) {
      due.next = seconds;
      return false;
    }
    due.keys.emplace_back(record.body.GetString("Key"));
    return true;
  });
  return due;
}

Answer<void> ExpireItems(Context& context, const json::Object& payload) {
  const Record* record =
      context.store.Find(context.RegionScope(), kTable, payload.GetString("TableName"));
  if (!record) return {};
  const Table table = ReadTable(*record);
  if (table.id != payload.GetString("TableId") || table.expiry.empty()) return {};
  context.store.Delete(context.RegionScope(), kWake, table.id);
  const Due due = FindDue(context, table);
  for (const std::string& key : due.keys) {
    const Record* item = FindItem(context, table, key);
    if (!item) continue;
    const ItemView view(*item);
    TL_DO(SaveItem(context, table, key, &view.get(), nullptr, ChangedBy::kTimeToLive));
  }
  if (due.next) Schedule(context, table, *due.next);
  return {};
}

}  // namespace

void SaveExpiry(Context& context, const Table& table, const std::string& key,
                const json::Object* before, const json::Object* after) {
  if (table.expiry.empty()) return;
  const auto was = ExpiryOf(context, table, before);
  const auto is = ExpiryOf(context, table, after);
  if (is && was != is) return Enter(context, table, key, *is);
  // What has expired in the meantime may have been one that is ignored now.
  if (!is && before) context.store.Delete(context.RegionScope(), kExpiry, ExpiryId(table, key));
}

void FindExpiries(Context& context, const Table& table) {
  for (const Record* record : context.store.List(context.RegionScope(), kItem, table.id)) {
    const ItemView item(*record);
    if (const auto seconds = ExpiryOf(context, table, &item.get()))
      Enter(context, table, record->name, *seconds);
  }
}

void ForgetExpiries(Context& context, const Table& table) {
  for (const Record* record : context.store.List(context.RegionScope(), kExpiry, table.id))
    context.store.Delete(context.RegionScope(), kExpiry, record->id);
  const Record* wake = context.store.Find(context.RegionScope(), kWake, table.id);
  if (!wake) return;
  context.jobs.Cancel(context, wake->body.GetString("Job"));
  context.store.Delete(context.RegionScope(), kWake, table.id);
}

}  // namespace dynamodb

constinit const JobKind kExpireItemsJob{.name = "dynamodb.expire-items",
                                        .run = dynamodb::ExpireItems};

}  // namespace trunkline::cloud
