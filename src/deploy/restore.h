// Putting back what a run changed.
#pragma once

#include "base/result.h"
#include "deploy/journal.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// By the kind's `restore`. Half put back is the worst of all: what may work later is tried again,
// beyond the client's own attempts, four times in seven seconds.
net::aw<Result<void>> RestorePatiently(Session& session, Undo undo);

}  // namespace trunkline::deploy
