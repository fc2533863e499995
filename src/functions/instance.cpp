// The steps of the instance workflow (docs/instance-workflow.md): each is short, each can be done
// again, and each runs the code that `trunkline apply` runs.
#include <algorithm>

#include "base/finding_text.h"
#include "deploy/change_text.h"
#include "deploy/instance_state.h"
#include "deploy/target.h"
#include "functions/delivery.h"
#include "functions/list.h"
#include "functions/monorepo.h"

namespace trunkline::functions {
namespace {

// A step shall end well below a minute; the change that is under way then still ends.
constexpr Milliseconds kTimeLimit = std::chrono::seconds(25);

struct StepAnswer {
  std::string status;
  std::string reason;
  deploy::InstanceState instance;
  std::vector<deploy::Change> changes;
};

struct StepRun {
  const FunctionWorld& world;
  const deploy::Target& target;
  deploy::DeployWorld deploy_world;
  deploy::Live live;
  std::string execution;  // makes CreateInstance idempotent

  deploy::Session Session() {
    return {.client = world.client, .target = target, .live = live, .world = deploy_world};
  }
};

struct Step {
  std::string_view name;
  net::aw<Result<StepAnswer>> (*run)(StepRun& run);
};

StepAnswer AnswerOf(deploy::InstanceState state) {
  StepAnswer answer;
  answer.status = state.status.empty() ? "NONE" : state.status;
  answer.reason = state.reason;
  answer.instance = std::move(state);
  return answer;
}

// The listing says that it failed, only the description says why.
net::aw<Result<StepAnswer>> Find(StepRun& run) {
  deploy::Session session = run.Session();
  TL_CO_TRY(deploy::InstanceState state, co_await deploy::FindInstance(session));
  if (state.status == "CREATION_FAILED") {
    Result<deploy::InstanceState> described = co_await deploy::DescribeInstance(session);
    if (!described) co_return std::move(described).error();
    state = std::move(*described);
  }
  co_return AnswerOf(std::move(state));
}

net::aw<Result<StepAnswer>> Describe(StepRun& run) {
  deploy::Session session = run.Session();
  TL_CO_TRY(deploy::InstanceState state, co_await deploy::FindInstance(session));
  if (state.status.empty()) co_return AnswerOf(std::move(state));
  TL_CO_TRY(state, co_await deploy::DescribeInstance(session));
  co_return AnswerOf(std::move(state));
}

// What the service will not do however often it is asked: the workflow ends with it.
StepAnswer Refusal(const StepRun& run, const Error& error) {
  StepAnswer answer;
  const bool quota = error.code() == "ServiceQuotaExceededException";
  answer.status = quota ? "QUOTA_REACHED" : "CREATION_FAILED";
  answer.reason = fmt::format(
      "Amazon Connect did not create instance '{}': {}; {}", run.target.instance_name,
      error.message(),
      quota ? "ask for a larger quota (Service Quotas, Amazon Connect, instances per account; 2 in "
              "a Region at first), or delete an instance; 100 may be made or deleted in 30 days"
            : "an alias is taken for everybody, in all Regions: if it is somebody else's, choose "
              "another instanceAlias in configuration.json");
  return answer;
}

net::aw<Result<StepAnswer>> Create(StepRun& run) {
  Result<StepAnswer> found = co_await Find(run);
  if (!found || found->status != "NONE") co_return found;
  deploy::Session session = run.Session();
  Result<deploy::InstanceState> made = co_await deploy::CreateInstance(session, run.execution);
  if (made) co_return AnswerOf(std::move(*made));
  const ErrorKind why = made.error().kind();
  if (why == ErrorKind::kThrottled || why == ErrorKind::kUnreached || why == ErrorKind::kDenied)
    co_return std::move(made).error();
  // The first answer may have been lost, or another execution was quicker.
  found = co_await Find(run);
  if (!found || found->status != "NONE") co_return found;
  co_return Refusal(run, made.error());
}

std::string ReasonOf(const deploy::Applied& applied) {
  std::string reason;
  for (const deploy::Failure& failure : applied.failed) {
    if (!reason.empty()) reason += "; ";
    reason += fmt::format("{}: {}", deploy::ToText(failure.change), failure.error.message());
  }
  return reason;
}

// Worth another try of the same step, which the state machine makes.
const Error* Passing(const deploy::Applied& applied) {
  const auto found = std::ranges::find_if(applied.failed, [](const deploy::Failure& failure) {
    const ErrorKind kind = failure.error.kind();
    return kind == ErrorKind::kThrottled || kind == ErrorKind::kUnreached;
  });
  return found == applied.failed.end() ? nullptr : &found->error;
}

// Reads and delivers some rows of deploy/list.h.
net::aw<Result<StepAnswer>> Deliver(StepRun& run, std::vector<std::string> read,
                                    std::vector<std::string> kinds) {
  TL_CO_TRY(run.live, co_await deploy::ReadLive(run.world.client, run.target, run.deploy_world,
                                                std::move(read)));
  deploy::PlanOptions wanted;
  wanted.project = "instance";
  wanted.kinds = std::move(kinds);
  wanted.longest_shift = Milliseconds(0);  // callers of functions are shifted by builds
  const deploy::Plan plan = deploy::MakePlan(run.target, run.live, std::move(wanted));
  StepAnswer answer;
  if (run.live.instance() != nullptr) {
    answer.instance.id = run.live.instance()->id;
    answer.instance.arn = run.live.instance()->arn;
  }
  answer.status = "FAILED";
  if (HasErrors(plan.findings)) {
    answer.reason = ToText(plan.findings);
    co_return answer;
  }
  TimeLimit limit(run.world.clock, kTimeLimit);
  deploy::ApplyOptions options;
  options.stop = limit.stop();
  deploy::Applied applied = co_await deploy::Apply(run.world.client, run.target, run.deploy_world,
                                                   run.live, plan, options, limit);
  if (const Error* passing = Passing(applied)) co_return *passing;
  answer.changes = std::move(applied.done);
  answer.reason = ReasonOf(applied);
  if (applied.failed.empty()) answer.status = applied.blocked.empty() ? "DONE" : "AGAIN";
  co_return answer;
}

net::aw<Result<StepAnswer>> Bucket(StepRun& run) {
  std::vector<std::string> read{"instance", "bucket"};
  std::vector<std::string> kinds{"bucket"};
  return Deliver(run, std::move(read), std::move(kinds));
}

net::aw<Result<StepAnswer>> Storage(StepRun& run) {
  std::vector<std::string> read{"instance", "bucket", "storage"};
  std::vector<std::string> kinds{"storage"};
  return Deliver(run, std::move(read), std::move(kinds));
}

net::aw<Result<StepAnswer>> Queues(StepRun& run) {
  std::vector<std::string> read{"instance", "hours", "queue"};
  std::vector<std::string> kinds{"queue"};
  return Deliver(run, std::move(read), std::move(kinds));
}

net::aw<Result<StepAnswer>> Parameters(StepRun& run) {
  std::vector<std::string> read{"instance", "parameter"};
  std::vector<std::string> kinds{"parameter"};
  return Deliver(run, std::move(read), std::move(kinds));
}

// docs/instance-workflow.md has the same rows.
constexpr Step kSteps[] = {
    {.name = "find", .run = Find},
    {.name = "create", .run = Create},
    {.name = "describe", .run = Describe},
    {.name = "bucket", .run = Bucket},
    {.name = "storage", .run = Storage},
    {.name = "queues", .run = Queues},
    {.name = "parameters", .run = Parameters},
};

Result<const Step*> FindStep(const json::Value& event) {
  const std::string_view name = event.IsObject() ? event.AsObject().GetString("step") : "";
  std::string known;
  for (const Step& step : kSteps) {
    if (step.name == name) return &step;
    known += fmt::format("{}'{}'", known.empty() ? "" : ", ", step.name);
  }
  return Error(ErrorKind::kInvalid, "expected 'step' to be one of {} but got '{}'", known, name);
}

json::Value ToJson(const Step& step, const StepAnswer& answer, const deploy::Target& target) {
  json::Array changes;
  for (const deploy::Change& change : answer.changes) {
    if (!change.internal) changes.emplace_back(deploy::ToText(change));
  }
  return json::Object{{"step", step.name},
                      {"status", answer.status},
                      {"statusReason", answer.reason},
                      {"instanceId", answer.instance.id},
                      {"instanceArn", answer.instance.arn},
                      {"instanceName", target.instance_name},
                      {"changes", std::move(changes)}};
}

net::aw<Result<json::Value>> Answer(const FunctionWorld& world, json::Value event) {
  TL_CO_TRY(const Step* step, FindStep(event));
  TL_CO_TRY(DeliveryEvent delivery, ReadDeliveryEvent(event));
  TL_CO_TRY(const std::unique_ptr<Monorepo> monorepo,
            co_await FetchMonorepo(world, std::move(delivery)));
  const deploy::Target target =
      deploy::MakeTarget(monorepo->center, *monorepo->environment, world.client.region());
  StepRun run{.world = world,
              .target = target,
              .deploy_world = DeployWorldOf(world),
              .live = {},
              .execution = std::string(event.AsObject().GetString("execution"))};
  TL_CO_TRY(const StepAnswer answer, co_await step->run(run));
  world.log.Info("{} of '{}': {} {}", step->name, target.instance_name, answer.status,
                 answer.reason);
  co_return ToJson(*step, answer, target);
}

}  // namespace

const Function kInstanceFunction{
    .name = "instance", .summary = "does one step of the instance workflow", .answer = Answer};

}  // namespace trunkline::functions
