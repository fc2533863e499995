// Map runs: described, listed, updated.
#include <array>

#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/paging.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<Record> FindMapRun(Context& context, std::string_view arn) {
  TL_TRY(const std::string id, ArnEnd(context, arn, "mapRun"));
  const Record* record = context.store.Find(context.RegionScope(), kMapRun, id);
  if (record) return *record;
  return ServiceError("ResourceNotFound", fmt::format("Map Run Does Not Exist: '{}'", arn),
                      {{"resourceName", arn}});
}

// How many are in each status; children that were not started yet are pending.
struct Counts {
  std::array<std::int64_t, 5> by_status{};
  std::int64_t started = 0;
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kStatuses = {{
    {"RUNNING", "running"},
    {"SUCCEEDED", "succeeded"},
    {"FAILED", "failed"},
    {"TIMED_OUT", "timedOut"},
    {"ABORTED", "aborted"},
}};

void Add(Counts& counts, std::string_view status, std::int64_t count) {
  counts.started += count;
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    if (kStatuses[i].first == status) counts.by_status[i] += count;
  }
}

json::Object ToWire(const Counts& counts, std::int64_t total, bool written) {
  json::Object wire{{"pending", total - counts.started}};
  for (std::size_t i = 0; i < kStatuses.size(); ++i)
    wire.Set(kStatuses[i].second, counts.by_status[i]);
  wire.Set("total", total);
  wire.Set("resultsWritten", written ? counts.by_status[1] : 0);
  wire.Set("failuresNotRedrivable", 0);
  wire.Set("pendingRedrive", 0);
  return wire;
}

Answer<> DescribeMapRun(Context& context, const json::Object& input) {
  TL_TRY(const Record map_run, FindMapRun(context, input.GetString("mapRunArn")));
  Counts items;
  Counts executions;
  for (const Record* child : context.store.List(context.RegionScope(), kExecution, map_run.id)) {
    const std::string_view status = child->body.GetString("status");
    Add(executions, status, 1);
    Add(items, status, child->body.GetInt("itemCount", 1));
  }
  std::int64_t total = 0;
  for (const json::Value& size : map_run.body.GetArray("sizes")) total += size.AsInt();
  const auto children = static_cast<std::int64_t>(map_run.body.GetArray("inputs").size());
  const bool written = map_run.body.GetString("status") == "SUCCEEDED";
  json::Object answer = map_run.body;
  answer.Set("itemCounts", ToWire(items, total, written));
  answer.Set("executionCounts", ToWire(executions, children, written));
  return answer;
}

Answer<> ListMapRuns(Context& context, const json::Object& input) {
  TL_TRY(const Record execution, FindExecution(context, input.GetString("executionArn")));
  TL_TRY(const RecordPage page, PageOf(context, kMapRun, execution.id, input));
  json::Array runs;
  for (const Record* record : page.records) {
    json::Object run;
    for (const std::string_view member :
         {"executionArn", "mapRunArn", "stateMachineArn", "startDate", "stopDate"}) {
      if (const json::Value* value = record->body.Find(member)) run.Set(member, *value);
    }
    runs.emplace_back(std::move(run));
  }
  json::Object answer{{"mapRuns", std::move(runs)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

// Counts from the next child on.
Answer<> UpdateMapRun(Context& context, const json::Object& input) {
  TL_TRY(Record map_run, FindMapRun(context, input.GetString("mapRunArn")));
  if (map_run.body.GetString("status") != "RUNNING") {
    return ServiceError("ValidationException", "Map Run has completed and cannot be updated",
                        {{"reason", "CANNOT_UPDATE_COMPLETED_MAP_RUN"}});
  }
  for (const std::string_view member :
       {"maxConcurrency", "toleratedFailureCount", "toleratedFailurePercentage"}) {
    if (const json::Value* value = input.Find(member)) map_run.body.Set(member, *value);
  }
  context.store.Put(context.RegionScope(), kMapRun, std::move(map_run));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DescribeMapRun", .handle = DescribeMapRun},
    {.name = "ListMapRuns", .handle = ListMapRuns},
    {.name = "UpdateMapRun", .handle = UpdateMapRun},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMapRunOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
