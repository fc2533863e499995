// The actions of a rule, checked.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connect {

// The list with ids instead of ARNs. InvalidRequestException for an action without the member of
// its type, with another type's, twice, or with an event source that does not know it;
// ResourceNotFoundException for flows and users the instance does not have.
Answer<json::Array> CheckRuleActions(Context& context, const Record& instance,
                                     std::string_view event_source, const json::Array& actions);

}  // namespace trunkline::cloud::connect
