// Users: what their operations share.
#pragma once

#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// In a user's record, not in outputs: [{AttributeName, AttributeValue, Level}].
inline constexpr std::string_view kProficiencies = "UserProficiencies";

// The members of the input that name other resources, with ids instead of ARNs: RoutingProfileId,
// SecurityProfileIds. ResourceNotFoundException for what the instance does not have.
Answer<json::Object> CheckUserLinks(Context& context, const Record& instance,
                                    const json::Object& input);

// PhoneConfig: a desk phone needs its number.
Answer<void> CheckPhoneConfig(const json::Object& config);

}  // namespace trunkline::cloud::connect
