// What pipelines have seen: the commits of their executions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "functions/router_session.h"

namespace trunkline::functions::router {

// The newest execution's first; nothing when there is no such pipeline.
using Seen = std::optional<std::vector<std::string>>;

net::aw<Result<Seen>> CommitsSeen(const Session& session, std::string pipeline);

}  // namespace trunkline::functions::router
