// What mappings of queues and of streams have in common: their records and states.
#include "cloud/job_kinds.h"
#include "cloud/services/lambda/event_source.h"

namespace trunkline::cloud::lambda {
namespace {

double Seconds(TimePoint time) {
  return static_cast<double>(
             std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count()) /
         1000;
}

}  // namespace

Answer<Record> FindMapping(Context& context, const json::Object& input) {
  const Record* found =
      context.store.Find(context.RegionScope(), kEventSource, input.GetString("UUID"));
  if (found) return *found;
  return ServiceError("ResourceNotFoundException", "The resource you requested does not exist.");
}

json::Object MoveMapping(Context& context, Record record, std::string_view state,
                         std::string_view target) {
  json::Object shown = record.body.GetObject("Shown");
  shown.Set("State", state);
  shown.Set("StateTransitionReason", "USER_INITIATED");
  shown.Set("LastModified", Seconds(context.Now()));
  record.body.Set("Shown", shown);
  record.body.Set("Target", target);
  record.body.Set("Generation", NewUuid(context.random));
  context.jobs.Schedule(context, kSettleEventSourceJob,
                        {{"UUID", record.id}, {"Generation", record.body.At("Generation")}},
                        std::chrono::seconds(10));
  context.store.Put(context.RegionScope(), kEventSource, std::move(record));
  return shown;
}

const Record* FindTwin(Context& context, std::string_view source, std::string_view function) {
  for (const Record* record : context.store.List(context.RegionScope(), kEventSource)) {
    const json::Object& shown = record->body.GetObject("Shown");
    if (shown.GetString("EventSourceArn") == source && shown.GetString("FunctionArn") == function)
      return record;
  }
  return nullptr;
}

json::Object UpdateMapping(Context& context, Record record, const json::Object& input) {
  const std::string before(record.body.GetString("Target"));
  const bool enabled = input.GetBool("Enabled", before == "Enabled");
  const std::string_view target = enabled ? "Enabled" : "Disabled";
  const std::string_view state = target == before ? "Updating" : enabled ? "Enabling" : "Disabling";
  return MoveMapping(context, std::move(record), state, target);
}

std::optional<json::Object> FindCurrent(const WaitContext& context, const json::Object& payload) {
  std::optional<json::Object> mapping;
  const auto read = context.State([&](Context& state) -> Answer<> {
    const Record* found =
        state.store.Find(state.RegionScope(), kEventSource, payload.GetString("UUID"));
    if (found && found->body.GetString("Generation") == payload.GetString("Generation"))
      mapping = found->body.GetObject("Shown");
    return json::Object();
  });
  return read ? mapping : std::nullopt;
}

void NoteResult(const WaitContext& context, const json::Object& payload,
                const std::string& result) {
  const auto noted = context.State([&](Context& state) -> Answer<> {
    const Record* found =
        state.store.Find(state.RegionScope(), kEventSource, payload.GetString("UUID"));
    if (!found || found->body.GetObject("Shown").GetString("LastProcessingResult") == result)
      return json::Object();
    Record record = *found;
    record.body["Shown"].AsObject().Set("LastProcessingResult", result);
    state.store.Put(state.RegionScope(), kEventSource, std::move(record));
    return json::Object();
  });
  if (!noted) context.log().Warn("a poller's result is lost: {}", noted.error().message);
}

}  // namespace trunkline::cloud::lambda
