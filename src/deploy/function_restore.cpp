#include "deploy/function_restore.h"

#include "deploy/function_callers.h"
#include "deploy/function_delivery.h"
#include "deploy/role_restore.h"

namespace trunkline::deploy {
namespace {

// For all callers, whatever share of them the run gave to its version.
net::aw<Result<void>> RestoreAlias(Session& session, std::string function, std::string version) {
  if (version.empty()) {
    json::Object alias{{"FunctionName", function}, {"Name", kLiveAlias}};
    co_return co_await Delete(session, "lambda", "DeleteAlias", std::move(alias));
  }
  co_return co_await GiveAllCalls(session, std::move(function), std::move(version));
}

// Tags belong to the function, not to its alias.
net::aw<Result<void>> RestoreHash(Session& session, std::string name, std::string hash) {
  std::string arn = FunctionArn(session.target, name);
  arn.resize(arn.rfind(':'));
  json::Object input{{"Resource", arn}};
  if (hash.empty()) {
    input.Set("TagKeys", json::Array{kHashTag});
    TL_CO_DO(co_await session.Call("lambda", "UntagResource", std::move(input)));
  } else {
    input.Set("Tags", TagsFor({}, hash));
    TL_CO_DO(co_await session.Call("lambda", "TagResource", std::move(input)));
  }
  co_return Result<void>();
}

// All of it, or the version that was published.
net::aw<Result<void>> DeleteMade(Session& session, std::string function, std::string version) {
  json::Object input{{"FunctionName", function}};
  input.SetIfNotEmpty("Qualifier", version);
  co_return co_await Delete(session, "lambda", "DeleteFunction", std::move(input));
}

}  // namespace

net::aw<Result<void>> NoteFunction(Session& session, std::string kind, std::string name) {
  if (session.journal == nullptr) co_return Result<void>();
  const std::string function = session.target.Qualified(name);
  TL_CO_TRY(json::Object role, co_await NoteRole(session, function));
  json::Object before{{"role", std::move(role)}};
  const LiveResource* there = session.live.Find(kind, name);
  if (there == nullptr) {
    before.Set("new", true);
  } else {
    before.Set("hash", there->Tag(kHashTag));
    // Without a version a run that was cut short left a function that nobody calls yet.
    TL_CO_TRY(const Callers callers, co_await ReadCallers(session, function));
    before.Set("version", callers.version);
  }
  session.Note(kind, name, std::move(before));
  co_return Result<void>();
}

net::aw<Result<void>> RestoreFunction(Session& session, const Undo& undo) {
  const std::string function = session.target.Qualified(undo.name);
  const json::Object before = undo.before;
  if (undo.IsNew()) {
    TL_CO_DO(co_await DeleteMade(session, function, ""));
    co_return co_await RestoreRole(session, function, before.GetObject("role"));
  }
  TL_CO_DO(co_await RestoreAlias(session, function, std::string(before.GetString("version"))));
  std::string published(before.GetString("published"));
  if (!published.empty()) TL_CO_DO(co_await DeleteMade(session, function, std::move(published)));
  TL_CO_DO(co_await RestoreRole(session, function, before.GetObject("role")));
  co_return co_await RestoreHash(session, undo.name, std::string(before.GetString("hash")));
}

}  // namespace trunkline::deploy
