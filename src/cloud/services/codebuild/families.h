// The operation tables of CodeBuild, one per file.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::codebuild {

extern constinit const Family kBatchOperations;
extern constinit const Family kBuildOperations;
extern constinit const Family kCredentialOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kProjectOperations;
extern constinit const Family kReportGroupOperations;
extern constinit const Family kReportOperations;
extern constinit const Family kStartOperations;
extern constinit const Family kWebhookOperations;

}  // namespace trunkline::cloud::codebuild
