#include "deploy/alarms.h"

#include <map>

namespace trunkline::deploy {
namespace {

struct AlarmState {
  std::string state;  // OK, ALARM, INSUFFICIENT_DATA
  std::string reason;
};

using States = std::map<std::string, AlarmState, std::less<>>;

States StatesOf(const json::Object& answer) {
  States states;
  for (const std::string_view list : {"MetricAlarms", "CompositeAlarms"}) {
    for (const json::Value& row : answer.GetArray(list)) {
      const json::Object& alarm = row.AsObject();
      states[std::string(alarm.GetString("AlarmName"))] = {
          .state = std::string(alarm.GetString("StateValue")),
          .reason = std::string(alarm.GetString("StateReason"))};
    }
  }
  return states;
}

Error Missing(const Session& session, const center::Text& alarm) {
  return Error(ErrorKind::kNotFound,
               "{}:{}:{}: alarm '{}' is not there in {}; make it first (a template in "
               "amzconnect-supporting-infra may), or take it out",
               alarm.place.file, alarm.place.line, alarm.place.column, *alarm,
               session.target.region);
}

}  // namespace

net::aw<Result<void>> CheckAlarms(Session& session, std::vector<center::Text> alarms) {
  if (alarms.empty()) co_return Result<void>();
  json::Array names;
  for (const center::Text& alarm : alarms) names.emplace_back(*alarm);
  // Without the types only metric alarms are answered (documented).
  json::Object input{{"AlarmNames", std::move(names)},
                     {"AlarmTypes", json::Array{"MetricAlarm", "CompositeAlarm"}}};
  TL_CO_TRY(const json::Object answer,
            co_await session.Call("cloudwatch", "DescribeAlarms", std::move(input)));
  const States states = StatesOf(answer);
  for (const center::Text& alarm : alarms) {
    const auto found = states.find(*alarm);
    if (found == states.end()) co_return Missing(session, alarm);
    if (found->second.state != "ALARM") continue;
    co_return Error(ErrorKind::kConflict, "alarm '{}' is in ALARM{}", *alarm,
                    found->second.reason.empty() ? "" : " (" + found->second.reason + ")");
  }
  co_return Result<void>();
}

}  // namespace trunkline::deploy
