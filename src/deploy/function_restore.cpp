#include "deploy/function_restore.h"

#include "deploy/function_delivery.h"

namespace trunkline::deploy {

net::aw<Result<void>> NoteFunction(Session& session, std::string kind, std::string name) {
  const LiveResource* there = session.live.Find(kind, name);
  if (session.journal == nullptr || there == nullptr) co_return Result<void>();
  const std::string hash = there->Tag(kHashTag);
  TL_CO_TRY(const Callers callers, co_await ReadCallers(session, session.target.Qualified(name)));
  // A run that was cut short left a function that callers do not have yet.
  if (callers.version.empty()) co_return Result<void>();
  json::Object before{{"version", callers.version}, {"hash", hash}};
  session.Note(kind, name, std::move(before));
  co_return Result<void>();
}

net::aw<Result<void>> RestoreFunction(Session& session, Undo undo) {
  Callers callers;
  callers.version = undo.before.GetString("version");
  json::Object alias = AliasInput(session.target.Qualified(undo.name), callers);
  TL_CO_DO(co_await session.Call("lambda", "UpdateAlias", std::move(alias)));
  const std::string hash(undo.before.GetString("hash"));
  std::string arn = FunctionArn(session.target, undo.name);
  arn.resize(arn.rfind(':'));  // tags belong to the function
  if (hash.empty()) {
    json::Object untag{{"Resource", arn}, {"TagKeys", json::Array{kHashTag}}};
    TL_CO_DO(co_await session.Call("lambda", "UntagResource", std::move(untag)));
  } else {
    json::Object tag{{"Resource", arn}, {"Tags", TagsFor({}, hash)}};
    TL_CO_DO(co_await session.Call("lambda", "TagResource", std::move(tag)));
  }
  co_return Result<void>();
}

}  // namespace trunkline::deploy
