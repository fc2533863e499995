// What a legacy module says or plays.
#pragma once

#include "flow/legacy/builder.h"

namespace trunkline::flow {

// Text with TextToSpeechType, or AudioPrompt -> Text, SSML or PromptId.
void ConvertLegacyPrompt(LegacyBuilder& action);
// Several of them, whose kind stands in the parameter's key -> Messages, in their order.
void ConvertLegacyPrompts(LegacyBuilder& action);

}  // namespace trunkline::flow
