// Custom domain names, which requests reach by their Host header. There are no certificates here:
// an ARN of one is kept and not looked at.
#include <fmt/format.h>

#include "cloud/execute_api/mappings.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

json::Object Show(const Context& context, const json::Object& body) {
  const json::Array& types = body.GetObject("endpointConfiguration").GetArray("types");
  json::Object configuration{{"ApiGatewayDomainName", body.GetString("regionalDomainName")},
                             {"DomainNameStatus", body.GetString("domainNameStatus")},
                             {"EndpointType", types.empty() ? json::Value("REGIONAL") : types[0]},
                             {"HostedZoneId", body.GetString("regionalHostedZoneId")},
                             {"IpAddressType", "ipv4"},
                             {"SecurityPolicy", body.GetString("securityPolicy")}};
  configuration.SetIfNotEmpty("CertificateArn", body.GetString("regionalCertificateArn"));
  configuration.SetIfNotEmpty("CertificateName", body.GetString("regionalCertificateName"));
  json::Object shown{{"ApiMappingSelectionExpression", "$request.basepath"},
                     {"DomainName", body.GetString("domainName")},
                     {"RoutingMode", "API_MAPPING_ONLY"},
                     {"Tags", body.GetObject("tags")}};
  shown.Set("DomainNameArn", fmt::format("arn:aws:apigateway:{}::/domainnames/{}", context.region,
                                         body.GetString("domainName")));
  shown.Set("DomainNameConfigurations", json::Array{std::move(configuration)});
  return shown;
}

Answer<void> ReadConfiguration(const json::Object& input, json::Object& body) {
  if (input.Has("MutualTlsAuthentication"))
    return BadRequest("Mutual TLS is not implemented by this cloud");
  if (input.GetString("RoutingMode", "API_MAPPING_ONLY") != "API_MAPPING_ONLY")
    return BadRequest("Routing rules are not implemented by this cloud");
  const json::Array& configurations = input.GetArray("DomainNameConfigurations");
  if (configurations.size() > 1) return BadRequest("A domain name takes one configuration");
  json::Array types{"REGIONAL"};
  if (!configurations.empty()) {
    const json::Object& one = configurations[0].AsObject();
    if (one.GetString("EndpointType", "REGIONAL") != "REGIONAL")
      return BadRequest("The endpoint type of a domain name of HTTP APIs must be REGIONAL");
    body.SetIfNotEmpty("regionalCertificateArn", one.GetString("CertificateArn"));
    body.SetIfNotEmpty("regionalCertificateName", one.GetString("CertificateName"));
    body.SetIfNotEmpty("securityPolicy", one.GetString("SecurityPolicy"));
  }
  json::Object endpoint{{"types", std::move(types)}};
  body.Set("endpointConfiguration", std::move(endpoint));
  return {};
}

Answer<> CreateDomainName(Context& context, const json::Object& input) {
  json::Object body{{"domainName", input.GetString("DomainName")},
                    {"tags", input.GetObject("Tags")}};
  TL_DO(ReadConfiguration(input, body));
  TL_TRY(const json::Object made, execute_api::AddDomain(context, std::move(body)));
  return Show(context, made);
}

Answer<> UpdateDomainName(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("DomainName")));
  json::Object body = domain->body;
  TL_DO(ReadConfiguration(input, body));
  execute_api::SaveDomain(context, input.GetString("DomainName"), body);
  return Show(context, body);
}

Answer<> GetDomainName(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("DomainName")));
  return Show(context, domain->body);
}

Answer<> GetDomainNames(Context& context, const json::Object& input) {
  return ListRecords(context, execute_api::kDomain, {}, input, Show);
}

Answer<> DeleteDomainName(Context& context, const json::Object& input) {
  TL_DO(execute_api::RemoveDomain(context, input.GetString("DomainName")));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateDomainName", .handle = CreateDomainName},
    {.name = "DeleteDomainName", .handle = DeleteDomainName},
    {.name = "GetDomainName", .handle = GetDomainName},
    {.name = "GetDomainNames", .handle = GetDomainNames},
    {.name = "UpdateDomainName", .handle = UpdateDomainName},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDomainOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
