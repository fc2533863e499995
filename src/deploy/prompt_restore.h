// Prompts as callers heard them before a run.
#pragma once

#include <string>

#include "deploy/resource.h"

namespace trunkline::deploy {

// Notes a prompt that is about to be written or deleted, its recording too: it is kept in the
// storage bucket. Nothing without a journal.
net::aw<Result<void>> NotePrompt(Session& session, std::string name, bool gone);

// Puts the recording, the description and the tags back; makes one again that was deleted (with a
// new id), and deletes one that the run made, with the recording that it brought.
net::aw<Result<void>> RestorePrompt(Session& session, const Undo& undo);

}  // namespace trunkline::deploy
