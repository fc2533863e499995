// Prompts: what MessageParticipant, Loop prompts and the input actions play (flow-language 3.3).
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "sim/runner.h"

namespace trunkline::sim {

// True when the parameters name a prompt: Text, SSML, PromptId or Media.
bool NamesPrompt(const Parameters& parameters);

// Says the prompt of the action's parameters, or of an object among them, to whoever hears the
// active flow; a looped one does not move the clock. The error says why it cannot be played: nobody
// is connected, an unknown prompt, an empty or too long text, a recording on a chat.
Result<void> Play(Turn& turn);
Result<void> Play(Turn& turn, const json::Object& prompt, bool loops);

}  // namespace trunkline::sim
