// A function as callers had it before a run: the version behind the alias 'live', and what was
// recorded of it.
#pragma once

#include <string>

#include "deploy/resource.h"

namespace trunkline::deploy {

// Notes which version callers have. Nothing without a journal, and nothing of a function that is
// not there: a new one stays, nobody calls it.
net::aw<Result<void>> NoteFunction(Session& session, std::string kind, std::string name);

// Switches the alias back, for all callers, and records the version's hash again. The code behind
// $LATEST stays the new one: nobody calls it, and the next run replaces it.
net::aw<Result<void>> RestoreFunction(Session& session, Undo undo);

}  // namespace trunkline::deploy
