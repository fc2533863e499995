// The mapping function: Trunkline's own executable and map.json in one zip (docs/decisions/0005).
#include "deploy/mapping.h"

#include "base/hash.h"
#include "base/json_write.h"
#include "base/zip.h"
#include "deploy/drift.h"
#include "deploy/function_delivery.h"
#include "deploy/function_restore.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadMapping(Session& session) {
  if (!NeedsMapping(session.target)) co_return Result<void>();
  co_return co_await ReadFunction(session, "mapping", std::string(kMappingName));
}

// The executable is not part of the hash: a newer Trunkline alone changes nothing that is heard.
std::string Hash(const Target& target, const Live& live) {
  return HashOf(MapOf(target, live));
}

bool IsMapped(std::string_view kind) {
  return kind == "queue" || kind == "prompt" || kind == "flow stub" || kind == "module stub" ||
         kind == "hours" || kind == "bot";
}

// A bot gets the ARN that flows use with its alias, which an interrupted delivery may not have
// made.
bool MakesName(const Change& change, const Live& live) {
  const LiveResource* there = live.Find(change.kind, change.name);
  return change.action == Action::kCreate || there == nullptr || there->arn.empty();
}

void PlanFunction(const Target& target, const Live& live, Plan& plan) {
  std::vector<std::string> after{"instance:" + target.instance_name};
  bool grows = !live.HasActiveInstance();
  for (const Change& change : plan.changes) {
    if (!IsMapped(change.kind)) continue;
    after.push_back(change.Id());
    grows = grows || MakesName(change, live);
  }
  const LiveResource* there = live.Find("mapping", kMappingName);
  if (!grows || there == nullptr || there->OwnedByStack()) {
    PlanByHash(live, "mapping", std::string(kMappingName), Hash(target, live), std::move(after),
               plan);
    return;
  }
  plan.changes.push_back({.kind = "mapping",
                          .name = std::string(kMappingName),
                          .action = Action::kUpdate,
                          .why = "there are new names",
                          .after = std::move(after)});
}

void PlanMapping(const Target& target, const Live& live, Plan& plan) {
  if (!NeedsMapping(target)) return;
  const std::string name(kMappingName);
  PlanFunction(target, live, plan);
  PlanAssociation(target, live, "mapping", name, plan);
}

net::aw<Result<void>> ApplyMapping(Session& session, const Change& change) {
  TL_CO_TRY(std::string program, session.world.program_zip(session.world.program_self));
  std::vector<ZipEntry> map;
  map.push_back({.name = "map.json",
                 .bytes = json::WritePretty(MapOf(session.target, session.live)),
                 .mode = 0644});
  FunctionSpec spec{.kind = "mapping",
                    .name = change.name,
                    .description = "answers with the ARN of every name in this instance",
                    .runtime = "provided.al2023",
                    .handler = "mapping",
                    .timeout_seconds = 5,
                    .memory_mb = 128,
                    .environment = {},
                    .managed_policies = {},
                    .statements = {},
                    .zip = {},
                    .hash = Hash(session.target, session.live)};
  TL_CO_TRY(spec.zip, AddToZip(std::move(program), std::move(map)));
  TL_CO_DO(co_await NoteFunction(session, "mapping", change.name));
  TL_CO_DO(co_await DeliverFunction(session, std::move(spec), change.action));
  co_return co_await ReadFunction(session, "mapping", change.name);
}

net::aw<Result<void>> RestoreMapping(Session& session, const Undo& undo) {
  return RestoreFunction(session, undo);
}

net::aw<Result<void>> DriftOfMapping(Session& session, std::vector<Drifted>& drifted) {
  return DriftOfFunction(session, "mapping", std::string(kMappingName), drifted);
}

net::aw<Result<void>> RemoveMapping(Session& session, const Change& change) {
  return RemoveFunction(session, change.name);
}

}  // namespace

const ResourceKind kMappingKind{.name = "mapping",
                                .plural = "mapping functions",
                                .project = "contact-flows",
                                .read = ReadMapping,
                                .in_instance = false,
                                .plan = PlanMapping,
                                .apply = ApplyMapping,
                                .restore = RestoreMapping,
                                .remove = RemoveMapping,
                                .drift = DriftOfMapping};

}  // namespace trunkline::deploy
