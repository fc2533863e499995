// Deploying: a snapshot of an API's routes, integrations and authorizers, which is what the clients
// of a stage meet.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::apigatewayv2 {

// What clients would meet, as the API is now.
json::Object SnapshotOf(Context& context, std::string_view api_id);

// A deployment of the API as it is now; its body.
json::Object Deploy(Context& context, std::string_view api_id, std::string_view description,
                    bool automatic);

// After every change of an API: stages with AutoDeploy get a new deployment at once (AWS takes a
// moment). The automatic deployments that no stage names any more go.
void AutoDeploy(Context& context, std::string_view api_id);

}  // namespace trunkline::cloud::apigatewayv2
