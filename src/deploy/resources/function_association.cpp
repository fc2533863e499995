// Letting the instance call a function: the association, and the permission on the alias that flows
// call.
#include "deploy/function_delivery.h"
#include "deploy/list.h"
#include "deploy/mapping.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> Read(Session& session) {
  json::Object input{{"InstanceId", session.live.InstanceId()}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("connect", "ListLambdaFunctions", std::move(input)));
  for (const json::Value& arn : listed.GetArray("LambdaFunctions")) {
    LiveResource association{.id = arn.AsString(), .arn = arn.AsString(), .tags = {}, .body = {}};
    session.live.Put("function association", arn.AsString(), std::move(association));
  }
  co_return Result<void>();
}

void PlanOne(const Target& target, const Live& live, const std::string& name,
             const std::string& after, Plan& plan) {
  if (live.Find("function association", FunctionArn(target, name)) != nullptr) {
    ++plan.unchanged;
    return;
  }
  plan.changes.push_back({.kind = "function association",
                          .name = name,
                          .action = Action::kCreate,
                          .why = {},
                          .after = {after}});
}

void PlanChanges(const Target& target, const Live& live, Plan& plan) {
  for (const center::Function& function : target.center.functions) {
    if (function.connect)
      PlanOne(target, live, function.name.value, "function:" + function.name.value, plan);
  }
  if (NeedsMapping(target))
    PlanOne(target, live, std::string(kMappingName), "mapping:" + std::string(kMappingName), plan);
}

net::aw<Result<void>> Apply(Session& session, const Change& change) {
  const std::string instance_arn = session.live.instance()->arn;
  const std::string arn = FunctionArn(session.target, change.name);
  json::Object permission{{"FunctionName", session.target.Qualified(change.name)},
                          {"Qualifier", kLiveAlias},
                          {"StatementId", "trunkline-" + session.live.InstanceId()},
                          {"Action", "lambda:InvokeFunction"},
                          {"Principal", "connect.amazonaws.com"},
                          {"SourceAccount", session.target.account},
                          {"SourceArn", instance_arn}};
  Result<json::Object> permitted =
      co_await session.Call("lambda", "AddPermission", std::move(permission));
  if (!permitted && permitted.error().kind() != ErrorKind::kConflict)
    co_return std::move(permitted).error();
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"FunctionArn", arn}};
  TL_CO_DO(co_await session.Call("connect", "AssociateLambdaFunction", std::move(input)));
  co_return Result<void>();
}

}  // namespace

const ResourceKind kFunctionAssociationKind{.name = "function association",
                                            .plural = "function associations",
                                            .project = "lambdas",
                                            .read = Read,
                                            .plan = PlanChanges,
                                            .apply = Apply};

}  // namespace trunkline::deploy
