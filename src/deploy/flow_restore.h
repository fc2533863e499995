// Flows and modules as they were before a run: noted before the first write, put back when the run
// fails.
#pragma once

#include <string>

#include "deploy/flow_kind.h"

namespace trunkline::deploy {

// Notes name, content, description, state and tags of a flow that is about to be written. Nothing
// without a journal, and nothing for what the run made itself.
net::aw<Result<void>> NoteFlow(Session& session, const FlowKind& kind, std::string name);

// Puts back what NoteFlow() noted, or what a change noted of the name alone.
net::aw<Result<void>> RestoreFlow(Session& session, const FlowKind& kind, Undo undo);
// Deletes the stub that the run made, or gives back the name of one that it took.
net::aw<Result<void>> RestoreStub(Session& session, const FlowKind& kind, Undo undo);

}  // namespace trunkline::deploy
