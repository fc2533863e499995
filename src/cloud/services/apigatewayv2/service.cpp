#include "cloud/services.h"
#include "cloud/services/apigatewayv2/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &apigatewayv2::kApiOperations,         &apigatewayv2::kAuthorizerOperations,
    &apigatewayv2::kDeploymentOperations,  &apigatewayv2::kDomainOperations,
    &apigatewayv2::kExportOperations,      &apigatewayv2::kImportOperations,
    &apigatewayv2::kIntegrationOperations, &apigatewayv2::kMappingOperations,
    &apigatewayv2::kRouteOperations,       &apigatewayv2::kStageOperations,
    &apigatewayv2::kTagOperations,
};

}  // namespace

constinit const Service kApiGatewayV2Service{.model = "apigatewayv2", .families = kFamilies};

}  // namespace trunkline::cloud
