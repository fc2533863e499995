// IAM roles as they were before a run: part of the note of what a service assumes them for.
#pragma once

#include <string>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// What RestoreRole() needs of the role of that name, there or not. Nothing of somebody else's.
net::aw<Result<json::Object>> NoteRole(Session& session, std::string name);

// Gives the role its trust, its policy 'trunkline' and its managed policies back, or deletes one
// that the run made. A boundary stays: none is ever taken away.
net::aw<Result<void>> RestoreRole(Session& session, std::string name, json::Object before);

}  // namespace trunkline::deploy
