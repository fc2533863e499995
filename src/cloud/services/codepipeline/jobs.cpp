// What job workers and Lambda functions call: PollForJobs to PutJobFailureResult.
#include "cloud/jobs.h"

#include "base/hash.h"
#include "cloud/job_kinds.h"
#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/progress.h"
#include "cloud/services/codepipeline/roles.h"
#include "cloud/services/codepipeline/work.h"

namespace trunkline::cloud {
namespace codepipeline {
namespace {

constexpr std::size_t kMostVariables = 122880;  // bytes of all output variables (documented)
// How long AWS waits before it calls a function with its continuation token again.
constexpr Milliseconds kContinueAfter = std::chrono::seconds(30);

Answer<const Record*> FindWork(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("jobId");
  const Record* record = context.store.Find(context.RegionScope(), kWork, id);
  if (record) return record;
  return ServiceError("JobNotFoundException", fmt::format("Could not find job {}", id));
}

void SetStatus(Context& context, const Record& work, std::string_view status) {
  Record record = work;
  record.body.Set("Status", status);
  context.store.Put(context.RegionScope(), kWork, std::move(record));
}

Answer<> PollForJobs(Context& context, const json::Object& input) {
  const json::Object& type = input.GetObject("actionTypeId");
  if (!FindActionType(context, type)) {
    return ServiceError("ActionTypeNotFoundException",
                        fmt::format("Could not find action type {}", CustomTypeId(type)));
  }
  if (type.GetString("owner") != "Custom")
    return ValidationError("Jobs can be polled for custom action types only");
  const auto most = static_cast<std::size_t>(input.GetInt("maxBatchSize", 1));
  const json::Object& query = input.GetObject("queryParam");
  json::Array jobs;
  for (const Record* found : context.store.List(context.RegionScope(), kWork, CustomTypeId(type))) {
    if (jobs.size() == most) break;
    Record work = *found;
    if (work.body.GetString("Status") != "Queued") continue;
    const json::Object& configuration =
        work.body.GetObject("Data").GetObject("actionConfiguration").GetObject("configuration");
    if (!query.empty() &&
        configuration.GetString(query.begin()->key) != query.begin()->value.AsString()) {
      continue;
    }
    TL_TRY(json::Object data, DataOfWork(context, work));
    const std::string nonce = ToBase64(NewToken(context.random, 12, kAlphanumeric));
    work.body.Set("Status", "Dispatched");
    work.body.Set("Nonce", nonce);
    jobs.emplace_back(json::Object{{"id", work.id},
                                   {"data", std::move(data)},
                                   {"nonce", nonce},
                                   {"accountId", context.caller.account}});
    context.store.Put(context.RegionScope(), kWork, std::move(work));
  }
  return json::Object{{"jobs", std::move(jobs)}};
}

Answer<> AcknowledgeJob(Context& context, const json::Object& input) {
  TL_TRY(const Record* work, FindWork(context, input));
  if (!EqualsConstantTime(work->body.GetString("Nonce"), input.GetString("nonce")))
    return ServiceError("InvalidNonceException", "The nonce is not the one of this job");
  if (work->body.GetString("Status") == "Dispatched") SetStatus(context, *work, "InProgress");
  work = context.store.Find(context.RegionScope(), kWork, input.GetString("jobId"));
  return json::Object{{"status", work->body.At("Status")}};
}

Answer<> GetJobDetails(Context& context, const json::Object& input) {
  TL_TRY(const Record* work, FindWork(context, input));
  TL_TRY(json::Object data, DataOfWork(context, *work));
  return json::Object{{"jobDetails", json::Object{{"id", work->id},
                                                  {"data", std::move(data)},
                                                  {"accountId", context.caller.account}}}};
}

// Otherwise a job worker does it.
bool IsFunction(const Record& work) {
  return work.parent == "Invoke:Lambda:1" || work.parent == "Rule:LambdaInvoke:1";
}

// A worker acknowledges before it answers; a function need not.
Answer<void> CheckOpen(const Record& work) {
  const std::string_view status = work.body.GetString("Status");
  if (status == "InProgress" || (IsFunction(work) && status == "Queued")) return {};
  return ServiceError(
      "InvalidJobStateException",
      fmt::format("Job {} is in state {}, in which no result is taken", work.id, status));
}

Answer<void> EndWork(Context& context, const Record& work, const ActionOutcome& outcome) {
  const Record own = work;
  SetStatus(context, own, outcome.succeeded ? "Succeeded" : "Failed");
  return Change(context, own.body.GetString("Pipeline"), [&](Progress& progress) -> Answer<void> {
    if (own.body.Has("Rule")) {
      const RuleOutcome rule{.succeeded = outcome.succeeded,
                             .error_code = outcome.error_code,
                             .error_message = outcome.error_message,
                             .summary = outcome.summary,
                             .external_id = outcome.external_id};
      progress.EndRule(std::string(own.body.GetString("Rule")), rule);
    } else {
      progress.EndAction(std::string(own.body.GetString("Action")), outcome);
    }
    return {};
  });
}

// The worker is not done: it, or the function, is asked again with its token.
void Continue(Context& context, const Record& work, std::string_view token) {
  Record record = work;
  Part(record.body, "Data").Set("continuationToken", token);
  record.body.Set("Status", "Queued");
  if (IsFunction(record))
    context.jobs.Schedule(context, kContinuePipelineWorkJob, {{"Job", record.id}}, kContinueAfter);
  context.store.Put(context.RegionScope(), kWork, std::move(record));
}

Answer<> PutJobSuccessResult(Context& context, const json::Object& input) {
  TL_TRY(const Record* work, FindWork(context, input));
  TL_DO(CheckOpen(*work));
  if (input.Has("continuationToken")) {
    Continue(context, *work, input.GetString("continuationToken"));
    return json::Object();
  }
  std::size_t size = 0;
  for (const json::Member& variable : input.GetObject("outputVariables"))
    size += variable.key.size() + variable.value.AsString().size();
  if (size > kMostVariables) {
    return ServiceError("OutputVariablesSizeExceededException",
                        "Exceeded the total size limit for all variables in the pipeline.");
  }
  ActionOutcome outcome = ActionOutcome::Success();
  outcome.outputs = work->body.GetArray("Outputs");
  outcome.variables = input.GetObject("outputVariables");
  const json::Object& details = input.GetObject("executionDetails");
  outcome.external_id = details.GetString("externalExecutionId");
  outcome.summary = details.GetString("summary");
  if (const json::Object& current = input.GetObject("currentRevision"); !current.empty()) {
    CopyMember(current, "revision", outcome.revision, "revisionId");
    CopyMember(current, "changeIdentifier", outcome.revision, "revisionChangeIdentifier");
    CopyMember(current, "revisionSummary", outcome.revision);
    CopyMember(current, "created", outcome.revision);
  }
  TL_DO(EndWork(context, *work, outcome));
  return json::Object();
}

Answer<> PutJobFailureResult(Context& context, const json::Object& input) {
  TL_TRY(const Record* work, FindWork(context, input));
  TL_DO(CheckOpen(*work));
  const json::Object& details = input.GetObject("failureDetails");
  ActionOutcome outcome =
      ActionOutcome::Failure(details.GetString("type"), details.GetString("message"));
  outcome.external_id = details.GetString("externalExecutionId");
  TL_DO(EndWork(context, *work, outcome));
  return json::Object();
}

net::aw<Answer<>> ContinueWork(WaitContext context, json::Object payload) {
  std::string id(payload.GetString("Job"));
  json::Object body;
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    const Record* work = state.store.Find(state.RegionScope(), kWork, id);
    if (work) body = work->body;
    return json::Object();
  }));
  if (body.GetString("Status") != "Queued") co_return json::Object();
  std::string function(body.GetObject("Data")
                           .GetObject("actionConfiguration")
                           .GetObject("configuration")
                           .GetString("FunctionName"));
  Answer<WaitContext> actor = AssumeRoles(context, RolesOfWork(body), id, body.GetString("Region"));
  if (!actor) co_return actor.error();
  const Answer<void> invoked = co_await InvokeForWork(context, *actor, id, std::move(function));
  if (invoked) co_return json::Object();
  const ActionOutcome failure(invoked.error());
  co_return context.State([&](Context& state) -> Answer<> {
    const Record* work = state.store.Find(state.RegionScope(), kWork, id);
    if (work) TL_DO(EndWork(state, *work, failure));
    return json::Object();
  });
}

constexpr WaitHandler kContinueWork{ContinueWork};

constexpr Operation kOperations[] = {
    {.name = "AcknowledgeJob", .handle = AcknowledgeJob},
    {.name = "GetJobDetails", .handle = GetJobDetails},
    {.name = "PollForJobs", .handle = PollForJobs},
    {.name = "PutJobFailureResult", .handle = PutJobFailureResult},
    {.name = "PutJobSuccessResult", .handle = PutJobSuccessResult},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kJobOperations = kOperations;

}  // namespace codepipeline

constinit const JobKind kContinuePipelineWorkJob{.name = "codepipeline.continue-work",
                                                 .wait = &codepipeline::kContinueWork};

}  // namespace trunkline::cloud
