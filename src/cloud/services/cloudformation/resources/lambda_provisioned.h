// ProvisionedConcurrencyConfig of aliases and versions of functions.
#pragma once

#include "cloud/services/cloudformation/resource_type.h"

namespace trunkline::cloud::cloudformation {

// Brings it to what is wanted, and waits until it is ready. The physical id is the ARN.
net::aw<Answer<void>> ApplyProvisioned(WaitContext context, ResourceOrder order);

}  // namespace trunkline::cloud::cloudformation
