// Executions: described, listed, stopped, taken up again.
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/paging.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<> DescribeExecution(Context& context, const json::Object& input) {
  TL_TRY(const Record execution, FindExecution(context, input.GetString("executionArn")));
  json::Object answer = execution.body;
  SetRedriveStatus(answer);
  if (input.GetString("includedData", "ALL_DATA") == "ALL_DATA") return answer;
  for (const std::string_view data : {"input", "output", "error", "cause"}) answer.Remove(data);
  for (const std::string_view details : {"inputDetails", "outputDetails"}) {
    if (answer.Has(details)) answer.Set(details, json::Object{{"included", false}});
  }
  return answer;
}

Answer<> DescribeStateMachineForExecution(Context& context, const json::Object& input) {
  TL_TRY(const Record execution, FindExecution(context, input.GetString("executionArn")));
  const json::Object& body = execution.body;
  const Record* revision =
      context.store.Find(context.RegionScope(), kRevision, body.GetString("revision"));
  if (!revision) {
    return ServiceError("ExecutionDoesNotExist", fmt::format("Execution Does Not Exist: '{}'",
                                                             body.GetString("executionArn")));
  }
  json::Object answer = revision->body;
  answer.Set("stateMachineArn", body.At("stateMachineArn"));
  answer.Set("name", body.At("machineName"));
  if (body.Has("mapRunArn")) answer.Set("mapRunArn", body.At("mapRunArn"));
  answer.SetIfNotEmpty("label", body.GetString("label"));
  if (input.GetString("includedData") == "METADATA_ONLY") answer.Set("definition", "{}");
  return answer;
}

json::Object ToListItem(const json::Object& body) {
  json::Object item;
  for (const std::string_view member :
       {"executionArn", "stateMachineArn", "name", "status", "startDate", "stopDate", "mapRunArn",
        "itemCount", "stateMachineVersionArn", "stateMachineAliasArn", "redriveCount",
        "redriveDate"}) {
    if (const json::Value* value = body.Find(member)) item.Set(member, *value);
  }
  return item;
}

// Whose executions are asked for: the parent of their records, and a filter for versions and
// aliases.
struct Listing {
  std::string parent;
  std::string version;
  std::string alias;
};

Answer<Listing> ReadListing(Context& context, const json::Object& input) {
  const std::string_view map_run = input.GetString("mapRunArn");
  if (!map_run.empty()) {
    TL_TRY(const std::string id, ArnEnd(context, map_run, "mapRun"));
    if (context.store.Find(context.RegionScope(), kMapRun, id)) {
      return Listing{.parent = id, .version = {}, .alias = {}};
    }
    return ServiceError("ResourceNotFound", fmt::format("Map Run Does Not Exist: '{}'", map_run),
                        {{"resourceName", map_run}});
  }
  const std::string_view arn = input.GetString("stateMachineArn");
  if (arn.empty()) {
    return ServiceError("ValidationException",
                        "Either the state machine ARN or the map run ARN must be specified");
  }
  TL_TRY(const MachineRef machine, FindMachine(context, arn));
  if (machine.machine.body.GetString("type") == "EXPRESS") {
    return ServiceError("StateMachineTypeNotSupported",
                        "This operation is not supported by this type of state machine");
  }
  Listing listing{.parent = machine.machine.id, .version = {}, .alias = machine.alias_arn};
  if (listing.alias.empty()) listing.version = machine.version_arn;
  return listing;
}

Answer<> ListExecutions(Context& context, const json::Object& input) {
  TL_TRY(const Listing listing, ReadListing(context, input));
  const std::string status(input.GetString("statusFilter"));
  const std::string redriven(input.GetString("redriveFilter"));
  const RecordFilter filter{
      .text = fmt::format("{}|{}|{}|{}", status, redriven, listing.version, listing.alias),
      .keep = [&](const Record& record) {
        const json::Object& body = record.body;
        const bool was_redriven = body.GetInt("redriveCount") > 0;
        return (status.empty() || body.GetString("status") == status) &&
               (redriven.empty() || was_redriven == (redriven == "REDRIVEN")) &&
               (listing.version.empty() ||
                body.GetString("stateMachineVersionArn") == listing.version) &&
               (listing.alias.empty() || body.GetString("stateMachineAliasArn") == listing.alias);
      }};
  TL_TRY(const RecordPage page, PageOf(context, kExecution, listing.parent, input, filter));
  json::Array executions;
  for (const Record* record : page.records) executions.emplace_back(ToListItem(record->body));
  json::Object answer{{"executions", std::move(executions)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

std::optional<std::string> TextOf(const json::Object& input, std::string_view member) {
  const json::Value* value = input.Find(member);
  return value ? std::optional<std::string>(value->AsString()) : std::nullopt;
}

Answer<> StopExecution(Context& context, const json::Object& input) {
  TL_TRY(const Record execution, FindExecution(context, input.GetString("executionArn")));
  if (execution.body.GetString("status") != "RUNNING")
    return json::Object{{"stopDate", execution.body.At("stopDate")}};
  TL_DO(StepExecution(context, execution.id, [&](Interpreter& interpreter) {
    interpreter.Abort(TextOf(input, "error"), TextOf(input, "cause"));
  }));
  context.jobs.ScheduleAt(context, kWakeExecutionJob, {{"execution", execution.id}}, context.Now());
  return json::Object{{"stopDate", ToSeconds(context.Now())}};
}

Answer<> RedriveExecution(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("executionArn");
  TL_TRY(const Record execution, FindExecution(context, arn));
  const std::string_view status = execution.body.GetString("status");
  if (status == "RUNNING" || status == "SUCCEEDED") {
    return ServiceError("ExecutionNotRedrivable",
                        fmt::format("Execution is {} and cannot be redriven", status));
  }
  if (execution.body.Has("mapRunArn")) {
    return ServiceError("ExecutionNotRedrivable",
                        "Execution was started by a Map Run and can be redriven with it only");
  }
  return RedriveEnded(context, execution);
}

constexpr Operation kOperations[] = {
    {.name = "DescribeExecution", .handle = DescribeExecution},
    {.name = "DescribeStateMachineForExecution", .handle = DescribeStateMachineForExecution},
    {.name = "ListExecutions", .handle = ListExecutions},
    {.name = "RedriveExecution", .handle = RedriveExecution},
    {.name = "StopExecution", .handle = StopExecution},
};
static_assert(InOrder(kOperations));

}  // namespace

void SetRedriveStatus(json::Object& execution) {
  const std::string status(execution.GetString("status"));
  if (status == "RUNNING" || status == "SUCCEEDED") {
    execution.Set("redriveStatus", "NOT_REDRIVABLE");
    execution.Set("redriveStatusReason",
                  fmt::format("Execution is {} and cannot be redriven", status));
  } else {
    execution.Set("redriveStatus",
                  execution.Has("mapRunArn") ? "REDRIVABLE_BY_MAP_RUN" : "REDRIVABLE");
  }
}

constinit const Family kExecutionOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
