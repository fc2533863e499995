// ContextAs: the transaction under way as somebody else sees it.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud {

// `other`, `other_region` and `reply` must outlive the answer.
Context ContextAs(const Context& context, const Caller& other, std::string_view other_region,
                  Reply& reply);

}  // namespace trunkline::cloud
