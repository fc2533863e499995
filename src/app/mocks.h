// Mocks: what answers instead of functions and bots, and whether hours are open, in the words of
// `trunkline call --mock`:
//
//   lambda:NAME=JSON          the function answers with this JSON; @FILE: with the file's
//   lambda:NAME=error[:WHY]   it fails
//   lambda:NAME=timeout       it does not answer in time
//   bot:NAME=INTENT[:SLOT=VALUE]...   the bot understands this intent, whatever is said
//   bot:NAME=error[:WHY]      it fails
//   hours:NAME=open|closed
//   action:NAME=success | error[:ERROR] | RESULT   the action goes like this; NAME is its
//                                                  identifier or its type
//   action:NAME={"Condition": ..., "Error": ..., "Attributes": {REFERENCE: VALUE}}   @FILE, too
//
// A function, bot or action that is mocked several times gives these answers one after the other,
// and the last one for ever.
#pragma once

#include <string>
#include <vector>

#include "app/stage.h"
#include "base/files.h"
#include "base/result.h"

namespace trunkline::app {

// kInvalid: not of these forms; kNotFound: a name that the stage does not have, with the nearest.
Result<void> AddMocks(const std::vector<std::string>& mocks, const Files& files, Stage& stage);

}  // namespace trunkline::app
