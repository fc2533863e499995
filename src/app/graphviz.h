// Graphviz, started as a process.
#pragma once

#include <string>
#include <string_view>

#include "base/environment.h"
#include "base/result.h"

namespace trunkline::app {

// The picture that `dot` makes of its language: `format` is "svg", "png" or "png:gd" (drawn
// coarser, in half the time), `engine` "dot" (lays out) or "neato" (keeps the places that the text
// gives). kNotFound when there is no `dot` on PATH, kUnreached when it takes more than a minute.
Result<std::string> RunGraphviz(const Environment& environment, std::string_view engine,
                                std::string_view format, std::string text);

}  // namespace trunkline::app
