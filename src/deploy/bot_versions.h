// Versions of a bot: every delivery that changes it makes one, and Lex keeps 100 of a bot at most
// (documented quota). Old ones go before a new one is made.
#pragma once

#include <string>
#include <string_view>

#include "deploy/resource.h"

namespace trunkline::deploy {

// The description by which deliveries know their own versions.
inline constexpr std::string_view kOwnBotVersion = "delivered by trunkline";
// So many of them stay to go back to, beside those that an alias points to.
inline constexpr std::size_t kKeptBotVersions = 10;

// Deletes the oldest of our own versions that no alias points to. A version that came into use
// meanwhile stays.
net::aw<Result<void>> DeleteOldBotVersions(Session& session, std::string bot_id);

}  // namespace trunkline::deploy
