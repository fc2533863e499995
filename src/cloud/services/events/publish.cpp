#include "cloud/services/events/publish.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/event_pattern.h"
#include "cloud/job_kinds.h"

namespace trunkline::cloud::events {
namespace {

constexpr std::size_t kMostArchived = 10000;  // of one archive: the oldest go

bool Fits(std::string_view pattern, const json::Object& event) {
  if (pattern.empty()) return true;
  std::string problem;
  const auto read = ReadPattern(pattern, problem);
  return read && MatchesPattern(*read, event);
}

// The oldest, and those that are kept no longer.
void Thin(Context& context, const Scope& scope, Record& archive) {
  const auto days = archive.body.GetInt("RetentionDays");
  const TimePoint oldest = context.Now() - std::chrono::hours(24 * days);
  std::vector<std::string> old;
  const auto kept = context.store.List(scope, kArchived, archive.id);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const bool too_many = kept.size() - i > kMostArchived;
    if (too_many || (days > 0 && FromEpochSeconds(kept[i]->body.GetDouble("At")) < oldest))
      old.push_back(kept[i]->id);
  }
  for (const std::string& id : old) context.store.Delete(scope, kArchived, id);
  archive.body.Set("EventCount",
                   archive.body.GetInt("EventCount") - static_cast<std::int64_t>(old.size()));
}

void Archive(Context& context, const Bus& bus, const json::Object& event) {
  std::vector<Record> archives;
  for (const Record* archive : context.store.List(bus.scope, kArchive)) {
    if (archive->body.GetString("EventSourceArn") == bus.Arn() &&
        Fits(archive->body.GetString("EventPattern"), event))
      archives.push_back(*archive);
  }
  for (Record& archive : archives) {
    const std::int64_t number = archive.body.GetInt("Written") + 1;
    const std::string id = fmt::format("{}/{:020}", archive.id, number);
    context.store.Put(bus.scope, kArchived,
                      {.id = id,
                       .parent = archive.id,
                       .name = id,
                       .body = {{"At", Seconds(context)}, {"Event", event}}});
    archive.body.Set("Written", number);
    archive.body.Set("EventCount", archive.body.GetInt("EventCount") + 1);
    archive.body.Set("SizeBytes", archive.body.GetInt("SizeBytes") +
                                      static_cast<std::int64_t>(json::Write(event).size()));
    Thin(context, bus.scope, archive);
    context.store.Put(bus.scope, kArchive, std::move(archive));
  }
}

}  // namespace

json::Object NewEvent(Context& context) {
  return {{"version", "0"},
          {"id", NewUuid(context.random)},
          {"detail-type", ""},
          {"source", ""},
          {"account", context.caller.account},
          {"time", ToIso8601(std::chrono::floor<std::chrono::seconds>(context.Now()))},
          {"region", context.region},
          {"resources", json::Array()}};
}

void SendToTargets(Context& context, const Rule& rule, const json::Object& event) {
  for (const Record* target : context.store.List(rule.scope, kTarget, rule.record.id)) {
    json::Object payload{{"Account", rule.scope.account}, {"Region", rule.scope.region},
                         {"RuleArn", rule.Arn()},         {"RuleName", rule.record.name},
                         {"Target", target->body},        {"Event", event},
                         {"Accepted", Seconds(context)},  {"Attempt", 0}};
    context.jobs.ScheduleAt(context, kDeliverEventJob, std::move(payload), context.Now());
  }
}

bool IsHeard(Context& context) {
  const Scope scope = context.RegionScope();
  return !context.store.List(scope, kRule, kDefaultBus).empty() ||
         !context.store.List(scope, kArchive).empty();
}

void Publish(Context& context, const Bus& bus, const json::Object& event) {
  Archive(context, bus, event);
  SendToRules(context, bus, event, {});
}

void SendToRules(Context& context, const Bus& bus, const json::Object& event,
                 const json::Array& only) {
  std::vector<Rule> rules;
  for (const Record* record : context.store.List(bus.scope, kRule, bus.Name())) {
    const std::string_view pattern = record->body.GetString("EventPattern");
    if (record->body.GetString("State") != "DISABLED" && !pattern.empty() && Fits(pattern, event))
      rules.push_back({.scope = bus.scope, .record = *record});
  }
  for (const Rule& rule : rules) {
    const bool named = std::ranges::any_of(
        only, [&](const json::Value& arn) { return arn.AsString() == rule.Arn(); });
    if (only.empty() || named) SendToTargets(context, rule, event);
  }
}

}  // namespace trunkline::cloud::events
