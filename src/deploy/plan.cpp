#include "deploy/plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "deploy/gone.h"
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

// Whether `first` is delivered with what needs it, though another project brings it: the order of
// the projects has queues before the hours they refer to, and bots before their hooks' functions.
bool ComesAlong(const Change& change, const Change& first, const PlanOptions& options) {
  if (first.kind == "hours") return change.kind == "queue";
  if (first.kind == "function") return change.kind == "bot";
  return options.associations &&
         (first.kind == "function association" || first.kind == "bot association");
}

void CheckPrerequisite(const Target& target, const Change& change, const Change& first,
                       Plan& plan) {
  const ResourceKind& kind = *FindResourceKind(first.kind);
  if (kind.name == "instance") return;  // CheckInstance
  plan.findings.push_back(
      {.code = "TL-D005",
       .message = fmt::format("{} '{}' needs {} '{}', which is not there yet in {}", change.kind,
                              change.name, first.kind, first.name, target.region),
       .hint = fmt::format("deliver project '{}' first", kind.project),
       .place = {}});
}

// A project alone is delivered onto what the others have brought. What they have not is found here,
// before anything is written.
void TakePrerequisites(const Target& target, const Live& live, Plan& plan) {
  const Plan whole = MakePlan(target, live);
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const std::vector<std::string> after = plan.changes[i].after;
    for (const std::string& id : after) {
      const Change* first = whole.Find(id);
      if (first == nullptr || plan.Find(id) != nullptr || first->action != Action::kCreate)
        continue;
      if (ComesAlong(plan.changes[i], *first, plan.options)) {
        plan.changes.push_back(*first);  // what it needs itself is looked at when it is its turn
      } else {
        CheckPrerequisite(target, plan.changes[i], *first, plan);
      }
    }
  }
}

bool IsContent(const Change& change) {
  return change.kind == "flow" || change.kind == "module";
}

// Everything that comes after `id`, directly or through others.
std::set<std::string> Followers(const std::vector<Change>& changes, const std::string& id) {
  std::set<std::string> found{id};
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (const Change& change : changes) {
      const bool follows = std::any_of(change.after.begin(), change.after.end(),
                                       [&](const auto& one) { return found.count(one) > 0; });
      if (follows) found.insert(change.Id());
    }
  }
  return found;
}

// A flow that asks the mapping function during the call comes after the map it needs; all other
// contents come before it.
void PutMapLast(Plan& plan) {
  const auto map = std::find_if(plan.changes.begin(), plan.changes.end(),
                                [](const Change& change) { return change.kind == "mapping"; });
  if (map == plan.changes.end()) return;
  const std::set<std::string> followers = Followers(plan.changes, map->Id());
  for (const Change& change : plan.changes) {
    if (IsContent(change) && followers.count(change.Id()) == 0) map->after.push_back(change.Id());
  }
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

bool IsAskedFor(const ResourceKind& kind, const PlanOptions& options) {
  const bool of_project = options.project.empty() || kind.project == options.project;
  const bool of_kinds =
      options.kinds.empty() ||
      std::find(options.kinds.begin(), options.kinds.end(), kind.name) != options.kinds.end();
  return of_project && of_kinds;
}

}  // namespace

std::string_view ToText(Action action) {
  switch (action) {
    case Action::kCreate:
      return "create";
    case Action::kUpdate:
      return "update";
    case Action::kSetAside:
      return "set aside";
    case Action::kArchive:
      return "archive";
    case Action::kDelete:
      return "delete";
  }
  return "change";
}

Plan MakePlan(const Target& target, const Live& live, std::string_view project) {
  PlanOptions options;
  options.project = project;
  return MakePlan(target, live, std::move(options));
}

Plan MakePlan(const Target& target, const Live& live, PlanOptions options) {
  Plan plan;
  plan.options = std::move(options);
  const std::string& project = plan.options.project;
  for (const ResourceKind* kind : AllResourceKinds()) {
    if (IsAskedFor(*kind, plan.options)) kind->plan(target, live, plan);
  }
  if (!project.empty() && live.HasActiveInstance()) TakePrerequisites(target, live, plan);
  if (plan.options.prune) PlanGone(target, live, plan);
  if (plan.options.map_last) PutMapLast(plan);
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
