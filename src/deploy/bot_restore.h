// Bots as callers had them before a run.
#pragma once

#include <string>

#include "deploy/resource.h"

namespace trunkline::deploy {

// Notes the bot's settings, its alias, its role, and which version DRAFT was published as; of a new
// one, that it is new. Nothing without a journal.
net::aw<Result<void>> NoteBot(Session& session, std::string name);
// Adds, to the note, a permission that the run gave the bot's alias on a function.
void NoteHook(Session& session, const std::string& name, json::Object removal);

// The alias leads to the version before, the version that the run made is deleted, and DRAFT is
// written as the last delivered version has it: what was edited in it by hand is not known. A new
// bot is deleted with its role.
net::aw<Result<void>> RestoreBot(Session& session, const Undo& undo);

}  // namespace trunkline::deploy
