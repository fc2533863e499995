// Tags of rules and buses.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/records.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::events {
namespace {

// "rule/<name>", "rule/<bus>/<name>", "event-bus/<name>".
Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view text = input.GetString("ResourceARN");
  const auto arn = ParseArn(text);
  const std::string resource = arn ? arn->resource : std::string();
  if (resource.starts_with("event-bus/")) {
    TL_TRY(Bus bus, FindBus(context, text));
    return Tagged{context.RegionScope(), kBus, std::move(bus.record)};
  }
  std::string id = resource.substr(resource.find('/') + 1);
  if (id.find('/') == std::string::npos) id = fmt::format("{}/{}", kDefaultBus, id);
  const Record* rule = resource.starts_with("rule/") && arn->account == context.caller.account
                           ? context.store.Find(context.RegionScope(), kRule, id)
                           : nullptr;
  if (rule) return Tagged{context.RegionScope(), kRule, *rule};
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Resource {} does not exist.", text));
}

ServiceError TooManyTags(const json::Object&) {
  return {"ValidationException", "A resource can have at most 50 tags."};
}

constexpr TagForm kForm{.find = FindTagged, .too_many = TooManyTags};

}  // namespace

constinit const Family kTagOperations = kTagOperationsOf<kForm>;

}  // namespace trunkline::cloud::events
