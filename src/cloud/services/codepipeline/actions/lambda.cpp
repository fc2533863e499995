// Invoke / Lambda: calls a function, which answers with PutJobSuccessResult or PutJobFailureResult.
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/work.h"

namespace trunkline::cloud::codepipeline {
namespace {

net::aw<ActionOutcome> RunLambdaInvoke(ActionOrder order) {
  TL_CO_TRY(std::string work, MakeWork(order, kAction));
  const Answer<void> invoked = co_await InvokeForWork(order.context, order.actor, std::move(work),
                                                      order.Get("FunctionName"));
  if (!invoked) co_return invoked.error();
  co_return ActionOutcome::Pending();
}

constexpr Setting kSettings[] = {{"FunctionName", true}, {"UserParameters", false}};

}  // namespace

constinit const ActionKind kLambdaInvokeAction{.category = "Invoke",
                                               .provider = "Lambda",
                                               .settings = kSettings,
                                               .inputs = {0, 5},
                                               .outputs = {0, 5},
                                               .time_limit = std::chrono::minutes(20),
                                               .run = RunLambdaInvoke};

}  // namespace trunkline::cloud::codepipeline
