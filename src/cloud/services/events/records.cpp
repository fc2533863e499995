#include "cloud/services/events/records.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/arn.h"
#include "cloud/policy_document.h"

namespace trunkline::cloud::events {
namespace {

bool LetsIn(const Bus& bus, std::string_view account) {
  if (bus.scope.account == account) return true;
  const auto principals = AwsPrincipals(bus.record.body.GetString("Policy"));
  return std::ranges::any_of(principals, [&](const std::string& principal) {
    return principal == "*" || principal.find(account) != std::string::npos;
  });
}

}  // namespace

std::string Bus::Arn() const {
  return MakeArn(scope, "events", "event-bus/" + record.id);
}

Answer<Bus> FindBus(Context& context, std::string_view named) {
  Bus bus{.scope = context.RegionScope(), .record = {}};
  std::string name(named.empty() ? kDefaultBus : named);
  if (const auto arn = ParseArn(named)) {
    bus.scope = {.account = arn->account, .region = arn->region};
    name = arn->resource.substr(arn->resource.find('/') + 1);
  }
  if (const Record* record = context.store.Find(bus.scope, kBus, name)) {
    bus.record = *record;
  } else if (name == kDefaultBus) {
    bus.record = {.id = name, .parent = "", .name = name, .body = {{"Name", name}}};
    bus.record.body.Set("CreationTime", Seconds(context));
    bus.record.body.Set("LastModifiedTime", Seconds(context));
  } else {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("Event bus {} does not exist.", name));
  }
  if (LetsIn(bus, context.caller.account)) return bus;
  return ServiceError("AccessDeniedException",
                      fmt::format("User: {} is not authorized to perform this on resource: {} "
                                  "because no resource-based policy allows it",
                                  context.caller.arn, bus.Arn()));
}

std::string Rule::Arn() const {
  const bool standard = record.parent == kDefaultBus;
  return MakeArn(scope, "events", "rule/" + (standard ? record.name : record.id));
}

Answer<Rule> FindRule(Context& context, const json::Object& input, std::string_view member) {
  TL_TRY(const Bus bus, FindBus(context, input.GetString("EventBusName")));
  const std::string_view name = input.GetString(member);
  const Record* record =
      context.store.Find(bus.scope, kRule, fmt::format("{}/{}", bus.Name(), name));
  if (record) return Rule{.scope = bus.scope, .record = *record};
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Rule {} does not exist on EventBus {}.", name, bus.Name()));
}

Answer<Record> FindNamed(Context& context, Kind kind, std::string_view name,
                         std::string_view what) {
  if (const Record* record = context.store.Find(context.RegionScope(), kind, name)) return *record;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("{} {} does not exist.", what, name));
}

Answer<> ListNamed(Context& context, const json::Object& input, const Listed& listed) {
  constexpr std::int64_t kDefaultPage = 100;
  json::Object told = input;  // the same for the pages of one listing
  told.Remove("NextToken");
  told.Remove("Limit");
  const std::string_view prefix = input.GetString("NamePrefix");
  const RecordFilter filter{.text = json::WriteSorted(told), .keep = [&](const Record& record) {
                              return record.name.starts_with(prefix) &&
                                     (!listed.keep || listed.keep(record));
                            }};
  const auto page =
      context.store.ListPage(context.RegionScope(), listed.kind, listed.parent,
                             static_cast<std::size_t>(input.GetInt("Limit", kDefaultPage)),
                             input.GetString("NextToken"), filter);
  if (!page) return ServiceError("ValidationException", "NextToken is not valid.");
  json::Array items;
  for (const Record* record : page->records) items.push_back(record->body);
  json::Object answer;
  answer.Set(listed.list, std::move(items));
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

json::Number Seconds(const Context& context) {
  return {EpochSeconds(context.Now())};
}

void CopyGiven(const json::Object& input, std::initializer_list<std::string_view> members,
               json::Object& into) {
  for (const std::string_view member : members) {
    if (const json::Value* value = input.Find(member)) into.Set(member, *value);
  }
}

}  // namespace trunkline::cloud::events
