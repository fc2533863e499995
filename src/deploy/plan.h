// Plan: what would change, and in which order. A pure function of the center and of what is there.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "deploy/live.h"
#include "deploy/target.h"

namespace trunkline::deploy {

enum class Action { kCreate, kUpdate };

struct Change {
  std::string kind;  // a row of deploy/list.h: "queue"
  std::string name;
  Action action = Action::kCreate;
  std::string why;  // for updates: what differs, in a few words
  std::vector<std::string>
      after;  // Id()s of changes that come first; those not in the plan are done already
  bool internal = false;  // a step of another change (a flow's stub); not counted, not shown

  std::string Id() const { return kind + ":" + name; }
};

struct Plan {
  std::vector<Change> changes;  // in an order that respects `after`
  std::size_t unchanged = 0;    // resources that are as they should be
  Findings findings;            // errors: the plan must not be applied

  const Change* Find(std::string_view id) const;
  std::size_t CountShown() const;
};

// With `project` not empty only the changes of that project of the monorepo ("contact-flows").
Plan MakePlan(const Target& target, const Live& live, std::string_view project = {});
// The projects that MakePlan knows, sorted.
std::vector<std::string> PlannedProjects();

}  // namespace trunkline::deploy
