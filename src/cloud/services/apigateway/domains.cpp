// Custom domain names. There are no certificates here: what names one is kept and not looked at.
#include <fmt/format.h>

#include "cloud/execute_api/mappings.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

json::Object Show(Context& context, const json::Object& body, const json::Object& /*input*/) {
  json::Object shown = body;
  const std::string_view name = body.GetString("domainName");
  shown.Set("domainNameArn",
            fmt::format("arn:aws:apigateway:{}::/domainnames/{}", context.region, name));
  const json::Array& types = body.GetObject("endpointConfiguration").GetArray("types");
  if (types.empty() || types[0] == json::Value("EDGE")) {
    shown.Set("distributionDomainName", body.GetString("regionalDomainName"));
    shown.Set("distributionHostedZoneId", "Z2FDTNDATAQYW2");
    for (const std::string_view member : {"regionalDomainName", "regionalHostedZoneId"})
      shown.Remove(member);
  }
  return shown;
}

Answer<void> CheckSupported(const json::Object& input) {
  if (input.Has("mutualTlsAuthentication"))
    return BadRequest("Mutual TLS is not implemented by this cloud");
  if (input.GetString("routingMode", "BASE_PATH_MAPPING_ONLY") != "BASE_PATH_MAPPING_ONLY")
    return BadRequest("Routing rules are not implemented by this cloud");
  for (const json::Value& type : input.GetObject("endpointConfiguration").GetArray("types")) {
    if (type == json::Value("PRIVATE"))
      return BadRequest("Private domain names are not implemented by this cloud");
  }
  return {};
}

Answer<> CreateDomainName(Context& context, const json::Object& input) {
  TL_DO(CheckSupported(input));
  json::Object body =
      WithoutKeys(input, {"certificateBody", "certificatePrivateKey", "certificateChain"});
  if (!body.Has("endpointConfiguration")) {
    const bool regional =
        input.Has("regionalCertificateArn") || input.Has("regionalCertificateName");
    body.Set("endpointConfiguration",
             json::Object{{"types", json::Array{regional ? "REGIONAL" : "EDGE"}}});
  }
  TL_TRY(const json::Object made, execute_api::AddDomain(context, std::move(body)));
  return Show(context, made, input);
}

Answer<> GetDomainName(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("domainName")));
  return Show(context, domain->body, input);
}

Answer<> GetDomainNames(Context& context, const json::Object& input) {
  const Listing listing{.show = Show};
  return ListRecords(context, execute_api::kDomain, {}, input, listing);
}

Answer<> UpdateDomainName(Context& context, const json::Object& input) {
  TL_TRY(const Record* domain, execute_api::FindDomain(context, input.GetString("domainName")));
  json::Object body = domain->body;
  TL_DO(Patch(context, "UpdateDomainName", input,
              {"certificateArn", "certificateName", "endpointConfiguration",
               "ownershipVerificationCertificateArn", "regionalCertificateArn",
               "regionalCertificateName", "securityPolicy"},
              body));
  TL_DO(CheckSupported(body));
  execute_api::SaveDomain(context, input.GetString("domainName"), body);
  return Show(context, body, input);
}

Answer<> DeleteDomainName(Context& context, const json::Object& input) {
  TL_DO(execute_api::RemoveDomain(context, input.GetString("domainName")));
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

}  // namespace trunkline::cloud::apigateway
