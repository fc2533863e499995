// The names of what flows of one instance may refer to, whoever made it: for making its flows
// portable.
#pragma once

#include <string>

#include "aws/client.h"
#include "base/finding.h"
#include "flow/unlink.h"

namespace trunkline::deploy {

struct Inventory {
  flow::NamesByArn names;
  // What cannot be listed (a permission that is missing): what flows refer to stays as it is.
  Findings findings;
};

// `instance_alias`: functions and bots that Trunkline delivered are called "<alias>-<name>" in AWS
// and <name> in flows. Never fails as a whole.
net::aw<Inventory> ReadInventory(aws::Client client, std::string instance_id,
                                 std::string instance_alias);

}  // namespace trunkline::deploy
