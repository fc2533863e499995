// Filter policies of subscriptions: which messages they want.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/services/sns/topic.h"

namespace trunkline::cloud::sns {

// What is wrong with a policy, behind "Invalid parameter: "; nothing: it is one. With `scope`
// MessageAttributes it has no objects within.
std::optional<std::string> FindFilterPolicyProblem(std::string_view policy, std::string_view scope);

bool Wants(const Subscription& subscription, const json::Object& message);

}  // namespace trunkline::cloud::sns
