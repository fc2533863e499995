// The operation tables of CodePipeline, one per file.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::codepipeline {

extern constinit const Family kActionExecutionOperations;
extern constinit const Family kApprovalOperations;
extern constinit const Family kExecutionOperations;
extern constinit const Family kExecutionListOperations;
extern constinit const Family kJobOperations;
extern constinit const Family kPipelineOperations;
extern constinit const Family kStageOperations;
extern constinit const Family kStateOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kTransitionOperations;
extern constinit const Family kTypeOperations;
extern constinit const Family kWebhookOperations;

}  // namespace trunkline::cloud::codepipeline
