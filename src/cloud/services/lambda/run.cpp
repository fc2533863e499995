#include "cloud/services/lambda/run.h"

#include <array>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/engine.h"
#include "cloud/services/lambda/function_log.h"
#include "cloud/services/lambda/launch.h"
#include "cloud/services/lambda/sandboxes.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kAccountConcurrency = 1000;

net::aw<Answer<std::shared_ptr<Sandbox>>> TakeOrStart(WaitContext context, const Target& target,
                                                      const SandboxKey& key) {
  Sandboxes& sandboxes = context.engine().Get<Sandboxes>();
  if (std::shared_ptr<Sandbox> warm = sandboxes.Take(key)) co_return warm;
  auto launch = co_await PrepareLaunch(context, target.function);
  if (!launch) co_return std::move(launch).error();
  auto started = Sandbox::Start(context.loop(), std::move(*launch), context.log());
  if (started) co_return std::move(*started);
  // The program in the zip is not there or not executable: the function's fault, told as Lambda
  // does.
  co_return ServiceError("InvalidEntrypoint", started.error().message());
}

net::aw<Answer<Ran>> RunOnce(WaitContext context, const Target& target, RunOrder order) {
  const json::Object& configuration = target.function.configuration;
  const SandboxKey key{.function_arn = target.arn,
                       .version = target.function.version,
                       .build = target.function.build};
  auto sandbox = co_await TakeOrStart(context, target, key);
  if (!sandbox && sandbox.error().code != "InvalidEntrypoint") co_return std::move(sandbox).error();
  const std::string request_id = order.request_id;
  Outcome outcome;
  LogPlace place{.group = LogGroupOf(configuration),
                 .stream = {},
                 .role_arn = std::string(configuration.GetString("Role"))};
  if (sandbox) {
    place.stream = (*sandbox)->log_stream();
    Invocation invocation{.request_id = request_id,
                          .function_arn = target.invoked_arn,
                          .payload = order.payload.empty() ? "{}" : std::move(order.payload),
                          .client_context = std::move(order.client_context),
                          .limit = std::chrono::seconds(configuration.GetInt("Timeout", 3))};
    outcome = co_await (*sandbox)->Invoke(std::move(invocation));
    context.engine().Get<Sandboxes>().GiveBack(key, std::move(*sandbox));
  } else {
    place.stream = NewLogStream(context, target.function.version);
    outcome.function_error = true;
    outcome.output = sandbox.error().message;
    outcome.payload =
        json::Write(json::Object{{"errorType", "Runtime.InvalidEntrypoint"},
                                 {"errorMessage", fmt::format("RequestId: {} Error: {}", request_id,
                                                              sandbox.error().message)}});
  }
  Ran ran{.outcome = std::move(outcome), .log = {}};
  ran.log = LogText(ran.outcome, request_id, target.function.version,
                    configuration.GetInt("MemorySize", 128));
  WriteLog(context, place, ran.log);
  co_return ran;
}

ServiceError TooMany(std::size_t limit) {
  json::Object members{
      {"Reason", limit < kAccountConcurrency ? "ReservedFunctionConcurrentInvocationLimitExceeded"
                                             : "ConcurrentInvocationLimitExceeded"},
      {"Type", "User"}};
  return {"TooManyRequestsException", "Rate Exceeded.", std::move(members)};
}

// An alias with weights sends a part of its invocations to a second version.
Name Routed(Context& context, const Name& name) {
  const Record* alias = context.store.Find(context.RegionScope(), kAlias,
                                           fmt::format("{}:{}", name.function, name.qualifier));
  if (!alias) return name;
  const json::Object& weights =
      alias->body.GetObject("RoutingConfig").GetObject("AdditionalVersionWeights");
  std::array<unsigned char, 2> drawn{};
  context.random.Fill(drawn);
  const double share = (drawn[0] * 256 + drawn[1]) / 65536.0;
  if (weights.empty() || share >= weights.GetDouble(weights.begin()->key)) return name;
  return {.function = name.function, .qualifier = weights.begin()->key};
}

}  // namespace

Answer<Target> FindTarget(const WaitContext& context, const json::Object& input) {
  Target target;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Name name, ReadName(state, input));
    TL_TRY(target.function, Resolve(state, Routed(state, name)));
    target.arn = FunctionArn(state, name.function);
    target.invoked_arn = FunctionArn(state, name.function, name.qualifier);
    const Record* record = state.store.Find(state.RegionScope(), kFunction, name.function);
    target.limit = static_cast<std::size_t>(record->body.GetInt("Reserved", kAccountConcurrency));
    return json::Object();
  }));
  const std::string_view status = target.function.configuration.GetString("State");
  if (status != "Active") {
    return ServiceError("ResourceConflictException",
                        fmt::format("The operation cannot be performed at this time. The function "
                                    "is currently in the following state: {}",
                                    status));
  }
  return target;
}

net::aw<Answer<Ran>> Run(WaitContext context, Target target, RunOrder order) {
  Sandboxes& sandboxes = context.engine().Get<Sandboxes>();
  if (!sandboxes.Enter(target.arn, target.limit)) co_return TooMany(target.limit);
  Answer<Ran> ran = co_await RunOnce(context, target, std::move(order));
  sandboxes.Leave(target.arn);
  co_return ran;
}

}  // namespace trunkline::cloud::lambda
