// Placeholders: what flows name and nothing brings, made up so that a call can go on.
#pragma once

#include "app/stage.h"
#include "flow/document.h"
#include "flow/symbols.h"
#include "sim/world.h"

namespace trunkline::app {

// Adds to the stage's world, and for symbols to the table, what the document refers to and neither
// has. Functions and bots get their names only: who answers for them is not decided here.
void AddPlaceholders(const flow::Document& document, const StagePlace& place, bool guess_keys,
                     flow::SymbolTable& table, Stage& stage);

}  // namespace trunkline::app
