// CodeBuild: projects, and builds that really run their buildspec.
#include "cloud/services.h"
#include "cloud/services/codebuild/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &codebuild::kBatchOperations,      &codebuild::kBuildOperations,
    &codebuild::kCredentialOperations, &codebuild::kPolicyOperations,
    &codebuild::kProjectOperations,    &codebuild::kReportGroupOperations,
    &codebuild::kReportOperations,     &codebuild::kStartOperations,
    &codebuild::kWebhookOperations,
};

}  // namespace

constinit const Service kCodebuildService{.model = "codebuild", .families = kFamilies};

}  // namespace trunkline::cloud
