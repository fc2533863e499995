// The operation tables of API Gateway's REST APIs, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::apigateway {

extern constinit const Family kAccountOperations;
extern constinit const Family kApiKeyOperations;
extern constinit const Family kApiOperations;
extern constinit const Family kAuthorizerOperations;
extern constinit const Family kDeploymentOperations;
extern constinit const Family kDocumentationOperations;
extern constinit const Family kDomainOperations;
extern constinit const Family kExportOperations;
extern constinit const Family kGatewayResponseOperations;
extern constinit const Family kImportOperations;
extern constinit const Family kIntegrationOperations;
extern constinit const Family kMappingOperations;
extern constinit const Family kMethodOperations;
extern constinit const Family kModelOperations;
extern constinit const Family kResourceOperations;
extern constinit const Family kStageOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kTestOperations;
extern constinit const Family kUsagePlanOperations;
extern constinit const Family kValidatorOperations;

}  // namespace trunkline::cloud::apigateway
