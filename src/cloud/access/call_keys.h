// The condition keys of one call: what every call has, and what its input says.
#pragma once

#include <string_view>

#include "base/json.h"
#include "cloud/access/condition.h"
#include "cloud/context.h"

namespace trunkline::cloud::access {

// aws:CurrentTime, aws:SourceIp, aws:RequestedRegion, aws:RequestTag/..., aws:TagKeys and the keys
// of the service's own that its input decides: sts:ExternalId, s3:prefix, iam:PermissionsBoundary.
// docs/differences.md lists them all; conditions on others find no value.
void AddCallKeys(Context& context, std::string_view service, const json::Object& input, Keys& keys);

}  // namespace trunkline::cloud::access
