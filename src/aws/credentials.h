// Where credentials come from, in the official order: environment variables, the profile of the
// shared config and credentials files (static keys, role_arn with source_profile,
// credential_process is not run and says so), web identity, container credentials
// (AWS_CONTAINER_CREDENTIALS_*), instance metadata (IMDSv2).
#pragma once

#include <map>
#include <string>

#include "aws/sigv4.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/result.h"

namespace trunkline::aws {

// The profiles of ~/.aws/config and ~/.aws/credentials (AWS_CONFIG_FILE,
// AWS_SHARED_CREDENTIALS_FILE), merged.
using Profiles = std::map<std::string, std::map<std::string, std::string>>;
Result<Profiles> ReadProfiles(const Environment& environment, const Files& files);

}  // namespace trunkline::aws
