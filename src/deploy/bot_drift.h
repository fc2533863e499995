// Bots that were changed since they were delivered.
#pragma once

#include <vector>

#include "deploy/resource.h"

namespace trunkline::deploy {

// What the center wants of the environment's alias.
struct WantedAlias {
  std::string name;           // of the bot
  json::Object locales;       // botAliasLocaleSettings
  bool is_delivered = false;  // the center wants what was delivered: the settings can be compared
};

// The version behind the alias, which Lex never changes, is told by its description; the alias's
// settings are compared with `wanted`, and DRAFT with the last delivered version.
net::aw<Result<void>> DriftOfBot(Session& session, WantedAlias wanted,
                                 std::vector<Drifted>& drifted);

}  // namespace trunkline::deploy
