// AWS::ApiGateway::DomainName.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "CertificateArn DomainName^ EndpointConfiguration MutualTlsAuthentication "
    "OwnershipVerificationCertificateArn RegionalCertificateArn SecurityPolicy Tags">();

constexpr auto kAttributes = Words<
    "DistributionDomainName DistributionHostedZoneId DomainNameArn RegionalDomainName "
    "RegionalHostedZoneId">();

constexpr Change kChanges[] = {
    {"UpdateDomainName",
     "CertificateArn EndpointConfiguration MutualTlsAuthentication "
     "OwnershipVerificationCertificateArn RegionalCertificateArn SecurityPolicy"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::DomainName",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateDomainName",
    .describe = "GetDomainName",
    .remove = "DeleteDomainName",
    .changes = kChanges,
    .id = "DomainName",
    .keys = "DomainName",
};

}  // namespace

constinit const ResourceType kApiGatewayDomainNameType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
