// Children: the environment of processes the cloud starts (functions, builds, hooks).
//
// A child gets its role's temporary credentials and the address of this cloud, and nothing of the
// user's environment. Debian's AWS CLI 2.9 and boto3 1.26 ignore AWS_ENDPOINT_URL, so PATH starts
// with a wrapper of `aws` and PYTHONPATH with a `sitecustomize` that set it; proxies point at a
// loopback port that refuses, so that nothing reaches the real AWS by accident.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cloud/wait.h"

namespace trunkline::cloud {

// See WaitContext::ChildEnvironment.
Answer<std::map<std::string, std::string>> MakeChildEnvironment(const WaitContext& context,
                                                                std::string_view role_arn,
                                                                std::string_view session_name);

// Writes the `aws` wrapper and the Python hook below `folder` ("bin/aws",
// "python/sitecustomize.py"). `real_aws` is the program the wrapper runs; empty: there is none, and
// no wrapper is written.
Result<void> WriteChildTools(const std::string& folder, const std::string& real_aws);

}  // namespace trunkline::cloud
