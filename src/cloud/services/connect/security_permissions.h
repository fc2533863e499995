// The security profiles every instance comes with, and what each of them permits.
#pragma once

#include <span>
#include <string_view>

namespace trunkline::cloud::connect {

struct DefaultSecurityProfile {
  std::string_view name;
  std::string_view description;
  std::span<const std::string_view>
      permissions;  // as the admin guide's "List of security profile permissions" names them
};

std::span<const DefaultSecurityProfile> DefaultSecurityProfiles();

}  // namespace trunkline::cloud::connect
