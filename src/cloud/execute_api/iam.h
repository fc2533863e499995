// Whether policies let somebody call a method: of routes and methods with AWS_IAM.
#pragma once

#include <string_view>

#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// Always, unless --enforce-iam. A denial is logged with its reason.
bool IamAllows(const WaitContext& context, const Caller& caller, std::string_view method_arn);

}  // namespace trunkline::cloud::execute_api
