#include "cloud/services/cloudformation/serverless/domain.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// What is known when the domain's own properties were looked at.
struct Domain {
  const Source& source;
  json::Object config;
  std::string id;  // of the domain name
  std::string endpoint;
  bool http = false;
};

Resource Make(const Domain& domain, std::string id, std::string_view type) {
  return {.id = std::move(id),
          .type = std::string(type),
          .members = domain.source.Inherited(),
          .properties = {}};
}

Answer<void> CheckRequired(const Source& source, const json::Object& config, bool http) {
  const bool named = Present(config, "DomainName") != nullptr;
  const bool certified = Present(config, "CertificateArn") != nullptr;
  if (named && certified) return {};
  if (http) {
    return InvalidResource(
        source.id, "Custom Domains only works if both DomainName and CertificateArn are provided.");
  }
  return InvalidResource(source.id, fmt::format("Property 'Domain.{}' is required.",
                                                named ? "CertificateArn" : "DomainName"));
}

Answer<Domain> ReadDomain(Document& document, const Source& source, bool http) {
  const json::Value resolved = document.values.Resolve(source.properties.At("Domain"));
  if (!resolved.IsObject()) return InvalidResource(source.id, "Property 'Domain' should be a map.");
  Domain domain{
      .source = source, .config = resolved.AsObject(), .id = {}, .endpoint = {}, .http = http};
  TL_DO(CheckRequired(source, domain.config, http));
  domain.id = HashedId(http ? "ApiGatewayDomainNameV2" : "ApiGatewayDomainName",
                       domain.config.At("DomainName"));
  domain.endpoint = domain.config.GetString("EndpointConfiguration", "REGIONAL");
  const bool known = domain.endpoint == "REGIONAL" || (!http && domain.endpoint == "EDGE");
  if (known) return domain;
  if (!http && domain.endpoint == "PRIVATE") {
    return InvalidResource(
        source.id, "Private custom domain names are not implemented by the embedded cloud.");
  }
  return InvalidResource(
      source.id, fmt::format("EndpointConfiguration for Custom Domains must be one of [{}].",
                             http ? "'REGIONAL'" : "'EDGE', 'REGIONAL', 'PRIVATE'"));
}

Answer<void> SetTrust(const Domain& domain, json::Object& properties) {
  const json::Value* given = Given(domain.config, "MutualTlsAuthentication");
  if (!given) return {};
  const std::string fields = "['TruststoreUri', 'TruststoreVersion']";
  if (!given->IsObject()) {
    return InvalidResource(
        domain.source.id,
        domain.http ? fmt::format("MutualTlsAuthentication must be a map with at least one of the "
                                  "following fields {}.",
                                  fields)
                    : "Property 'Domain.MutualTlsAuthentication' should be a map.");
  }
  json::Object trust;
  for (const json::Member& member : given->AsObject()) {
    if (member.key == "TruststoreUri" || member.key == "TruststoreVersion") {
      trust.Set(member.key, member.value);
      continue;
    }
    if (domain.http) {
      return InvalidResource(
          member.key, fmt::format("Available MutualTlsAuthentication fields are {}.", fields));
    }
    return InvalidResource(
        domain.source.id,
        fmt::format("Available Domain.MutualTlsAuthentication fields are {}.", fields));
  }
  properties.Set("MutualTlsAuthentication", std::move(trust));
  return {};
}

Answer<Resource> MakeRestName(const Domain& domain) {
  Resource name = Make(domain, domain.id, "AWS::ApiGateway::DomainName");
  Copy(name.properties, "DomainName", domain.config);
  Copy(name.properties, domain.endpoint == "REGIONAL" ? "RegionalCertificateArn" : "CertificateArn",
       domain.config, "CertificateArn");
  json::Object endpoint{{"Types", json::Array{domain.endpoint}}};
  if (const json::Value* type = Given(domain.config, "IpAddressType"))
    endpoint.Set("IpAddressType", *type);
  name.properties.Set("EndpointConfiguration", std::move(endpoint));
  TL_DO(SetTrust(domain, name.properties));
  for (const std::string_view passed :
       {"SecurityPolicy", "EndpointAccessMode", "OwnershipVerificationCertificateArn"}) {
    if (const json::Value* value = Given(domain.config, passed))
      name.properties.Set(passed, *value);
  }
  return name;
}

Answer<Resource> MakeHttpName(const Domain& domain) {
  Resource name = Make(domain, domain.id, "AWS::ApiGatewayV2::DomainName");
  Copy(name.properties, "DomainName", domain.config);
  json::Object config;
  Copy(config, "CertificateArn", domain.config);
  config.Set("EndpointType", domain.endpoint);
  for (const std::string_view passed : {"OwnershipVerificationCertificateArn", "SecurityPolicy"}) {
    if (const json::Value* value = Given(domain.config, passed)) config.Set(passed, *value);
  }
  name.properties.Set("DomainNameConfigurations", json::Array{std::move(config)});
  TL_DO(SetTrust(domain, name.properties));
  json::Object tags{{"httpapi:createdBy", "SAM"}};
  for (const json::Member& tag : domain.source.properties.GetObject("Tags"))
    tags.Set(tag.key, tag.value);
  name.properties.Set("Tags", std::move(tags));
  return name;
}

std::string Without(std::string_view text, std::string_view removed, bool all_but_alphanumeric) {
  std::string made;
  for (const char c : text) {
    const bool keep =
        all_but_alphanumeric ? IsAlphanumeric({&c, 1}) : removed.find(c) == std::string_view::npos;
    if (keep) made += c;
  }
  return made;
}

std::string_view WithoutSlashes(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

Answer<void> CheckPath(const Domain& domain, const json::Value& path) {
  const std::string& id = domain.source.id;
  if (!path.IsString()) {
    return InvalidResource(id, domain.http ? "Basepath must be a string."
                                           : "Property 'Domain.BasePath[0]' should be a string.");
  }
  const bool plain = IsAlphanumeric(Without(path.AsString(), "/-_", false) + "x");
  if (domain.http && !plain) return InvalidResource(id, "Invalid Basepath name provided.");
  return {};
}

Resource MakeMapping(const Domain& domain, const std::string* path) {
  const std::string& api = domain.source.id;
  const std::string word = path ? Without(*path, "-_/", !domain.http) : std::string();
  Resource mapping =
      domain.http
          ? Make(domain, api + word + "ApiMapping", "AWS::ApiGatewayV2::ApiMapping")
          : Make(domain, api + word + "BasePathMapping", "AWS::ApiGateway::BasePathMapping");
  mapping.properties.Set("DomainName", Ref(domain.id));
  mapping.properties.Set(domain.http ? "ApiId" : "RestApiId", Ref(api));
  mapping.properties.Set("Stage", Ref(api + ".Stage"));
  if (!path) return mapping;
  const bool normal = domain.config.GetBool("NormalizeBasePath", true);
  if (domain.http)
    mapping.properties.Set("ApiMappingKey", WithoutSlashes(*path));
  else
    mapping.properties.Set("BasePath", normal ? word : *path);
  return mapping;
}

Answer<void> AddMappings(const Domain& domain, std::vector<Resource>& all) {
  const json::Value* given = Given(domain.config, "BasePath");
  if (!given || (!given->IsString() && !given->IsArray())) {
    all.push_back(MakeMapping(domain, nullptr));
    return {};
  }
  const json::Array paths = given->IsArray() ? given->AsArray() : json::Array{*given};
  for (const json::Value& path : paths) {
    TL_DO(CheckPath(domain, path));
    all.push_back(MakeMapping(domain, &path.AsString()));
  }
  return {};
}

json::Object RecordOf(const Domain& domain, const json::Object& route53, std::string_view type) {
  json::Object alias;
  Copy(alias, "EvaluateTargetHealth", route53);
  if (domain.endpoint == "REGIONAL") {
    alias.Set("HostedZoneId", GetAtt(domain.id, "RegionalHostedZoneId"));
    alias.Set("DNSName", GetAtt(domain.id, "RegionalDomainName"));
  } else {
    const json::Value* own = Present(route53, "DistributionDomainName");
    alias.Set("HostedZoneId", "Z2FDTNDATAQYW2");
    alias.Set("DNSName", own ? *own : GetAtt(domain.id, "DistributionDomainName"));
  }
  json::Object record;
  Copy(record, "Name", domain.config, "DomainName");
  record.Set("Type", type);
  record.Set("AliasTarget", std::move(alias));
  Copy(record, "Region", route53);
  Copy(record, "SetIdentifier", route53);
  return record;
}

// APIs of one zone share a group of records.
Answer<void> AddRecords(Document& document, const Domain& domain, std::vector<Resource>& all) {
  const json::Value* given = Present(domain.config, "Route53");
  if (!given) return {};
  if (!given->IsObject())
    return InvalidResource(domain.source.id, "Property 'Domain.Route53' should be a map.");
  const json::Object& route53 = given->AsObject();
  const json::Value* zone = Given(route53, "HostedZoneId");
  if (!zone) zone = Given(route53, "HostedZoneName");
  if (!zone) {
    return InvalidResource(domain.source.id,
                           "HostedZoneId or HostedZoneName is required to enable Route53 support "
                           "on Custom Domains.");
  }
  const bool separate = !domain.http && route53.GetBool("SeparateRecordSetGroup");
  const std::string id =
      separate ? HashedId("RecordSetGroup",
                          json::Value(json::Array{*zone, domain.config.At("DomainName")}))
               : HashedId("RecordSetGroup", *zone);
  json::Object& group = document.record_sets[id];
  Copy(group, "HostedZoneId", route53);
  if (!group.Has("HostedZoneId")) Copy(group, "HostedZoneName", route53);
  json::Array records = group.GetArray("RecordSets");
  records.emplace_back(RecordOf(domain, route53, "A"));
  if (route53.GetBool("IpV6")) records.emplace_back(RecordOf(domain, route53, "AAAA"));
  group.Set("RecordSets", std::move(records));
  Resource made = Make(domain, id, "AWS::Route53::RecordSetGroup");
  made.properties = group;
  all.push_back(std::move(made));
  return {};
}

}  // namespace

Answer<std::vector<Resource>> MakeDomain(Document& document, const Source& source, bool http) {
  std::vector<Resource> all;
  if (!Present(source.properties, "Domain")) return all;
  TL_TRY(const Domain domain, ReadDomain(document, source, http));
  TL_TRY(Resource name, http ? MakeHttpName(domain) : MakeRestName(domain));
  all.push_back(std::move(name));
  TL_DO(AddMappings(domain, all));
  TL_DO(AddRecords(document, domain, all));
  return all;
}

}  // namespace trunkline::cloud::cloudformation::serverless
