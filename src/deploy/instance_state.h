// How far an instance is: found by name, being made, ACTIVE or failed for good.
//
// Making one takes a minute or two on AWS. `trunkline apply` waits for it; the instance workflow
// asks again and again, in steps of its own (docs/instance-workflow.md).
#pragma once

#include <string>

#include "deploy/resource.h"

namespace trunkline::deploy {

struct InstanceState {
  std::string status;  // CREATION_IN_PROGRESS, ACTIVE, CREATION_FAILED; empty: there is none
  std::string reason;  // why it failed, with what to do
  std::string id;
  std::string arn;
};

// Looks for it by its name on all pages, and fills session.live.
net::aw<Result<InstanceState>> FindInstance(Session& session);
// The one that session.live has. Its reason is in no listing.
net::aw<Result<InstanceState>> DescribeInstance(Session& session);
// Asks for a new one and does not wait. With the same `token` (not empty) twice, it is made once.
net::aw<Result<InstanceState>> CreateInstance(Session& session, std::string token);

}  // namespace trunkline::deploy
