#include "deploy/plan.h"

#include <algorithm>
#include <set>

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

Plan MakePlan(const Target& target, const Live& live, std::string_view project) {
  Plan plan;
  for (const ResourceKind* kind : AllResourceKinds()) {
    if (project.empty() || kind->project == project) kind->plan(target, live, plan);
  }
  // Everything in the instance waits for it; said here once, not by every kind.
  if (plan.Find("instance:" + target.instance_name) != nullptr) {
    for (Change& change : plan.changes) {
      const ResourceKind* kind = FindResourceKind(change.kind);
      if (kind->in_instance) change.after.push_back("instance:" + target.instance_name);
    }
  }
  return plan;
}

std::vector<std::string> PlannedProjects() {
  std::set<std::string> projects;
  for (const ResourceKind* kind : AllResourceKinds()) projects.emplace(kind->project);
  return {projects.begin(), projects.end()};
}

}  // namespace trunkline::deploy
