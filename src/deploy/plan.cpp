#include "deploy/plan.h"

#include <algorithm>
#include <map>
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

namespace {

// Which changes wait for which, by their position in the plan.
struct Graph {
  std::vector<std::vector<std::size_t>> followers;
  std::vector<std::size_t> waits_for;  // how many
};

Graph GraphOf(const std::vector<Change>& changes) {
  std::map<std::string, std::size_t> positions;
  for (std::size_t i = 0; i < changes.size(); ++i) positions.emplace(changes[i].Id(), i);
  Graph graph{.followers = std::vector<std::vector<std::size_t>>(changes.size()),
              .waits_for = std::vector<std::size_t>(changes.size())};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const std::set<std::string> after(changes[i].after.begin(), changes[i].after.end());
    for (const std::string& id : after) {
      const auto first = positions.find(id);
      if (first == positions.end()) continue;
      graph.followers[first->second].push_back(i);
      ++graph.waits_for[i];
    }
  }
  return graph;
}

// Puts changes after what they come after, and else leaves the order of kinds. What waits for
// itself, directly or through others, is not in the answer.
std::vector<std::size_t> Order(const std::vector<Change>& changes) {
  Graph graph = GraphOf(changes);
  std::set<std::size_t> ready;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (graph.waits_for[i] == 0) ready.insert(i);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t next = *ready.begin();
    ready.erase(ready.begin());
    order.push_back(next);
    for (const std::size_t follower : graph.followers[next]) {
      if (--graph.waits_for[follower] == 0) ready.insert(follower);
    }
  }
  return order;
}

void Sort(Plan& plan) {
  std::vector<Change> sorted;
  std::set<std::size_t> done;
  for (const std::size_t i : Order(plan.changes)) {
    done.insert(i);
    sorted.push_back(plan.changes[i]);
  }
  std::string names;
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    if (done.count(i) > 0) continue;
    const Change& change = plan.changes[i];
    names += fmt::format("{}{} '{}'", names.empty() ? "" : ", ", change.kind, change.name);
    sorted.push_back(change);
  }
  plan.changes = std::move(sorted);
  if (names.empty()) return;
  plan.findings.push_back(
      {.code = "TL-D004",
       .message = "these wait for each other and cannot be delivered in any order: " + names,
       .hint = "take one of the symbols out",
       .place = {}});
}

// A part of the monorepo alone is delivered into an instance that must be there.
void CheckInstance(const Target& target, const Live& live, std::string_view project, Plan& plan) {
  if (live.HasActiveInstance() || plan.Find("instance:" + target.instance_name) != nullptr) return;
  const bool needed =
      std::any_of(plan.changes.begin(), plan.changes.end(),
                  [](const Change& change) { return FindResourceKind(change.kind)->in_instance; });
  if (!needed || HasErrors(plan.findings)) return;
  plan.findings.push_back(center::FindingAt(
      target.center, Severity::kError, "TL-D003", target.center.instance->alias.place,
      fmt::format("instance '{}' is not there yet, and '{}' is delivered into it",
                  target.instance_name, project),
      "deliver project 'instance' first"));
}

}  // namespace

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
  CheckInstance(target, live, project, plan);
  Sort(plan);
  return plan;
}

std::vector<std::string> PlannedProjects() {
  std::set<std::string> projects;
  for (const ResourceKind* kind : AllResourceKinds()) projects.emplace(kind->project);
  return {projects.begin(), projects.end()};
}

}  // namespace trunkline::deploy
