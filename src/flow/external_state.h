// What $.External holds where: each synchronous function call replaces all of it, so a key that the
// mapping function served is gone behind the next function (the workshop's first limit). Found by
// following every path.
#pragma once

#include <cstdint>
#include <vector>

#include "flow/document.h"
#include "flow/graph.h"

namespace trunkline::flow {

// Who may have filled $.External last, as bits.
using Fillers = std::uint8_t;
inline constexpr Fillers kFilledByNobody = 1 << 0;  // or by a flow before this one
inline constexpr Fillers kFilledByMapping = 1 << 1;
inline constexpr Fillers kFilledByOther = 1 << 2;

// For each action, by its index in document.actions, who may have filled $.External when the flow
// arrives there; 0 where no path leads. `mapping_arn` may be empty; the placeholder and
// ${lambda:mapping} always count as the mapping function. A failed call counts as a call: what the
// error branch finds is not documented, and a block that misses its value takes its own error
// branch.
std::vector<Fillers> FindFillers(const Document& document, std::string_view mapping_arn);
std::vector<Fillers> FindFillers(const Document& document, const Graph& graph,
                                 std::string_view mapping_arn);

// Whether the action calls the mapping function and waits for the answer.
bool InvokesMapping(const Action& action, std::string_view mapping_arn);

}  // namespace trunkline::flow
