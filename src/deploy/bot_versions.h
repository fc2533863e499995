// Versions of a bot: every delivery that changes it makes one, and Lex keeps 100 of a bot at most
// (documented quota). Old ones go before a new one is made.
#pragma once

#include <string>
#include <string_view>

#include "deploy/resource.h"

namespace trunkline::deploy {

// How the description begins by which deliveries know their own versions.
inline constexpr std::string_view kOwnBotVersion = "delivered by trunkline";
// Of the version that is published for what hashes to `hash`.
std::string BotVersionDescription(std::string_view hash);
// So many of them stay to go back to, beside those that an alias points to.
inline constexpr std::size_t kKeptBotVersions = 10;

// The number of the newest of our own versions, of any environment: what DRAFT was when it was
// made. Empty: there is none.
net::aw<Result<std::string>> NewestBotVersion(Session& session, std::string bot_id);

// Deletes the oldest of our own versions that no alias points to. A version that came into use
// meanwhile stays.
net::aw<Result<void>> DeleteOldBotVersions(Session& session, std::string bot_id);

}  // namespace trunkline::deploy
