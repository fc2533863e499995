// Which pipelines a push concerns, and why the others are not started. Plain functions on values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "functions/router_push.h"
#include "functions/router_settings.h"

namespace trunkline::functions::router {

// Something that is not done, and the reason.
struct Left {
  std::string what;  // a pipeline, a folder, an event
  std::string why;
};

// How old a push may be. GitHub sends a delivery again, by hand, for three days.
inline constexpr std::chrono::hours kReplayWindow{24 * 3};
// How long the ledger knows a push: longer than it would be taken for new.
inline constexpr std::chrono::hours kLedgerTime{24 * 7};

// Tags, deleted branches, branches of no environment. Nothing: it is to be routed.
std::optional<Left> WhyIgnored(const Settings& settings, const Push& push);

// Whether it is of the one repository whose pushes are routed. GitHub's names have no case.
bool IsOurs(const Settings& settings, const Push& push);

// Whether it was pushed longer ago than the window. A push that says nothing of its time is
// judged by its head commit's: that may be old and the push new, so it is only a suspicion.
enum class Age { kRecent, kSuspect, kTooOld };
Age AgeOf(const Push& push, TimePoint now);
std::string WhyTooOld(const Push& push);

// What changed on a branch.
struct Changes {
  Tops tops;
  std::string all;  // why every pipeline is concerned, whatever `tops` says; empty: they are not
};

struct Decision {
  std::vector<std::string> pipelines;  // to start, in delivery order
  std::vector<Left> skipped;           // pipelines of the branch, and projects without one
  std::vector<Left> ignored;           // what no pipeline delivers
};

Decision Decide(const Settings& settings, std::string_view branch, const Changes& changes);

// All pipelines of a branch, in delivery order.
std::vector<std::string> PipelinesOf(const Settings& settings, std::string_view branch);

}  // namespace trunkline::functions::router
