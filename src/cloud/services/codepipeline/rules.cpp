#include "cloud/services/codepipeline/rules.h"

#include <algorithm>
#include <iterator>

#include "cloud/job_kinds.h"
#include "cloud/services/codepipeline/order.h"
#include "cloud/services/codepipeline/work.h"

namespace trunkline::cloud {
namespace codepipeline {
namespace {

constexpr const RuleKind* kAll[] = {&kDeploymentWindowRule, &kLambdaInvokeRule,
                                    &kVariableCheckRule};

RuleAnswer ToAnswer(const ServiceError& error) {
  const ActionOutcome failure(error);
  RuleAnswer answer;
  answer.outcome.error_code = failure.error_code;
  answer.outcome.error_message = failure.error_message;
  return answer;
}

// Answers pending for a rule that is over already.
net::aw<RuleAnswer> RunById(WaitContext context, std::string pipeline, std::string id) {
  Answer<std::optional<ActionOrder>> order = ReadOrder(context, kRule, pipeline, id);
  if (!order) co_return ToAnswer(order.error());
  RuleAnswer over;
  over.pending = true;
  if (!*order) co_return over;
  const Answer<void> collected = co_await CollectInputs(context, &**order, kRule);
  if (!collected) co_return ToAnswer(collected.error());
  const RuleKind* kind =
      FindRuleKind((*order)->declaration.GetObject("ruleTypeId").GetString("provider"));
  Answer<RuleAnswer> answer = co_await kind->run(std::move(**order));
  if (!answer) co_return ToAnswer(answer.error());
  co_return std::move(*answer);
}

net::aw<Answer<>> RunRule(WaitContext context, json::Object payload) {
  std::string pipeline(payload.GetString("Pipeline"));
  std::string id(payload.GetString("Rule"));
  const RuleAnswer answer = co_await RunById(context, pipeline, id);
  if (answer.pending) co_return json::Object();
  co_return context.State([&](Context& state) -> Answer<> {
    TL_DO(Change(state, pipeline, [&](Progress& progress) -> Answer<void> {
      progress.EndRule(id, answer.outcome);
      return {};
    }));
    return json::Object();
  });
}

constexpr WaitHandler kRunRule{RunRule};

// Invokes a function, which answers with PutJobSuccessResult or PutJobFailureResult.
net::aw<Answer<RuleAnswer>> RunLambda(ActionOrder order) {
  TL_CO_TRY(std::string work, MakeWork(order, kRule));
  const Answer<void> invoked = co_await InvokeForWork(order.context, order.actor, std::move(work),
                                                      order.Get("FunctionName"));
  if (!invoked) co_return invoked.error();
  RuleAnswer answer;
  answer.pending = true;
  co_return answer;
}

constexpr Setting kLambdaSettings[] = {{"FunctionName", true}, {"UserParameters", false}};

}  // namespace

constinit const RuleKind kLambdaInvokeRule{
    .provider = "LambdaInvoke", .settings = kLambdaSettings, .inputs = {0, 5}, .run = RunLambda};

std::span<const RuleKind* const> AllRuleKinds() {
  return kAll;
}

const RuleKind* FindRuleKind(std::string_view provider) {
  const auto* const found =
      std::find_if(std::begin(kAll), std::end(kAll),
                   [&](const RuleKind* kind) { return kind->provider == provider; });
  return found == std::end(kAll) ? nullptr : *found;
}

}  // namespace codepipeline

constinit const JobKind kRunRuleJob{.name = "codepipeline.run-rule",
                                    .wait = &codepipeline::kRunRule};

}  // namespace trunkline::cloud
