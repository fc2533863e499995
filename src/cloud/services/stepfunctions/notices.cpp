#include "cloud/services/stepfunctions/notices.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/services/events/publish.h"
#include "cloud/services/stepfunctions/executions.h"

namespace trunkline::cloud::stepfunctions {
namespace {

// From which level on events of a type are written.
bool IsLogged(std::string_view level, std::string_view type) {
  if (level == "ALL") return true;
  constexpr std::array<std::string_view, 3> kFatal = {"ExecutionAborted", "ExecutionFailed",
                                                      "ExecutionTimedOut"};
  if (std::ranges::find(kFatal, type) != kFatal.end()) return level == "ERROR" || level == "FATAL";
  if (level != "ERROR") return false;
  return type.ends_with("Failed") || type.ends_with("TimedOut") || type.ends_with("Aborted") ||
         type == "FailStateEntered";
}

// The details of an event stand under its own name; in the log they are called "details".
json::Object DetailsOf(const json::Object& event, bool with_data) {
  json::Object details;
  for (const auto& member : event) {
    if (member.key.ends_with("EventDetails") && member.value.IsObject())
      details = member.value.AsObject();
  }
  if (!with_data) {
    for (const std::string_view data :
         {"input", "inputDetails", "output", "outputDetails", "parameters", "assignedVariables",
          "assignedVariablesDetails"})
      details.Remove(data);
  }
  return details;
}

std::string LogText(const json::Object& event, const json::Object& execution, bool with_data) {
  const auto milliseconds = std::llround(event.GetDouble("timestamp") * 1000);
  return json::Write(
      json::Object{{"id", std::to_string(event.GetInt("id"))},
                   {"type", event.GetString("type")},
                   {"details", DetailsOf(event, with_data)},
                   {"previous_event_id", std::to_string(event.GetInt("previousEventId"))},
                   {"event_timestamp", std::to_string(milliseconds)},
                   {"execution_arn", execution.GetString("executionArn")},
                   {"redrive_count", std::to_string(execution.GetInt("redriveCount"))}});
}

// "arn:aws:logs:...:log-group:NAME:*"
std::string GroupOf(const json::Object& logging) {
  const json::Array& destinations = logging.GetArray("destinations");
  if (destinations.empty() || !destinations.front().IsObject()) return {};
  const std::string_view arn =
      destinations.front().AsObject().GetObject("cloudWatchLogsLogGroup").GetString("logGroupArn");
  const std::vector<std::string_view> parts = Split(arn, ':');
  return parts.size() >= 7 ? std::string(parts[6]) : std::string();
}

// One stream a machine and hour, as the service does about.
std::string StreamOf(const Context& context, const json::Object& execution) {
  const std::string time = ToIso8601(context.Now());
  std::string hour = time.substr(0, 13);
  std::ranges::replace(hour, 'T', '-');
  const std::string mark = ToHex(Sha256(execution.GetString("stateMachineArn"))).substr(0, 8);
  return fmt::format("states/{}/{}-00/{}", execution.GetString("machineName"), hour, mark);
}

}  // namespace

void LogEvents(Context& context, const Record& execution, const std::vector<json::Object>& events) {
  const Record* revision =
      context.store.Find(context.RegionScope(), kRevision, execution.body.GetString("revision"));
  if (!revision) return;
  const json::Object& logging = revision->body.GetObject("loggingConfiguration");
  const std::string_view level = logging.GetString("level", "OFF");
  const std::string group = GroupOf(logging);
  if (level == "OFF" || group.empty()) return;
  json::Array lines;
  for (const json::Object& event : events) {
    if (!IsLogged(level, event.GetString("type"))) continue;
    lines.emplace_back(json::Object{
        {"timestamp", context.Now().time_since_epoch().count()},
        {"message", LogText(event, execution.body, logging.GetBool("includeExecutionData"))}});
  }
  if (lines.empty()) return;
  const std::string stream = StreamOf(context, execution.body);
  const Caller root = RootCaller(context.caller.account);
  // A group that is gone loses the events, as there.
  static_cast<void>(context.CallAs(root, context.region, "logs", "CreateLogStream",
                                   {{"logGroupName", group}, {"logStreamName", stream}}));
  static_cast<void>(context.CallAs(
      root, context.region, "logs", "PutLogEvents",
      {{"logGroupName", group}, {"logStreamName", stream}, {"logEvents", std::move(lines)}}));
}

void NotifyStatus(Context& context, const Record& execution) {
  const bool told = !execution.body.GetBool("express") && !execution.body.Has("mapRunArn");
  if (!told || !events::IsHeard(context)) return;
  json::Object body = execution.body;
  SetRedriveStatus(body);
  json::Object detail;
  for (const std::string_view member :
       {"executionArn", "stateMachineArn", "name", "status", "input", "inputDetails", "output",
        "outputDetails", "error", "cause", "stateMachineVersionArn", "stateMachineAliasArn",
        "redriveCount", "redriveStatus", "redriveStatusReason"}) {
    const json::Value* value = body.Find(member);
    detail.Set(member, value ? *value : json::Value());
  }
  for (const std::string_view member : {"startDate", "stopDate", "redriveDate"}) {
    const json::Value* value = body.Find(member);
    detail.Set(member, value ? json::Value(static_cast<std::int64_t>(value->AsDouble() * 1000))
                             : json::Value());
  }
  json::Object entry{{"Source", "aws.states"},
                     {"DetailType", "Step Functions Execution Status Change"},
                     {"Resources", json::Array{body.GetString("executionArn")}},
                     {"Detail", json::Write(detail)}};
  const Answer<> put_events =
      context.CallAs(RootCaller(context.caller.account), context.region, "events", "PutEvents",
                     {{"Entries", json::Array{std::move(entry)}}});
  static_cast<void>(put_events);  // an execution does not fail for its notices
}

}  // namespace trunkline::cloud::stepfunctions
