// Buckets as every stack makes them: encrypted, versioned, closed to the public, reached over TLS
// only.
#pragma once

#include <string>
#include <string_view>

#include "stacks/template.h"

namespace trunkline::stacks {

// Objects below `expiring` go after `days`; without it all do.
struct BucketSpec {
  json::Value name;
  json::Value key_arn;  // null: S3's own encryption
  std::string_view expiring;
  int days = 90;
  json::Array more_statements;  // of the bucket's policy
};

// The bucket and its policy, as `logical_id` and `logical_id`Policy. The bucket stays when the
// stack goes: what was delivered is evidence.
void AddBucket(Template& stack, std::string_view logical_id, BucketSpec spec);

}  // namespace trunkline::stacks
