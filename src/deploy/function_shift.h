// Shifting the callers of a function from one version to the next, step by step.
//
// Lambda sends a part of the calls of the alias 'live' to the new version (its weights); between
// the steps the run waits, and looks at alarms and at the new version's state. When all went well
// the alias leads to the new version alone; when not, to the old one, and the change fails.
//
// A run that is cut short (a machine that dies) leaves the alias with weights. The next delivery
// goes on from the share that callers have now when it wants the same version, and that step's time
// begins anew; another version begins with the first step, and the abandoned one gets no more
// calls. The recorded hash is taken away before the first step, so that the plan never takes a half
// shifted function for one that is as it should be.
#pragma once

#include <string>

#include "base/result.h"
#include "center/shift.h"
#include "deploy/function_callers.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

struct ShiftOrder {
  std::string function;  // as flows say it: "customer-lookup"
  std::string version;   // everybody's in the end
  center::Shift shift;   // not all at once
};

// What callers have now, before anything of the function is changed. An alarm that is missing or in
// ALARM is an error, and the function stays as it is; weights that an interrupted run left are
// taken back then.
net::aw<Result<Callers>> ReadBeforeShift(Session& session, ShiftOrder order);

// The version that was published for what hashes to `hash`, if an interrupted run came so far that
// callers have it, or have a share of it; else empty.
net::aw<Result<std::string>> FindShifted(Session& session, Callers before, std::string function,
                                         std::string hash);

// A function that nobody calls yet is switched at once. Errors say who has which version now, and
// what to do.
net::aw<Result<void>> ShiftCallers(Session& session, Callers before, ShiftOrder order);

}  // namespace trunkline::deploy
