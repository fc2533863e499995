#include "cloud/services/connect/execution_records.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/contacts/test_execution.h"
#include "cloud/services/connect/resources.h"
#include "cloud/wait.h"

namespace trunkline::cloud::connect {
namespace {

using contacts::Execution;
using contacts::ExecutionEnd;

std::string_view StatusOf(bool passed) {
  return passed ? "PASSED" : "FAILED";
}

json::Value Time(TimePoint time) {
  return json::Number{EpochSeconds(time)};
}

// What is told of one step; the text is JSON, which the service does not describe either.
json::Object RecordOf(std::string_view id, std::string_view status, TimePoint at,
                      const json::Object& record) {
  return {{"ObservationId", id},
          {"Status", status},
          {"Timestamp", Time(at)},
          {"Record", json::Write(record)}};
}

const sim::Observation* FindObservation(const sim::TestCase& test, const std::string& id) {
  const auto found = std::ranges::find(test.observations, id, &sim::Observation::id);
  return found == test.observations.end() ? nullptr : &*found;
}

std::string_view TypeOf(const sim::TestAction& action) {
  constexpr std::string_view kTypes[] = {"SendInstruction", "OverrideSystemBehavior", "Assert",
                                         "LogData", "EndTest"};
  return kTypes[action.what.index()];
}

json::Object ActionOf(const sim::TestAction& action, const sim::TestOutcome& outcome) {
  json::Object shown{{"Identifier", action.id}, {"Type", TypeOf(action)}};
  const auto* assertion = std::get_if<sim::Assertion>(&action.what);
  if (assertion == nullptr) return shown;
  const auto made = std::ranges::find_if(outcome.assertions, [&](const auto& one) {
    return one.assertion.reference == assertion->reference && one.assertion.op == assertion->op &&
           one.assertion.operand == assertion->operand;
  });
  shown.Set("ExpectedParameters", json::Object{{"Namespace", assertion->reference},
                                               {"Operator", assertion->op},
                                               {"Operand", assertion->operand}});
  if (made == outcome.assertions.end()) return shown;
  shown.Set("Status", StatusOf(made->holds));
  shown.Set("ActualParameters",
            json::Object{{"Namespace", made->actual ? json::Value(*made->actual) : json::Value()}});
  return shown;
}

json::Object EventOf(const sim::TestEvent& event) {
  json::Object properties;
  properties.SetIfNotEmpty("ExpectedText", event.ssml.empty() ? event.text : event.ssml);
  properties.SetIfNotEmpty("ActionType", event.action_type);
  return {{"Type", ToText(event.type)}, {"Properties", std::move(properties)}};
}

json::Object ObservationRecord(const Execution& execution, const ExecutionEnd& end,
                               const sim::ObservationOutcome& seen, TimePoint began) {
  json::Object record{
      {"Type", "OBSERVATION"}, {"Identifier", seen.id}, {"Status", StatusOf(seen.passed)}};
  if (const sim::Observation* observation = FindObservation(execution.test, seen.id)) {
    record.Set("Event", EventOf(observation->event));
    json::Array actions;
    for (const sim::TestAction& action : observation->actions)
      actions.emplace_back(ActionOf(action, end.outcome));
    record.Set("Actions", std::move(actions));
  }
  return RecordOf(seen.id, StatusOf(seen.passed), began + seen.first, record);
}

json::Array FailureReasons(const ExecutionEnd& end) {
  json::Array reasons;
  if (!end.failure.empty()) reasons.emplace_back("INITIALIZATION_FAILURE");
  if (std::ranges::any_of(end.outcome.assertions, [](const auto& one) { return !one.holds; }))
    reasons.emplace_back("ASSERT_DATA");
  if (std::ranges::any_of(end.outcome.observations, [](const auto& one) { return !one.passed; }))
    reasons.emplace_back("OBSERVE_EVENT");
  return reasons;
}

std::int64_t CountFailed(const sim::TestOutcome& outcome) {
  return std::ranges::count_if(outcome.observations, [](const auto& one) { return !one.passed; });
}

bool Passed(const ExecutionEnd& end) {
  return end.failure.empty() && end.outcome.verdict == sim::Verdict::kPassed;
}

json::Object Completion(const ExecutionEnd& end) {
  const bool late = end.failure.empty() && end.outcome.verdict == sim::Verdict::kTimedOut;
  json::Object reason{{"Type", Passed(end) ? "COMPLETED" : late ? "TIMEOUT" : "FAILED"}};
  reason.SetIfNotEmpty("Message", !end.failure.empty() ? end.failure : end.outcome.difference);
  if (!Passed(end)) reason.Set("FailureReasons", FailureReasons(end));
  const auto observations = static_cast<std::int64_t>(end.outcome.observations.size());
  const std::int64_t failed = CountFailed(end.outcome);
  return {{"Type", "COMPLETION"},
          {"CompletionReason", std::move(reason)},
          {"ExecutionSummary", json::Object{{"ExecutionDurationMs", end.outcome.took.count()},
                                            {"TotalObservations", observations},
                                            {"PassedObservations", observations - failed},
                                            {"FailedObservations", failed}}}};
}

json::Array RecordsOf(const Execution& execution, const ExecutionEnd& end, TimePoint began) {
  json::Array records;
  records.emplace_back(RecordOf("INITIATION", "PASSED", began, {{"Type", "INITIATION"}}));
  if (end.failure.empty()) {
    records.emplace_back(RecordOf("EXECUTION_START", "PASSED", began,
                                  {{"Type", "EXECUTION_START"}, {"ContactId", end.contact_id}}));
  }
  for (const sim::ObservationOutcome& seen : end.outcome.observations)
    records.emplace_back(ObservationRecord(execution, end, seen, began));
  records.emplace_back(
      RecordOf("COMPLETION", StatusOf(Passed(end)), began + end.outcome.took, Completion(end)));
  return records;
}

}  // namespace

void PutExecution(Context& context, const Record& instance, const Record& test,
                  std::string_view id) {
  Record record{.id = std::string(id), .parent = instance.id, .name = ToIso8601(context.Now())};
  record.body = {{"TestCaseExecutionId", id},
                 {"TestCaseId", test.id},
                 {"TestCaseName", test.name},
                 {"TestCaseExecutionStatus", "INITIATED"},
                 {"StartTime", Time(context.Now())}};
  CopyMembers(test.body, {"Tags"}, record.body);
  context.store.Put(context.RegionScope(), kTestExecution, std::move(record));
}

void EndExecution(Context& context, std::string_view id, std::string_view status, TimePoint end,
                  json::Object summary, json::Array records) {
  const Record* found = context.store.Find(context.RegionScope(), kTestExecution, id);
  if (found == nullptr || found->body.Has("EndTime")) return;
  Record record = *found;
  record.body.Set("TestCaseExecutionStatus", status);
  record.body.Set("EndTime", Time(end));
  if (!summary.empty()) record.body.Set("ObservationSummary", std::move(summary));
  record.body.Set("Records", std::move(records));
  context.store.Put(context.RegionScope(), kTestExecution, std::move(record));
}

json::Object SeenExecution(const Record& record, bool in_hand) {
  json::Object body = record.body;
  if (in_hand || body.Has("EndTime")) return body;
  body.Set("TestCaseExecutionStatus", "FAILED");
  body.Set("EndTime", body.At("StartTime"));
  return body;
}

void DropOldestExecution(Context& context, std::string_view instance_id, std::size_t most) {
  const auto records = context.store.List(context.RegionScope(), kTestExecution, instance_id);
  if (records.size() < most) return;
  const std::string oldest = records.front()->id;
  context.store.Delete(context.RegionScope(), kTestExecution, oldest);
}

}  // namespace trunkline::cloud::connect

namespace trunkline::cloud::contacts {

void ExecutionBegins(const WaitContext& context, const Execution& execution) {
  static_cast<void>(context.State([&](Context& state) -> Answer<> {
    const Record* found =
        state.store.Find(state.RegionScope(), connect::kTestExecution, execution.id);
    if (found == nullptr) return json::Object();
    Record record = *found;
    record.body.Set("TestCaseExecutionStatus", "IN_PROGRESS");
    state.store.Put(state.RegionScope(), connect::kTestExecution, std::move(record));
    return json::Object();
  }));
}

void ExecutionEnds(const WaitContext& context, const Execution& execution,
                   const ExecutionEnd& end) {
  const auto total = static_cast<std::int64_t>(end.outcome.observations.size());
  const std::int64_t failed = connect::CountFailed(end.outcome);
  json::Object summary{{"TotalObservations", total},
                       {"ObservationsPassed", total - failed},
                       {"ObservationsFailed", failed}};
  const Answer<> kept = context.State([&](Context& state) -> Answer<> {
    const Record* found =
        state.store.Find(state.RegionScope(), connect::kTestExecution, execution.id);
    if (found == nullptr) return json::Object();
    const TimePoint began = FromEpochSeconds(found->body.GetDouble("StartTime"));
    connect::EndExecution(state, execution.id, connect::StatusOf(connect::Passed(end)),
                          began + end.outcome.took, std::move(summary),
                          connect::RecordsOf(execution, end, began));
    return json::Object();
  });
  if (!kept) {
    context.log().Warn("test case execution '{}' could not be kept: {}", execution.id,
                       kept.error().message);
  }
}

}  // namespace trunkline::cloud::contacts
