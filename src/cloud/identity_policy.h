// Policy documents of identities, inline or managed, judged as IAM does: in passes over the whole
// document (its form, its version, effects and dates, resources, actions), each with an error text
// of its own. Which text comes first when several things are wrong was seen in recordings.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trunkline::cloud {

// What IAM answers to it; nothing when it would take it. Managed policies are of version 2012-10-17
// or newer; inline ones may be older or say no version.
std::optional<std::string> FindIdentityPolicyProblem(std::string_view text, bool managed);

}  // namespace trunkline::cloud
