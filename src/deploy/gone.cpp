#include "deploy/gone.h"

#include <algorithm>

namespace trunkline::deploy {
namespace {

bool IsManaged(const LiveResource& resource) {
  return resource.Tag(kManagedTag) == "true" && !resource.OwnedByStack();
}

std::string SetAsideName(const std::string& name) {
  return std::string(kSetAsidePrefix) + name;
}

// One of that name may be there already: a flow that left the monorepo twice.
std::string FreeName(const Live& live, const FlowKind& kind, const std::string& name) {
  std::string free = SetAsideName(name);
  for (int number = 2; live.Find(kind.kind, free) != nullptr; ++number)
    free = fmt::format("{}_{}", SetAsideName(name), number);
  return free;
}

void PlanGoneFlows(const Target& target, const Live& live, const FlowKind& kind, Plan& plan) {
  const auto there = live.resources.find(kind.kind);
  if (there == live.resources.end()) return;
  const bool archive = target.center.settings.gone_flows == center::GoneFlows::kArchive;
  for (const auto& [name, flow] : there->second) {
    if (!IsGone(target, kind, name, flow)) continue;
    Change change{.kind = std::string(kind.kind),
                  .name = name,
                  .action = archive ? Action::kArchive : Action::kSetAside,
                  .why = "is in the monorepo no more",
                  .after = {}};
    if (!archive) change.other_name = FreeName(live, kind, name);
    plan.changes.push_back(std::move(change));
  }
}

template <class Wanted>
void PlanGoneObjects(const std::vector<Wanted>& wanted, std::string_view kind, const Live& live,
                     Plan& plan) {
  const std::string& project = plan.options.project;
  const auto there = live.resources.find(kind);
  if (there == live.resources.end() ||
      (!project.empty() && project != FindResourceKind(kind)->project))
    return;
  std::vector<std::string> after;
  for (const Change& change : plan.changes) after.push_back(change.Id());
  for (const auto& [name, object] : there->second) {
    const auto is_it = [&](const Wanted& one) { return one.name.value == name; };
    if (!IsManaged(object) || std::any_of(wanted.begin(), wanted.end(), is_it)) continue;
    plan.changes.push_back({.kind = std::string(kind),
                            .name = name,
                            .action = Action::kDelete,
                            .why = "is in the monorepo no more",
                            .after = after});
  }
}

net::aw<Result<void>> WriteMetadata(Session& session, const FlowKind& kind, std::string id,
                                    json::Object more) {
  json::Object input = kind.Where(session, id);
  for (const json::Member& member : more) input.Set(member.key, member.value);
  TL_CO_DO(co_await session.Call("connect", std::string(kind.update_metadata), std::move(input)));
  co_return Result<void>();
}

json::Object NameAndState(const LiveResource& flow, const std::string& name) {
  return {{"id", flow.id}, {"name", name}, {"state", flow.body.GetString("State", "ACTIVE")}};
}

}  // namespace

bool IsGone(const Target& target, const FlowKind& kind, const std::string& name,
            const LiveResource& flow) {
  return !IsArchived(flow) && !name.starts_with(kSetAsidePrefix) &&
         IsLeftOver(target, kind, name, flow);
}

bool IsLeftOver(const Target& target, const FlowKind& kind, const std::string& name,
                const LiveResource& flow) {
  if (!IsManaged(flow)) return false;
  const auto& wanted = kind.Of(target.center);
  return std::none_of(wanted.begin(), wanted.end(),
                      [&](const center::Flow& one) { return one.name.value == name; });
}

namespace {

void PlanAllGoneFlows(const Target& target, const Live& live, Plan& plan) {
  const std::string& project = plan.options.project;
  if (!project.empty() && project != "contact-flows") return;
  // Contents that still lead to them are replaced first.
  std::vector<std::string> contents;
  for (const Change& change : plan.changes) {
    if (change.kind == kFlows.kind || change.kind == kModules.kind) contents.push_back(change.Id());
  }
  const std::size_t planned = plan.changes.size();
  PlanGoneFlows(target, live, kFlows, plan);
  PlanGoneFlows(target, live, kModules, plan);
  for (std::size_t i = planned; i < plan.changes.size(); ++i) plan.changes[i].after = contents;
}

}  // namespace

void PlanGone(const Target& target, const Live& live, Plan& plan) {
  PlanAllGoneFlows(target, live, plan);
  PlanGoneObjects(target.center.prompts, "prompt", live, plan);
  PlanGoneObjects(target.center.queues, "queue", live, plan);
  PlanGoneObjects(target.center.hours, "hours", live, plan);
}

net::aw<Result<void>> ApplyGone(Session& session, const FlowKind& kind, const Change& change) {
  LiveResource flow = *session.live.Find(kind.kind, change.name);
  session.Note(kind.kind, change.name, NameAndState(flow, change.name));
  json::Object more;
  if (change.action == Action::kArchive) {
    more.Set(kind.state, "ARCHIVED");
  } else {
    more.Set("Name", change.other_name);
  }
  TL_CO_DO(co_await WriteMetadata(session, kind, flow.id, std::move(more)));
  if (change.action == Action::kArchive) {
    flow.body.Set("State", "ARCHIVED");
    session.live.Put(kind.kind, change.name, std::move(flow));
  } else {
    session.live.resources.find(kind.kind)->second.erase(change.name);
    session.live.Put(kind.kind, change.other_name, std::move(flow));
  }
  co_return Result<void>();
}

const LiveResource* FindSetAside(const Live& live, const FlowKind& kind, const center::Flow& flow) {
  const LiveResource* found = live.Find(kind.kind, SetAsideName(flow.name.value));
  if (found == nullptr || !IsManaged(*found)) return nullptr;
  const bool same_type = kind.is_module || found->body.GetString("Type") == flow.type;
  return same_type ? found : nullptr;
}

net::aw<Result<void>> BringBack(Session& session, const FlowKind& kind, const center::Flow& flow) {
  LiveResource there = *FindSetAside(session.live, kind, flow);
  const std::string aside = SetAsideName(flow.name.value);
  session.Note(kind.stub_kind, flow.name.value, NameAndState(there, aside));
  json::Object more{{"Name", flow.name.value}, {std::string(kind.state), "ACTIVE"}};
  TL_CO_DO(co_await WriteMetadata(session, kind, there.id, std::move(more)));
  session.live.resources.find(kind.kind)->second.erase(aside);
  there.body.Set("State", "ACTIVE");
  session.live.Put(kind.kind, flow.name.value, std::move(there));
  co_return Result<void>();
}

}  // namespace trunkline::deploy
