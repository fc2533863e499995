// Trust: whether a role's trust policy lets somebody assume it (cloud/access/evaluate.h reads it).
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

}  // namespace trunkline::cloud::sts
