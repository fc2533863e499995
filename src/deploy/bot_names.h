// How a bot, its alias and its tags are called.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

std::string BotArn(const Target& target, std::string_view bot_id);
std::string BotAliasArn(const Target& target, std::string_view bot_id, std::string_view alias_id);

// Environments in one account share a bot and have an alias each, so each records its own hash.
std::string BotHashTag(const Target& target);

// The id of the environment's alias, which has its name; empty: there is none.
net::aw<Result<std::string>> FindBotAlias(Session& session, std::string bot_id);

}  // namespace trunkline::deploy
