// Executions of test cases: begun, stopped, and their records.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/contacts/test_execution.h"
#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/execution_records.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/resources.h"
#include "cloud/wait.h"
#include "sim/testing/read_test_case.h"

namespace trunkline::cloud::connect {
namespace {

using contacts::CallPlan;
using contacts::Execution;
using contacts::Executions;

constexpr std::string_view kRefusal = "InvalidRequestException";
constexpr std::size_t kMostKept = 1000;  // of an instance; more: the oldest go

// A number's flow in its place: a rehearsal dials nothing.
Answer<json::Object> EntryByFlow(Context& context, json::Object entry) {
  const json::Object& voice = entry.GetObject("VoiceCallEntryPointParameters");
  const std::string number(voice.GetString("DestinationPhoneNumber"));
  if (number.empty()) return entry;
  const auto route = FindClaimedNumber(context.store, number);
  const std::string flow = route ? FlowOfNumber(context, route->number_id) : std::string();
  if (flow.empty()) {
    return ServiceError(kRefusal,
                        fmt::format("no flow of this instance is called at '{}'", number));
  }
  json::Object parameters = voice;
  parameters.Remove("DestinationPhoneNumber");
  parameters.Set("FlowId", flow);
  entry.Set("VoiceCallEntryPointParameters", std::move(parameters));
  return entry;
}

Answer<sim::TestCase> ReadTest(Context& context, const Record& test) {
  const Record* content = FindContent(context, kTestContent, test.id, "PUBLISHED");
  if (content == nullptr)
    return ServiceError(kRefusal, fmt::format("test case '{}' is not published", test.name));
  json::Object text{{"Name", test.name}};
  TL_TRY(json::Object entry, EntryByFlow(context, content->body.GetObject("EntryPoint")));
  text.Set("EntryPoint", std::move(entry));
  CopyMembers(content->body, {"Content", "InitializationData"}, text);
  sim::ReadTest read = sim::ReadTestCase(json::Write(text), test.name, sim::TestMode::kObserved);
  if (read.test) return *std::move(read.test);
  const auto error = std::ranges::find(read.findings, Severity::kError, &Finding::severity);
  return ServiceError(
      kRefusal, fmt::format("test case '{}' cannot be executed: {}", test.name, error->message));
}

CallPlan PlanOf(Context& context, const Record& instance, const sim::TestCase& test) {
  const sim::Call call = sim::CallOf(test, {.at = context.Now()});
  CallPlan plan{.scope = context.RegionScope(),
                .instance_id = instance.id,
                .flow_id = call.flow,
                .from = call.customer.address,
                .channel = call.channel,
                .answering = {.mode = sim::Answering::Mode::kNobody},
                .attributes = call.attributes,
                .seed = call.seed};
  if (call.answering) plan.answering = *call.answering;
  plan.begins = call.now;
  plan.stops = true;
  return plan;
}

Answer<> Start(Context& context, Executions& all, const json::Object& input) {
  constexpr std::string_view kName = "StartTestCaseExecution";
  TL_TRY(const auto before, AnsweredBefore(context, kName, input, kRefusal));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const Record* test, FindResource(context, kTestCase, input));
  TL_TRY(sim::TestCase read, ReadTest(context, *test));
  auto execution = std::make_shared<Execution>();
  execution->id = NewUuid(context.random);
  execution->plan = PlanOf(context, *instance, read);
  execution->test = std::move(read);
  json::Object output{{"TestCaseExecutionId", execution->id},
                      {"TestCaseId", test->body.GetString("Arn")},  // seen: the ARN, not the id
                      {"Status", "INITIATED"}};
  DropOldestExecution(context, instance->id, kMostKept);
  PutExecution(context, *instance, *test, execution->id);
  RememberAnswer(context, kName, input, output);
  if (all.Add(std::move(execution))) return output;
  return ServiceError(
      "ServiceQuotaExceededException",
      fmt::format("{} executions are in hand: let some of them end", Executions::kMostInHand));
}

net::aw<Answer<>> StartTestCaseExecution(WaitContext context, json::Object input) {
  auto& all = context.engine().Get<Executions>();
  co_return context.State([&](Context& state) { return Start(state, all, input); });
}

// An execution of the test case that the input names.
Answer<Record> FindExecution(const WaitContext& context, const json::Object& input) {
  Record found;
  TL_TRY(const json::Object none, context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* instance, FindActiveInstance(state, input));
    TL_TRY(const Record* test, FindResource(state, kTestCase, input));
    const std::string_view id = input.GetString("TestCaseExecutionId");
    const Record* record = state.store.Find(state.RegionScope(), kTestExecution, id);
    if (record == nullptr || record->body.GetString("TestCaseId") != test->id)
      return NotFound("test case execution", id, *instance);
    found = *record;
    return json::Object();
  }));
  static_cast<void>(none);
  const auto& all = context.engine().Get<Executions>();
  found.body = SeenExecution(found, all.Has(found.parent, found.id));
  return found;
}

net::aw<Answer<>> StopTestCaseExecution(WaitContext context, json::Object input) {
  TL_CO_TRY(const Record found, FindExecution(context, input));
  if (found.body.Has("EndTime")) {
    co_return ServiceError(kRefusal, fmt::format("test case execution '{}' has ended", found.id));
  }
  context.engine().Get<Executions>().Stop(found.parent, found.id);
  co_return context.State([&](Context& state) -> Answer<> {
    EndExecution(state, found.id, "STOPPED", state.Now(), {}, {});
    return json::Object();
  });
}

net::aw<Answer<>> GetTestCaseExecutionSummary(WaitContext context, json::Object input) {
  TL_CO_TRY(const Record found, FindExecution(context, input));
  json::Object output;
  CopyMembers(found.body, {"StartTime", "EndTime", "ObservationSummary"}, output);
  output.Set("Status", found.body.GetString("TestCaseExecutionStatus"));
  co_return output;
}

net::aw<Answer<>> ListTestCaseExecutionRecords(WaitContext context, json::Object input) {
  TL_CO_TRY(const Record found, FindExecution(context, input));
  const std::string_view status = input.GetString("Status");
  std::vector<PageItem> items;
  for (const json::Value& record : found.body.GetArray("Records")) {
    if (status.empty() || record.AsObject().GetString("Status") == status)
      items.push_back({.key = fmt::format("{:06}", items.size()), .value = record});
  }
  co_return PageOf(
      input, "ExecutionRecords", std::move(items),
      {.listing = fmt::format("{} {} {}", "ListTestCaseExecutionRecords", found.id, status)});
}

bool IsWanted(const json::Object& execution, const json::Object& input) {
  const auto start = static_cast<std::int64_t>(execution.GetDouble("StartTime") * 1000);
  const auto fits = [&](std::string_view filter, std::string_view value) {
    return !input.Has(filter) || input.GetString(filter) == value;
  };
  return fits("TestCaseId", execution.GetString("TestCaseId")) &&
         fits("TestCaseName", execution.GetString("TestCaseName")) &&
         fits("Status", execution.GetString("TestCaseExecutionStatus")) &&
         (!input.Has("StartTime") || start >= input.GetInt("StartTime")) &&
         (!input.Has("EndTime") || start <= input.GetInt("EndTime"));
}

json::Object ExecutionSummary(const json::Object& execution) {
  json::Object summary;
  CopyMembers(execution,
              {"StartTime", "EndTime", "TestCaseExecutionId", "TestCaseId",
               "TestCaseExecutionStatus", "Tags"},
              summary);
  return summary;
}

net::aw<Answer<>> ListTestCaseExecutions(WaitContext context, json::Object input) {
  const auto& all = context.engine().Get<Executions>();
  co_return context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* instance, FindActiveInstance(state, input));
    std::vector<PageItem> items;
    for (const Record* record :
         state.store.List(state.RegionScope(), kTestExecution, instance->id)) {
      const json::Object seen = SeenExecution(*record, all.Has(instance->id, record->id));
      if (!IsWanted(seen, input)) continue;
      items.push_back({.key = record->name + record->id, .value = ExecutionSummary(seen)});
    }
    return PageOf(input, "TestCaseExecutions", std::move(items),
                  {.listing = "ListTestCaseExecutions " + instance->id});
  });
}

constexpr WaitHandler kGetTestCaseExecutionSummary{GetTestCaseExecutionSummary};
constexpr WaitHandler kListTestCaseExecutionRecords{ListTestCaseExecutionRecords};
constexpr WaitHandler kListTestCaseExecutions{ListTestCaseExecutions};
constexpr WaitHandler kStartTestCaseExecution{StartTestCaseExecution};
constexpr WaitHandler kStopTestCaseExecution{StopTestCaseExecution};

constexpr Operation kOperations[] = {
    {.name = "GetTestCaseExecutionSummary", .wait = &kGetTestCaseExecutionSummary},
    {.name = "ListTestCaseExecutionRecords", .wait = &kListTestCaseExecutionRecords},
    {.name = "ListTestCaseExecutions", .wait = &kListTestCaseExecutions},
    {.name = "StartTestCaseExecution", .wait = &kStartTestCaseExecution},
    {.name = "StopTestCaseExecution", .wait = &kStopTestCaseExecution},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kTestExecutionOperations = kOperations;

}  // namespace trunkline::cloud::connect
