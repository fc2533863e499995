// Where credentials come from, in the official order: environment variables, the profile of the
// shared config and credentials files (static keys, role_arn with source_profile,
// credential_process is not run and says so), web identity, container credentials
// (AWS_CONTAINER_CREDENTIALS_*), instance metadata (IMDSv2).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "aws/sigv4.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/result.h"

namespace trunkline::aws {

// The profiles of ~/.aws/config and ~/.aws/credentials (AWS_CONFIG_FILE,
// AWS_SHARED_CREDENTIALS_FILE), merged; of a member that both have the credentials file's counts.
using Profiles = std::map<std::string, std::map<std::string, std::string>>;
Result<Profiles> ReadProfiles(const Environment& environment, const Files& files);

// A profile that names a role: who assumes it, and how.
struct RoleProfile {
  std::string role_arn;
  std::string source_profile;  // empty: credential_source is Environment
  std::string external_id;
  std::string session_name;
};

// What a profile says, before anything is asked of a server. Neither keys nor role: the profile
// says nothing about credentials.
struct ProfileCredentials {
  std::optional<Credentials> keys;
  std::optional<RoleProfile> role;
};
// Errors: the profile does not exist; it relies on credential_process or on single sign-on, which
// are not implemented.
Result<ProfileCredentials> ReadProfileCredentials(const Profiles& profiles,
                                                  const std::string& name);

// AWS_ACCESS_KEY_ID and its companions; nothing when they are not set.
std::optional<Credentials> ReadEnvironmentCredentials(const Environment& environment);

}  // namespace trunkline::aws
