// AWS Lambda function: the host calls it; its answer becomes $.External, as a whole.
#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "sim/actions/list.h"
#include "sim/lambda.h"

namespace trunkline::sim {
namespace {

using std::chrono::seconds;

// Functions in a row without a prompt between them: the caller hears silence (flow-language 5.1).
constexpr seconds kLongestChain{20};

Milliseconds Limit(Turn& turn, bool asynchronous) {
  const std::int64_t most = asynchronous ? 60 : 8;
  const std::int64_t asked = turn.Number("InvocationTimeLimitSeconds").value_or(most);
  if (asked < 1 || asked > most) {
    turn.Warn("action '{}' waits {} s for its function: {} to {} are possible", turn.action.id,
              asked, 1, most);
  }
  return seconds(std::clamp<std::int64_t>(asked, 1, most));
}

Outcome RunInvokeLambdaFunction(Turn& turn) {
  auto arn = turn.Text("LambdaFunctionARN");
  if (!arn) return Fail("no function is named");
  const bool asynchronous = EqualsIgnoreCase(turn.View("InvocationType"), "ASYNCHRONOUS");
  const RequestId request = turn.NewRequest();
  const Milliseconds limit = Limit(turn, asynchronous);
  InvokeLambda invoked{.request = request, .limit = limit, .asynchronous = asynchronous};
  invoked.name = turn.world().FunctionName(*arn);
  invoked.arn = std::move(*arn);
  if (turn.contact.call.function_events)
    invoked.payload = FunctionEvent(turn.contact, turn.Map("LambdaInvocationAttributes"));
  turn.Emit(std::move(invoked));
  if (asynchronous) {
    turn.scratch().lambda_invocation = {{"InvocationId", NewUuid(turn.contact.random)}};
    return Succeeded{};
  }
  turn.Wait().request = request;
  turn.WaitAtMost(limit, "the function does not answer");
  return Waits{};
}

Outcome Read(Turn& turn, const LambdaAnswered& answer) {
  if (answer.outcome == LambdaAnswered::Outcome::kTimedOut)
    return Fail("the function did not answer in time");
  if (answer.outcome == LambdaAnswered::Outcome::kError)
    return Fail("the function failed: {}", answer.error);
  // One export in the corpus spells it "Json".
  const bool json = EqualsIgnoreCase(turn.View("ResponseValidation.ResponseType"), "JSON");
  auto external =
      ReadResponse(answer.payload, json ? ResponseType::kJson : ResponseType::kStringMap);
  if (!external) return Fail("{}", external.error().message());
  turn.scratch().external = std::move(*external);
  return Succeeded{};
}

Outcome ResumeInvokeLambdaFunction(Turn& turn, const Event& event) {
  const Milliseconds took = turn.contact.now - turn.run.pending->since;
  turn.contact.function_time += took;
  const auto* answer = std::get_if<LambdaAnswered>(&event);
  if (answer == nullptr || took > Limit(turn, false))
    return Fail("the function did not answer in time");
  if (turn.contact.function_time > kLongestChain) {
    return Fail("functions took more than 20 s without a prompt between them");
  }
  return Read(turn, *answer);
}

}  // namespace

constinit const Runner kRunInvokeLambdaFunction{.run = RunInvokeLambdaFunction,
                                                .resume = ResumeInvokeLambdaFunction};

}  // namespace trunkline::sim
