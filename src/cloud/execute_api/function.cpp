#include "cloud/execute_api/function.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/within.h"

namespace trunkline::cloud::execute_api {
namespace {

Invoked Refused(std::string reason) {
  return {.end = Invoked::End::kRefused, .payload = {}, .reason = std::move(reason)};
}

bool MayInvokeFor(const WaitContext& context, const Invocation& invocation) {
  bool may = false;
  const Answer<> asked = context.State([&](Context& state) -> Answer<> {
    may = MayInvoke(state, invocation.function, "apigateway.amazonaws.com", invocation.source_arn);
    return json::Object();
  });
  return asked && may;
}

// Who invokes: API Gateway itself where the function's policy lets it, or a session of the role.
Answer<Caller> CallerFor(const WaitContext& context, const Invocation& invocation,
                         const Arn& function) {
  if (invocation.credentials.empty()) {
    if (MayInvokeFor(context, invocation)) return RootCaller(function.account);
    return ServiceError("AccessDeniedException",
                        fmt::format("the policy of '{}' does not let apigateway.amazonaws.com "
                                    "invoke it for '{}'",
                                    invocation.function, invocation.source_arn));
  }
  return CallerOfRole(context, invocation.credentials, invocation.source_arn);
}

Invoked Judge(const std::optional<Answer<>>& answer) {
  if (!answer) return {.end = Invoked::End::kTimedOut, .payload = {}, .reason = "it took too long"};
  // A function takes less than an API does.
  if (!*answer && answer->error().code == "RequestTooLargeException")
    return {.end = Invoked::End::kTooLarge, .payload = {}, .reason = answer->error().message};
  if (!*answer)
    return Refused(fmt::format("{}: {}", answer->error().code, answer->error().message));
  Invoked done{.end = Invoked::End::kDone, .payload = {}, .reason = {}};
  done.payload = (*answer)->GetString("Payload");
  if ((*answer)->Has("FunctionError")) done.end = Invoked::End::kFunctionError;
  return done;
}

}  // namespace

Answer<Caller> CallerOfRole(const WaitContext& context, const std::string& role,
                            const std::string& source_arn) {
  Caller caller;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    const access::Deputy deputy{
        .service = "apigateway.amazonaws.com", .source_arn = source_arn, .source_account = {}};
    TL_TRY(caller, access::ActAs(state, deputy, role, "BackplaneAssumeRoleSession"));
    return json::Object();
  }));
  return caller;
}

net::aw<Invoked> InvokeFunction(WaitContext context, Invocation invocation) {
  const auto arn = ParseArn(invocation.function);
  if (!arn) co_return Refused(fmt::format("'{}' is no function", invocation.function));
  Answer<Caller> caller = CallerFor(context, invocation, *arn);
  if (!caller) co_return Refused(caller.error().message);
  WaitContext there = context.As(std::move(*caller), arn->region);
  json::Object input{{"FunctionName", invocation.function}};
  input.Set("Payload", invocation.text.empty() ? json::Write(invocation.event) : invocation.text);
  if (invocation.asynchronous) input.Set("InvocationType", "Event");
  auto answer =
      co_await CallWithin(std::move(there), "lambda", "Invoke", std::move(input), invocation.limit);
  co_return Judge(answer);
}

}  // namespace trunkline::cloud::execute_api
