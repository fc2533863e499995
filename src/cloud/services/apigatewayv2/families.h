// The operation tables of API Gateway's HTTP APIs, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::apigatewayv2 {

extern constinit const Family kApiOperations;
extern constinit const Family kAuthorizerOperations;
extern constinit const Family kDeploymentOperations;
extern constinit const Family kDomainOperations;
extern constinit const Family kExportOperations;
extern constinit const Family kImportOperations;
extern constinit const Family kIntegrationOperations;
extern constinit const Family kMappingOperations;
extern constinit const Family kRouteOperations;
extern constinit const Family kStageOperations;
extern constinit const Family kTagOperations;

}  // namespace trunkline::cloud::apigatewayv2
