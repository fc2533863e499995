// DeploymentPreference: an application of CodeDeploy for the template, a group for each function.
#pragma once

#include "cloud/services/cloudformation/serverless/document.h"

namespace trunkline::cloud::cloudformation::serverless {

// Makes them of what functions wished, when all of those are translated.
void AddDeployments(Document& document);

}  // namespace trunkline::cloud::cloudformation::serverless
