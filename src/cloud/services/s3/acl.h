// Whether a bucket takes an access control list.
#pragma once

#include <string_view>

#include "cloud/services/s3/bucket.h"

namespace trunkline::cloud::s3 {

// A bucket whose owner is enforced takes the lists that change nothing: "private" and
// "bucket-owner-full-control". AccessControlListNotSupported for any other; an empty `canned`
// stands for grants.
Answer<void> CheckAclTaken(Context& context, std::string_view bucket, std::string_view canned);

}  // namespace trunkline::cloud::s3
