// A function as callers had it before a run: the version behind the alias 'live', and what was
// recorded of it.
#pragma once

#include <string>

#include "deploy/resource.h"

namespace trunkline::deploy {

// Notes which version callers have, and the role; of a new function, that it is new. Nothing
// without a journal.
net::aw<Result<void>> NoteFunction(Session& session, std::string kind, std::string name);

// Switches the alias back, for all callers, deletes the version that the run published, and puts
// the role and the recorded hash back; deletes a new function with its role. The code behind
// $LATEST stays the new one: nobody calls it, and the next run replaces it.
net::aw<Result<void>> RestoreFunction(Session& session, const Undo& undo);

}  // namespace trunkline::deploy
