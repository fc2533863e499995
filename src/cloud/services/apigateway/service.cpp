#include "cloud/services.h"
#include "cloud/services/apigateway/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &apigateway::kAccountOperations,     &apigateway::kApiKeyOperations,
    &apigateway::kApiOperations,         &apigateway::kAuthorizerOperations,
    &apigateway::kDeploymentOperations,  &apigateway::kDocumentationOperations,
    &apigateway::kDomainOperations,      &apigateway::kExportOperations,
    &apigateway::kImportOperations,      &apigateway::kGatewayResponseOperations,
    &apigateway::kIntegrationOperations, &apigateway::kMappingOperations,
    &apigateway::kMethodOperations,      &apigateway::kModelOperations,
    &apigateway::kResourceOperations,    &apigateway::kStageOperations,
    &apigateway::kTagOperations,         &apigateway::kTestOperations,
    &apigateway::kUsagePlanOperations,   &apigateway::kValidatorOperations,
};

}  // namespace

constinit const Service kApiGatewayService{.model = "apigateway", .families = kFamilies};

}  // namespace trunkline::cloud
