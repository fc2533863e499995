// Drift: what was changed behind our back: what is live, compared with what was recorded when it
// was delivered.
//
// A delivery records a hash of what it wanted in the resource's tags, and for flows the service's
// own hash of the content. Where what is live can be brought into the same form, the two are
// compared; ResourceKind::drift does that for each kind. What no kind compares (docs/undo.md) is
// only missed when it is gone.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// Everything of the target's Region that drifted, by kind and name. session.live has been read.
net::aw<Result<std::vector<Drifted>>> FindDrift(Session& session);

// The hash that a delivery of this kind recorded, of a resource that Trunkline manages; empty for
// all others: nobody promised how they are.
std::string RecordedHash(const LiveResource& resource);

// What kinds compare with more than hashes of what the listing said.
net::aw<Result<void>> DriftOfFunction(Session& session, std::string kind, std::string name,
                                      std::vector<Drifted>& drifted);

}  // namespace trunkline::deploy
