// ARNs of resources with a Region: arn:aws:<service>:<region>:<account>:<resource>.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud {

struct Arn {
  std::string service;
  std::string region;
  std::string account;
  std::string resource;  // everything behind the fifth colon
};

// Nothing for a text that has not six parts or does not begin with "arn:".
std::optional<Arn> ParseArn(std::string_view text);

std::string MakeArn(const Scope& scope, std::string_view service, std::string_view resource);
// Of the caller's account and Region.
std::string MakeArn(const Context& context, std::string_view service, std::string_view resource);

}  // namespace trunkline::cloud
