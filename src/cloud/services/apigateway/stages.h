// Stages, as deployments make them too.
#pragma once

#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {

// Makes a stage of CreateStage's members, or lets the one that is there show another deployment.
Answer<void> PutStage(Context& context, const json::Object& input);

}  // namespace trunkline::cloud::apigateway
