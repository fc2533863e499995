// AWS::ApiGatewayV2::DomainName.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Of the first configuration: there is one in practice.
void AddRegional(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                 json::Object& known) {
  const json::Array configurations = known.GetArray("DomainNameConfigurations");
  if (configurations.empty() || !configurations[0].IsObject()) return;
  const json::Object& first = configurations[0].AsObject();
  known.Set("RegionalDomainName", first.GetString("ApiGatewayDomainName"));
  known.Set("RegionalHostedZoneId", first.GetString("HostedZoneId"));
}

constexpr auto kProperties =
    Properties<"DomainName*^ DomainNameConfigurations MutualTlsAuthentication RoutingMode Tags">();

constexpr auto kAttributes = Words<"DomainNameArn RegionalDomainName RegionalHostedZoneId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::DomainName",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateDomainName",
    .describe = "GetDomainName",
    .update = "UpdateDomainName",
    .remove = "DeleteDomainName",
    .id = "DomainName",
    .keys = "DomainName",
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "DomainNameArn",
    .complete = AddRegional,
};

}  // namespace

constinit const ResourceType kApiGatewayV2DomainNameType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
