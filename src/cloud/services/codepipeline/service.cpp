// CodePipeline: pipelines of both types, their executions, actions, rules and triggers.
#include "cloud/services.h"
#include "cloud/services/codepipeline/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &codepipeline::kActionExecutionOperations,
    &codepipeline::kApprovalOperations,
    &codepipeline::kExecutionListOperations,
    &codepipeline::kExecutionOperations,
    &codepipeline::kJobOperations,
    &codepipeline::kPipelineOperations,
    &codepipeline::kStageOperations,
    &codepipeline::kStateOperations,
    &codepipeline::kTagOperations,
    &codepipeline::kTransitionOperations,
    &codepipeline::kTypeOperations,
    &codepipeline::kWebhookOperations,
};

}  // namespace

constinit const Service kCodePipelineService{.model = "codepipeline", .families = kFamilies};

}  // namespace trunkline::cloud
