// Trust: whether a role's trust policy lets somebody assume it.
//
// Known: Effect, Action with wildcards, Principal and NotPrincipal-free statements, and the
// conditions StringEquals, StringNotEquals, StringLike, StringNotLike, their IgnoreCase forms,
// ArnEquals, ArnLike and Bool, over the keys of TrustRequest. A condition or key beyond these never
// holds, so an Allow with it does not allow.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/context.h"

namespace trunkline::cloud::sts {

struct TrustRequest {
  std::string action = "sts:AssumeRole";
  Caller caller;
  std::string caller_role_arn;              // of the role whose session calls, else empty
  std::map<std::string, std::string> keys;  // condition keys in lower case: "sts:externalid"
};

// A policy that is no JSON object lets nobody.
bool TrustAllows(std::string_view policy, const TrustRequest& request);

// '*' stands for any text, '?' for one character.
bool MatchesWildcard(std::string_view text, std::string_view pattern);

}  // namespace trunkline::cloud::sts
