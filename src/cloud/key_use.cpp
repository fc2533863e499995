#include "cloud/key_use.h"

#include <utility>

#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/services/iam/entities.h"

namespace trunkline::cloud {
namespace {

constexpr std::int64_t kSeconds = 60;

bool IsKnown(const Record& key, std::string_view service, std::string_view region,
             std::int64_t now) {
  return key.body.GetString("ServiceName") == service && key.body.GetString("Region") == region &&
         now - key.body.GetInt("LastUsedDate") < kSeconds;
}

}  // namespace

void NoteKeyUse(Store& store, const Caller& caller, std::string_view service,
                std::string_view region, TimePoint now) {
  if (!caller.access_key_id.starts_with("AKIA") || !LooksIssued(caller.access_key_id)) return;
  const Scope scope{caller.account, ""};
  const Record* key = store.Find(scope, iam::kAccessKey, caller.access_key_id);
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  if (!key || IsKnown(*key, service, region, seconds)) return;
  Record used = *key;
  used.body.Set("LastUsedDate", seconds);
  used.body.Set("ServiceName", service);
  used.body.Set("Region", region);
  // A disk that refuses this will refuse the call itself, which says so.
  static_cast<void>(store.Transact([&] {
    store.Put(scope, iam::kAccessKey, std::move(used));
    return true;
  }));
}

}  // namespace trunkline::cloud
