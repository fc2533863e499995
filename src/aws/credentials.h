// Where credentials come from, in the official order: environment variables, web identity, the
// profile of the shared config and credentials files (static keys, role_arn with source_profile or
// credential_source), container credentials (AWS_CONTAINER_CREDENTIALS_*), instance metadata
// (IMDSv2). A named profile goes before the environment. credential_process, SSO and MFA are not
// done, and say so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/result.h"
#include "net/async.h"
#include "net/client.h"

namespace trunkline::aws {

// The profiles of ~/.aws/config and ~/.aws/credentials (AWS_CONFIG_FILE,
// AWS_SHARED_CREDENTIALS_FILE), merged; where both say something the credentials file wins. Other
// sections keep their whole name ("services local"); nested settings are joined
// ("connect.endpoint_url"). A missing file is an empty one.
using Profiles = std::map<std::string, std::map<std::string, std::string>>;
Result<Profiles> ReadProfiles(const Environment& environment, const Files& files);

// A role to be assumed, and with what.
struct RoleToAssume {
  std::string role_arn;
  std::string session_name;
  std::string external_id;
  std::string
      web_identity_token;      // not empty: AssumeRoleWithWebIdentity, which needs no credentials
  std::optional<int> seconds;  // how long; nothing: the service's default
};

// What the chain leads to: credentials, perhaps with roles to assume one after the other.
struct FoundCredentials {
  std::optional<Credentials> credentials;  // nothing: the first role has a web identity
  std::vector<RoleToAssume> roles;
};

// The world of the chain, small enough to be faked.
struct CredentialWorld {
  const Environment& environment;
  const Files& files;
  net::Client& http;  // with short limits: metadata services answer at once or are not there
};

// `profile` empty: AWS_PROFILE, AWS_DEFAULT_PROFILE, "default". The error (kDenied) says where was
// looked.
net::aw<Result<FoundCredentials>> FindCredentials(CredentialWorld world, Profiles profiles,
                                                  std::string profile);

// Container and instance metadata; nothing when the environment (or the machine) has none.
net::aw<Result<std::optional<Credentials>>> FindContainerCredentials(CredentialWorld world);
net::aw<Result<std::optional<Credentials>>> FindInstanceCredentials(CredentialWorld world);

// The profile that counts.
std::string ProfileName(const Environment& environment, std::string_view option);

}  // namespace trunkline::aws
