// What a connector allows.
#pragma once

#include <set>
#include <string>

#include "cloud/services/cloudformation/serverless/connector_ends.h"
#include "cloud/services/cloudformation/serverless/connector_profiles.h"

namespace trunkline::cloud::cloudformation::serverless {

// A connector from its source to one destination.
struct Connection {
  const Source& source;
  const Profile& profile;
  const ConnectorEnd& from;
  const ConnectorEnd& to;
  const std::set<std::string>& permissions;
  std::string suffix;  // of logical ids: "Destination0" where there are several
};

// What the profile's statements are made of is known.
Answer<void> CheckKnown(const Connection& connection);
// The statements of the permissions that are asked for.
json::Object PolicyOf(const Connection& connection);

}  // namespace trunkline::cloud::cloudformation::serverless
