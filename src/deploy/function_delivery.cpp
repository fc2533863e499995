#include "deploy/function_delivery.h"

#include <algorithm>

#include "deploy/function_shift.h"
#include "deploy/role.h"
#include "net/timers.h"

namespace trunkline::deploy {
namespace {

// Its own log group and nothing else, then what function.json asks for.
json::Array Statements(const Target& target, const FunctionSpec& spec) {
  const std::string group =
      fmt::format("arn:{}:logs:{}:{}:log-group:/aws/lambda/{}", Partition(target.region),
                  target.region, target.account, target.Qualified(spec.name));
  json::Object logs{
      {"Effect", "Allow"},
      {"Action", json::Array{"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}},
      {"Resource", json::Array{group, group + ":*"}}};
  json::Array statements{std::move(logs)};
  statements.insert(statements.end(), spec.statements.begin(), spec.statements.end());
  return statements;
}

enum class Ready { kUsable, kChangeable };

// Lambda refuses changes while a function is Pending or an update is InProgress. A failed one can
// be changed, and that is how it is mended; only at the end it must be usable.
net::aw<Result<void>> WaitUntil(Session& session, std::string name, Ready ready) {
  constexpr Milliseconds kLimit = std::chrono::minutes(3);
  Milliseconds pause{20};
  for (Milliseconds waited{0}; waited < kLimit; waited += pause) {
    json::Object input{{"FunctionName", name}};
    TL_CO_TRY(const json::Object configuration,
              co_await session.Call("lambda", "GetFunctionConfiguration", std::move(input)));
    const std::string_view state = configuration.GetString("State", "Active");
    const std::string_view update = configuration.GetString("LastUpdateStatus", "Successful");
    const bool failed = state == "Failed" || update == "Failed";
    if (failed && ready == Ready::kChangeable) co_return Result<void>();
    if (failed) {
      co_return Error(
          ErrorKind::kConflict, "Lambda could not prepare function '{}': {}", name,
          configuration.GetString(state == "Failed" ? "StateReason" : "LastUpdateStatusReason",
                                  "no reason given"));
    }
    if (state == "Active" && update == "Successful") co_return Result<void>();
    co_await session.world.timers.Wait(pause);
    pause = std::min(pause * 2, Milliseconds(2000));
  }
  co_return Error(ErrorKind::kUnreached,
                  "function '{}' is not ready after {}; apply again to go on", name,
                  ToDurationText(kLimit));
}

json::Object Configuration(const Session& session, const FunctionSpec& spec,
                           const std::string& role) {
  json::Object variables;
  for (const auto& [key, value] : spec.environment) variables.Set(key, value);
  json::Object input{{"FunctionName", session.target.Qualified(spec.name)},
                     {"Runtime", spec.runtime},
                     {"Role", role},
                     {"Handler", spec.handler},
                     {"Timeout", spec.timeout_seconds},
                     {"MemorySize", spec.memory_mb},
                     {"Environment", json::Object{{"Variables", std::move(variables)}}},
                     {"Description", spec.description}};
  return input;
}

// A new role takes some seconds until Lambda may assume it; the service says so with this error.
bool RoleIsTooNew(const Error& error) {
  return error.code() == "InvalidParameterValueException" &&
         error.message().find("cannot be assumed") != std::string::npos;
}

net::aw<Result<void>> Create(Session& session, const FunctionSpec& spec, std::string role) {
  Milliseconds pause{250};
  for (int attempt = 1;; ++attempt) {
    json::Object input = Configuration(session, spec, role);
    input.Set("Code", json::Object{{"ZipFile", spec.zip}});
    input.Set("Tags", TagsFor({}, ""));
    Result<json::Object> made = co_await session.Call("lambda", "CreateFunction", std::move(input));
    if (made) co_return Result<void>();
    if (attempt >= 8 || !RoleIsTooNew(made.error())) co_return std::move(made).error();
    co_await session.world.timers.Wait(pause);
    pause = std::min(pause * 2, Milliseconds(5000));
  }
}

// Takes the zip: a program's is large, and a function that delivers it has little memory.
net::aw<Result<void>> Update(Session& session, FunctionSpec& spec, std::string role) {
  const std::string name = session.target.Qualified(spec.name);
  json::Object code{{"FunctionName", name}};
  code.Set("ZipFile", std::move(spec.zip));
  TL_CO_DO(co_await session.Call("lambda", "UpdateFunctionCode", std::move(code)));
  TL_CO_DO(co_await WaitUntil(session, name, Ready::kChangeable));
  TL_CO_DO(co_await session.Call("lambda", "UpdateFunctionConfiguration",
                                 Configuration(session, spec, role)));
  co_return Result<void>();
}

net::aw<Result<std::string>> Publish(Session& session, const FunctionSpec& spec) {
  json::Object publish{{"FunctionName", session.target.Qualified(spec.name)},
                       {"Description", VersionDescription(spec.hash)}};
  TL_CO_TRY(const json::Object version,
            co_await session.Call("lambda", "PublishVersion", std::move(publish)));
  session.NoteMore(spec.kind, spec.name, "published", version.GetString("Version"));
  co_return std::string(version.GetString("Version"));
}

// The function as it is to be, and the version that was published of it.
net::aw<Result<std::string>> Renew(Session& session, FunctionSpec spec, Action action) {
  const std::string name = session.target.Qualified(spec.name);
  RoleSpec role_spec{.name = name,
                     .service = "lambda.amazonaws.com",
                     .description = "role of function " + name,
                     .statements = Statements(session.target, spec),
                     .managed_policies = spec.managed_policies};
  TL_CO_TRY(const std::string role, co_await EnsureRole(session, std::move(role_spec)));
  if (action == Action::kCreate) {
    TL_CO_DO(co_await Create(session, spec, role));
  } else {
    TL_CO_DO(co_await WaitUntil(session, name, Ready::kChangeable));
    TL_CO_DO(co_await Update(session, spec, role));
  }
  TL_CO_DO(co_await WaitUntil(session, name, Ready::kUsable));
  co_return co_await Publish(session, spec);
}

net::aw<Result<void>> Switch(Session& session, Callers before, ShiftOrder order) {
  if (!order.shift.AtOnce())
    co_return co_await ShiftCallers(session, std::move(before), std::move(order));
  co_return co_await GiveAllCalls(session, session.target.Qualified(order.function), order.version);
}

}  // namespace

std::string VersionDescription(std::string_view hash) {
  return fmt::format("trunkline {}", hash.substr(0, 12));
}

std::string FunctionArn(const Target& target, std::string_view name) {
  return fmt::format("arn:{}:lambda:{}:{}:function:{}:{}", Partition(target.region), target.region,
                     target.account, target.Qualified(name), kLiveAlias);
}

net::aw<Result<void>> ReadFunction(Session& session, std::string kind, std::string name) {
  json::Object input{{"FunctionName", session.target.Qualified(name)}};
  Result<json::Object> answer = co_await session.Call("lambda", "GetFunction", std::move(input));
  if (!answer && answer.error().kind() == ErrorKind::kNotFound) co_return Result<void>();
  if (!answer) co_return std::move(answer).error();
  LiveResource function{.id = session.target.Qualified(name),
                        .arn = FunctionArn(session.target, name),
                        .tags = ReadTags(answer->GetObject("Tags")),
                        .body = answer->GetObject("Configuration")};
  session.live.Put(kind, name, std::move(function));
  co_return Result<void>();
}

net::aw<Result<void>> DeliverFunction(Session& session, FunctionSpec spec, Action action) {
  const std::string hash = spec.hash;
  const std::string arn = FunctionArn(session.target, spec.name);
  ShiftOrder shift{.function = spec.name, .version = {}, .shift = spec.shift};
  Callers before;
  if (!shift.shift.AtOnce() && action == Action::kUpdate) {
    TL_CO_TRY(before, co_await ReadBeforeShift(session, shift));
    TL_CO_TRY(shift.version, co_await FindShifted(session, before, spec.name, hash));
  }
  if (shift.version.empty()) {
    TL_CO_TRY(shift.version, co_await Renew(session, std::move(spec), action));
  }
  TL_CO_DO(co_await Switch(session, std::move(before), std::move(shift)));
  // Tags belong to the function, not to its alias.
  json::Object tag{{"Resource", arn.substr(0, arn.rfind(':'))}, {"Tags", TagsFor({}, hash)}};
  TL_CO_DO(co_await session.Call("lambda", "TagResource", std::move(tag)));
  co_return Result<void>();
}

net::aw<Result<void>> RemoveFunction(Session& session, std::string name) {
  if (session.live.HasActiveInstance()) {
    json::Object from{{"InstanceId", session.live.InstanceId()},
                      {"FunctionArn", FunctionArn(session.target, name)}};
    TL_CO_DO(co_await Delete(session, "connect", "DisassociateLambdaFunction", std::move(from)));
  }
  const std::string qualified = session.target.Qualified(name);
  json::Object input{{"FunctionName", qualified}};
  TL_CO_DO(co_await Delete(session, "lambda", "DeleteFunction", std::move(input)));
  co_return co_await RemoveRole(session, qualified);
}

}  // namespace trunkline::deploy
