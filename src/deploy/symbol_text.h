// Symbols in texts outside of flows: a function's environment, a bot's code hook.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "deploy/live.h"
#include "deploy/target.h"

namespace trunkline::deploy {

// Every ${kind:name} replaced by its ARN; a symbol that is not there is an error.
Result<std::string> ReplaceSymbols(std::string_view text, const Target& target, const Live& live);
// The same, but a text with a symbol that is not there yet stays as it is: for comparing.
std::string ReplaceKnownSymbols(std::string_view text, const Target& target, const Live& live);
// The changes that make the text's symbols, as Change::after takes them.
std::vector<std::string> SymbolChanges(std::string_view text);
// The change that makes one resource that a flow may refer to; empty for kinds that are not
// delivered.
std::string ChangeOf(flow::ResourceKind kind, std::string_view name);

}  // namespace trunkline::deploy
