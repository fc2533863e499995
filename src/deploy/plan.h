// Plan: what would change, and in which order. A pure function of the center and of what is there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/finding.h"
#include "deploy/live.h"
#include "deploy/target.h"

namespace trunkline::deploy {

enum class Action {
  kCreate,
  kUpdate,
  kSetAside,  // renamed to z_<name>
  kArchive,
  kDelete
};

// "create", "set aside": as a sentence begins with it.
std::string_view ToText(Action action);

struct Change {
  std::string kind;  // a row of deploy/list.h: "queue"
  std::string name;
  Action action = Action::kCreate;
  std::string why;  // for updates: what differs, in a few words
  std::vector<std::string>
      after;  // Id()s of changes that come first; those not in the plan are done already
  bool internal = false;        // a step of another change (a flow's stub); not counted, not shown
  std::string other_name = {};  // of what is set aside: the name it gets
  std::string shift = {};       // how callers come to it, when not all at once: in words
  Milliseconds takes{0};        // the time that has to pass meanwhile

  std::string Id() const { return kind + ":" + name; }
};

struct PlanOptions {
  std::string project = {};  // only what this project of the monorepo brings ("contact-flows")
  std::vector<std::string> kinds = {};  // not empty: only these rows of deploy/list.h
  // What Trunkline delivered and the center has no more goes, too (deploy/gone.h).
  bool prune = false;
  // The mapping function's alias is switched after everything that can come before it: what flows
  // are told changes when all else has worked.
  bool map_last = false;
  // With a project: also what lets the instance use the functions and bots that are there.
  bool associations = false;
  // Functions whose callers would be shifted for longer are refused: who runs this ends before.
  std::optional<Milliseconds> longest_shift = {};
};

struct Plan {
  std::vector<Change> changes;  // in an order that respects `after`
  std::size_t unchanged = 0;    // resources that are as they should be
  Findings findings;            // errors: the plan must not be applied
  PlanOptions options = {};     // it was made with

  const Change* Find(std::string_view id) const;
  std::size_t CountShown() const;
};

Plan MakePlan(const Target& target, const Live& live, PlanOptions options);
Plan MakePlan(const Target& target, const Live& live, std::string_view project = {});
// The projects that MakePlan knows, sorted.
std::vector<std::string> PlannedProjects();

}  // namespace trunkline::deploy
