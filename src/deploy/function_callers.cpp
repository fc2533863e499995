#include "deploy/function_callers.h"

#include <cmath>

namespace trunkline::deploy {

net::aw<Result<Callers>> ReadCallers(Session& session, std::string function) {
  json::Object input{{"FunctionName", function}, {"Name", kLiveAlias}};
  const Result<json::Object> alias = co_await session.Call("lambda", "GetAlias", std::move(input));
  if (!alias && alias.error().kind() == ErrorKind::kNotFound) co_return Callers();
  if (!alias) co_return alias.error();
  Callers callers;
  callers.version = alias->GetString("FunctionVersion");
  callers.revision = alias->GetString("RevisionId");
  for (const json::Member& weight :
       alias->GetObject("RoutingConfig").GetObject("AdditionalVersionWeights")) {
    callers.next = weight.key;
    callers.percent =
        static_cast<int>(std::lround(weight.value.IsNumber() ? weight.value.AsDouble() * 100 : 0));
  }
  co_return callers;
}

json::Object AliasInput(const std::string& function, const Callers& callers) {
  json::Object weights;
  if (!callers.next.empty()) weights.Set(callers.next, callers.percent / 100.0);
  // Left out, the weights would stay as they are.
  json::Object routing{{"AdditionalVersionWeights", std::move(weights)}};
  json::Object input{{"FunctionName", function},
                     {"Name", kLiveAlias},
                     {"FunctionVersion", callers.version},
                     {"RoutingConfig", std::move(routing)}};
  input.SetIfNotEmpty("RevisionId", callers.revision);
  return input;
}

net::aw<Result<void>> GiveAllCalls(Session& session, std::string function, std::string version) {
  Callers all;
  all.version = version;
  json::Object input = AliasInput(function, all);
  Result<json::Object> updated = co_await session.Call("lambda", "UpdateAlias", std::move(input));
  if (!updated && updated.error().kind() == ErrorKind::kNotFound) {
    json::Object alias{
        {"FunctionName", function}, {"Name", kLiveAlias}, {"FunctionVersion", version}};
    updated = co_await session.Call("lambda", "CreateAlias", std::move(alias));
  }
  if (!updated) co_return std::move(updated).error();
  co_return Result<void>();
}

}  // namespace trunkline::deploy
