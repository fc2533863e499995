// One locale of a Lex V2 bot's DRAFT: its settings, slot types, intents and slots, as the center
// wants them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// The parent of the intent that Lex makes itself in every locale.
inline constexpr std::string_view kFallbackSignature = "AMAZON.FallbackIntent";

// Creates or updates everything of the locale, deletes intents and slot types that the center no
// longer has, builds, and waits until it is built. A failed build is an error with Lex's reasons.
net::aw<Result<void>> DeliverBotLocale(Session& session, std::string bot_id,
                                       const center::BotLocale& locale);

// Polls `operation` of lexv2-models until `member` has the value `wanted`; a value that starts with
// "Fail" is an error with the reasons the answer gives.
net::aw<Result<void>> WaitForLex(Session& session, std::string operation, json::Object input,
                                 std::string member, std::vector<std::string> wanted);

}  // namespace trunkline::deploy
