#include "deploy/plan.h"

#include <algorithm>

#include "deploy/resource.h"

namespace trunkline::deploy {

const Change* Plan::Find(std::string_view id) const {
  const auto found = std::find_if(changes.begin(), changes.end(),
                                  [&](const Change& change) { return change.Id() == id; });
  return found == changes.end() ? nullptr : &*found;
}

std::size_t Plan::CountShown() const {
  return static_cast<std::size_t>(std::count_if(
      changes.begin(), changes.end(), [](const Change& change) { return !change.internal; }));
}

Plan MakePlan(const Target& target, const Live& live) {
  Plan plan;
  for (const ResourceKind* kind : AllResourceKinds()) kind->plan(target, live, plan);
  // Everything in the instance waits for it; said here once, not by every kind.
  if (plan.Find("instance:" + target.instance_name) != nullptr) {
    for (Change& change : plan.changes) {
      const ResourceKind* kind = FindResourceKind(change.kind);
      if (kind->in_instance) change.after.push_back("instance:" + target.instance_name);
    }
  }
  return plan;
}

}  // namespace trunkline::deploy
