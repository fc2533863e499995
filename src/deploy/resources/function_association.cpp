// Letting the instance call a function: the association, and the permission on the alias that flows
// call.
#include "deploy/function_delivery.h"
#include "deploy/list.h"
#include "deploy/permit.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadFunctionAssociation(Session& session) {
  json::Object input{{"InstanceId", session.live.InstanceId()}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("connect", "ListLambdaFunctions", std::move(input)));
  for (const json::Value& arn : listed.GetArray("LambdaFunctions")) {
    LiveResource association{.id = arn.AsString(), .arn = arn.AsString(), .tags = {}, .body = {}};
    session.live.Put("function association", arn.AsString(), std::move(association));
  }
  co_return Result<void>();
}

void PlanFunctionAssociation(const Target& target, const Live& live, Plan& plan) {
  for (const center::Function& function : target.center.functions) {
    if (function.connect) PlanAssociation(target, live, "function", function.name.value, plan);
  }
}

net::aw<Result<void>> ApplyFunctionAssociation(Session& session, const Change& change) {
  const std::string arn = FunctionArn(session.target, change.name);
  if (session.live.Find("function association", arn) == nullptr)
    session.NoteNew("function association", change.name);
  InstanceRef instance = InstanceOf(session);
  TL_CO_DO(co_await PermitFunction(session.client, std::move(instance),
                                   session.target.Qualified(change.name), std::string(kLiveAlias)));
  if (session.live.Find("function association", arn) != nullptr) co_return Result<void>();
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"FunctionArn", arn}};
  TL_CO_DO(co_await session.Call("connect", "AssociateLambdaFunction", std::move(input)));
  co_return Result<void>();
}

// The permission of one that was associated went with the function, which is made anew then.
net::aw<Result<void>> RestoreFunctionAssociation(Session& session, const Undo& undo) {
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"FunctionArn", FunctionArn(session.target, undo.name)}};
  TL_CO_DO(co_await Delete(session, "connect", "DisassociateLambdaFunction", std::move(input)));
  InstanceRef instance = InstanceOf(session);
  co_return co_await ForbidFunction(session.client, std::move(instance),
                                    session.target.Qualified(undo.name), std::string(kLiveAlias));
}

}  // namespace

void PlanAssociation(const Target& target, const Live& live, std::string_view kind,
                     const std::string& name, Plan& plan) {
  const bool associated = live.Find("function association", FunctionArn(target, name)) != nullptr;
  if (associated && live.Find(kind, name) != nullptr) {
    ++plan.unchanged;
    return;
  }
  plan.changes.push_back({.kind = "function association",
                          .name = name,
                          .action = associated ? Action::kUpdate : Action::kCreate,
                          .why = associated ? "the function is made anew" : "",
                          .after = {fmt::format("{}:{}", kind, name)}});
}

const ResourceKind kFunctionAssociationKind{.name = "function association",
                                            .plural = "function associations",
                                            .project = "lambdas",
                                            .read = ReadFunctionAssociation,
                                            .plan = PlanFunctionAssociation,
                                            .apply = ApplyFunctionAssociation,
                                            .restore = RestoreFunctionAssociation};

}  // namespace trunkline::deploy
