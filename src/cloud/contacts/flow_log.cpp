#include "cloud/contacts/flow_log.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/contacts/host.h"
#include "cloud/services/connect/kinds.h"
#include "sim/world.h"

namespace trunkline::cloud::contacts {
namespace {

std::int64_t EpochMilliseconds(TimePoint time) {
  return time.time_since_epoch().count();
}

json::Object Entry(const LiveContact& live, const sim::Effect& effect, const sim::Ran& ran) {
  json::Object entry{{"ContactId", live.contact.id()},
                     {"ContactFlowName", effect.FlowName()},
                     {"ContactFlowModuleType", ran.type},
                     {"Identifier", effect.action},
                     {"Results", ran.outcome},
                     {"Timestamp", ToIso8601(effect.at)},
                     {"Parameters", ran.parameters}};
  if (effect.flow != nullptr) entry.Set("ContactFlowId", effect.flow->arn);
  entry.SetIfNotEmpty("Detail", ran.detail);
  return {{"timestamp", EpochMilliseconds(effect.at)}, {"message", json::Write(entry)}};
}

json::Array Entries(const LiveContact& live, const std::vector<sim::Effect>& effects) {
  json::Array entries;
  for (const sim::Effect& effect : effects) {
    const auto* ran = std::get_if<sim::Ran>(&effect.what);
    if (ran != nullptr && ran->logged) entries.emplace_back(Entry(live, effect, *ran));
  }
  return entries;
}

bool IsOn(Context& context, const LiveContact& live) {
  const Record* attributes =
      context.store.Find(context.RegionScope(), connect::kInstanceAttribute, live.plan.instance_id);
  return attributes != nullptr && attributes->body.GetString("CONTACTFLOW_LOGS") == "true";
}

}  // namespace

void WriteFlowLog(const WaitContext& context, const LiveContact& live,
                  const std::vector<sim::Effect>& effects) {
  json::Array entries = Entries(live, effects);
  if (entries.empty()) return;
  const json::Object group{{"logGroupName", "/aws/connect/" + live.instance_name}};
  json::Object stream = group;
  stream.Set("logStreamName", live.contact.id());
  json::Object events = stream;
  events.Set("logEvents", std::move(entries));
  const Answer<> written = context.State([&](Context& state) -> Answer<> {
    if (!IsOn(state, live)) return json::Object();
    // Both may be there already.
    static_cast<void>(state.Call("logs", "CreateLogGroup", group));
    static_cast<void>(state.Call("logs", "CreateLogStream", stream));
    return state.Call("logs", "PutLogEvents", events);
  });
  if (!written) {
    context.log().Warn("the flow log of contact '{}' could not be written: {}", live.contact.id(),
                       written.error().message);
  }
}

}  // namespace trunkline::cloud::contacts
