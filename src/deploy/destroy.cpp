#include "deploy/destroy.h"

#include <algorithm>

#include "deploy/instance_state.h"

namespace trunkline::deploy {
namespace {

bool IsOurs(const ResourceKind& kind, const LiveResource& resource) {
  if (resource.OwnedByStack()) return false;
  // A parameter of ours is known by its value (deploy/resources/parameter.cpp).
  return resource.Tag(kManagedTag) == "true" || kind.name == "parameter";
}

bool InstanceGoes(const Live& live) {
  return live.instance() != nullptr && IsOurs(*FindResourceKind("instance"), *live.instance());
}

void AddKind(const ResourceKind& kind, const Live& live, Plan& plan) {
  const auto there = live.resources.find(kind.name);
  if (there == live.resources.end()) return;
  for (const auto& [name, resource] : there->second) {
    if (!IsOurs(kind, resource)) continue;
    plan.changes.push_back({.kind = std::string(kind.name),
                            .name = name,
                            .action = Action::kDelete,
                            .why = {},
                            .after = {}});
  }
}

// The bucket comes last and nothing waits for it: it stays when it holds recordings.
void PutInOrder(Plan& plan) {
  std::vector<std::string> before;
  std::string instance;
  for (Change& change : plan.changes) {
    if (change.kind == "instance") instance = change.Id();
    if (change.kind != "bucket") {
      change.after = before;
      before.push_back(change.Id());
    }
  }
  for (Change& change : plan.changes) {
    if (change.kind == "bucket" && !instance.empty()) change.after.push_back(instance);
  }
}

net::aw<Result<void>> ReadNumbers(Session& session, Removal& removal) {
  TL_CO_TRY(const std::vector<PhoneNumber> numbers, co_await ListNumbers(session));
  for (const PhoneNumber& number : numbers) {
    TL_CO_TRY(const bool ours, co_await IsManagedNumber(session, number.id));
    if (ours) {
      removal.numbers.push_back(number);
    } else {
      ++removal.other_numbers;
    }
  }
  co_return Result<void>();
}

}  // namespace

Plan RemovalOf(const Live& live) {
  Plan plan;
  const bool with_instance = InstanceGoes(live);
  const std::span<const ResourceKind* const> kinds = AllResourceKinds();
  for (std::size_t i = kinds.size(); i-- > 0;) {
    const ResourceKind& kind = *kinds[i];
    const bool goes_with_it = with_instance && kind.in_instance;
    if (kind.remove != nullptr && !goes_with_it) AddKind(kind, live, plan);
  }
  PutInOrder(plan);
  return plan;
}

net::aw<Result<Removal>> PlanRemoval(Session& session) {
  Removal removal;
  if (session.live.instance() != nullptr) {
    TL_CO_DO(co_await DescribeInstance(session));
    LiveResource instance = *session.live.instance();
    instance.tags = ReadTags(instance.body.GetObject("Tags"));
    session.live.Put("instance", session.target.instance_name, std::move(instance));
  }
  if (session.live.HasActiveInstance()) TL_CO_DO(co_await ReadNumbers(session, removal));
  removal.plan = RemovalOf(session.live);
  co_return removal;
}

}  // namespace trunkline::deploy
