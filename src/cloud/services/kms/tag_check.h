// Tags of keys: {"TagKey", "TagValue"}, unlike other services'.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::kms {

// TagException, LimitExceededException: whether `added` may join `present`.
Answer<void> CheckTags(const Context& context, const json::Array& present,
                       const json::Array& added);

}  // namespace trunkline::cloud::kms
