// The functions that function.json declares.
#include <algorithm>

#include "base/hash.h"
#include "base/zip.h"
#include "deploy/drift.h"
#include "deploy/function_delivery.h"
#include "deploy/function_restore.h"
#include "deploy/list.h"
#include "deploy/symbol_text.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadFunction(Session& session) {
  for (const center::Function& function : session.target.center.functions) {
    TL_CO_DO(co_await ReadFunction(session, "function", function.name.value));
  }
  co_return Result<void>();
}

// What differs when anything about the function does; symbols count as what they stand for here.
json::Object Wanted(const center::Function& function, const Target& target, const Live& live) {
  json::Object code;
  for (const center::CodeFile& file : function.code) code.Set(file.path, ToHex(Sha256(file.bytes)));
  json::Object environment;
  for (const auto& [key, value] : function.environment)
    environment.Set(key, ReplaceKnownSymbols(value.value, target, live));
  json::Array policies;
  for (const center::Text& policy : function.managed_policies) policies.emplace_back(policy.value);
  json::Array statements;
  for (const json::Object& statement : function.statements) statements.emplace_back(statement);
  return {{"description", function.description},
          {"runtime", function.runtime.value},
          {"handler", function.handler.value},
          {"timeout", function.timeout_seconds},
          {"memory", function.memory_mb},
          {"environment", std::move(environment)},
          {"policies", std::move(policies)},
          {"statements", std::move(statements)},
          {"code", std::move(code)}};
}

// A function's ARN is known before it exists, so that functions may name each other. Everything
// else must be there first, and what nobody declares comes with a new instance.
std::vector<std::string> After(const center::Function& function, const Target& target) {
  std::vector<std::string> after;
  for (const auto& [key, value] : function.environment) {
    for (std::string& id : SymbolChanges(value.value)) {
      if (id.compare(0, 9, "function:") != 0) after.push_back(std::move(id));
    }
  }
  if (!after.empty()) after.push_back("instance:" + target.instance_name);
  return after;
}

// What takes longer than the run has is found here, before anything is written.
void PlanShift(const Target& target, const center::Shift& shift, Change& change, Plan& plan) {
  change.takes = shift.Duration();
  change.shift = InWords(shift);
  const std::optional<Milliseconds>& longest = plan.options.longest_shift;
  if (!longest || change.takes <= *longest) return;
  plan.findings.push_back(center::FindingAt(
      target.center, Severity::kError, "TL-D006", shift.place,
      fmt::format("shifting the callers of function '{}' takes {}, and this run has {} for it",
                  change.name, ToDurationText(change.takes),
                  longest->count() == 0 ? "no time" : ToDurationText(*longest)),
      "bring it to the tooling branch first, so that builds get the time, or choose a shorter "
      "type"));
}

// The preference is no part of the hash: it says how the function comes, not what it is.
void PlanFunction(const Target& target, const Live& live, Plan& plan) {
  for (const center::Function& function : target.center.functions) {
    const std::size_t before = plan.changes.size();
    PlanByHash(live, "function", function.name.value, HashOf(Wanted(function, target, live)),
               After(function, target), plan);
    if (plan.changes.size() == before) continue;
    const center::Shift shift = center::ShiftOf(target.center, target.environment, function);
    if (shift.AtOnce()) continue;
    Change& change = plan.changes.back();
    if (change.action == Action::kUpdate)
      PlanShift(target, shift, change, plan);
    else
      change.shift = "all at once, as there are none yet";
  }
}

Result<FunctionSpec> SpecOf(const center::Function& function, const Target& target,
                            const Live& live) {
  FunctionSpec spec{.name = function.name.value,
                    .description = function.description,
                    .runtime = function.runtime.value,
                    .handler = function.handler.value,
                    .timeout_seconds = function.timeout_seconds,
                    .memory_mb = function.memory_mb,
                    .environment = {},
                    .managed_policies = {},
                    .statements = {},
                    .zip = {},
                    .hash = HashOf(Wanted(function, target, live)),
                    .shift = center::ShiftOf(target.center, target.environment, function)};
  for (const auto& [key, value] : function.environment) {
    TL_TRY(spec.environment[key], ReplaceSymbols(value.value, target, live));
  }
  for (const center::Text& policy : function.managed_policies)
    spec.managed_policies.push_back(policy.value);
  for (const json::Object& statement : function.statements) spec.statements.emplace_back(statement);
  std::vector<ZipEntry> entries;
  for (const center::CodeFile& file : function.code) {
    entries.push_back(
        {.name = file.path, .bytes = file.bytes, .mode = file.executable ? 0755 : 0644});
  }
  TL_TRY(spec.zip, WriteZip(std::move(entries)));
  return spec;
}

net::aw<Result<void>> ApplyFunction(Session& session, const Change& change) {
  const auto& all = session.target.center.functions;
  const auto function = std::find_if(
      all.begin(), all.end(), [&](const auto& one) { return one.name.value == change.name; });
  TL_CO_TRY(FunctionSpec spec, SpecOf(*function, session.target, session.live));
  TL_CO_DO(co_await NoteFunction(session, "function", change.name));
  TL_CO_DO(co_await DeliverFunction(session, std::move(spec), change.action));
  co_return co_await ReadFunction(session, "function", change.name);
}

net::aw<Result<void>> PutBack(Session& session, const Undo& undo) {
  return RestoreFunction(session, undo);
}

net::aw<Result<void>> DriftOfFunctions(Session& session, std::vector<Drifted>& drifted) {
  for (const center::Function& function : session.target.center.functions)
    TL_CO_DO(co_await DriftOfFunction(session, "function", function.name.value, drifted));
  co_return Result<void>();
}

net::aw<Result<void>> TakeAway(Session& session, const Change& change) {
  return RemoveFunction(session, change.name);
}

}  // namespace

const ResourceKind kFunctionKind{.name = "function",
                                 .plural = "functions",
                                 .project = "lambdas",
                                 .read = ReadFunction,
                                 .in_instance = false,
                                 .plan = PlanFunction,
                                 .apply = ApplyFunction,
                                 .restore = PutBack,
                                 .remove = TakeAway,
                                 .drift = DriftOfFunctions};

}  // namespace trunkline::deploy
