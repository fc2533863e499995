// Domain names and their mappings, as both services change them.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/mappings.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::string_view kZone = "Z1UJRXOUMOOFQ8";  // API Gateway's own, of its first Region

bool IsDomainName(std::string_view name) {
  constexpr std::size_t kLongest = 255;
  return name.size() <= kLongest && name.find('.') != std::string_view::npos &&
         !name.starts_with('.') && !name.ends_with('.') && std::ranges::all_of(name, [](char c) {
           return std::islower(static_cast<unsigned char>(c)) != 0 ||
                  std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' ||
                  c == '*';
         });
}

bool IsBasePath(std::string_view path) {
  return !path.starts_with('/') && !path.ends_with('/') && std::ranges::all_of(path, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("$-_.+!*'()/").find(c) != std::string_view::npos;
  });
}

// A REST API's or an HTTP API's.
bool HasStage(Context& context, std::string_view api_id, std::string_view stage) {
  const std::string id = fmt::format("{}/{}", api_id, stage);
  const Scope scope = context.RegionScope();
  return context.store.Find(scope, {"apigateway", "stage"}, id) != nullptr ||
         context.store.Find(scope, {"apigatewayv2", "stage"}, id) != nullptr;
}

}  // namespace

Answer<const Record*> FindDomain(Context& context, std::string_view name) {
  const Record* domain = context.store.Find(context.RegionScope(), kDomain, name);
  if (domain) return domain;
  return ServiceError("NotFoundException", "Invalid domain name identifier specified");
}

Answer<> AddDomain(Context& context, json::Object body) {
  const std::string name(body.GetString("domainName"));
  if (!IsDomainName(name))
    return ServiceError("BadRequestException",
                        fmt::format("Invalid domain name specified: {}", name));
  if (FindAddress(context.store, name))
    return ServiceError("ConflictException", "The domain name you provided already exists.");
  body.Set("domainNameStatus", "AVAILABLE");
  body.Set("regionalDomainName", fmt::format("d-{}.execute-api.{}.amazonaws.com",
                                             NewId(context.random, 10), context.region));
  body.Set("regionalHostedZoneId", kZone);
  if (!body.Has("securityPolicy")) body.Set("securityPolicy", "TLS_1_2");
  if (!body.Has("tags")) body.Set("tags", json::Object());
  SaveDomain(context, name, body);
  KeepAddress(context, name, "DOMAIN");
  return body;
}

void SaveDomain(Context& context, std::string_view name, json::Object body) {
  context.store.Put(
      context.RegionScope(), kDomain,
      {.id = std::string(name), .parent = "", .name = std::string(name), .body = std::move(body)});
}

Answer<void> RemoveDomain(Context& context, std::string_view name) {
  TL_TRY(const Record* domain, FindDomain(context, name));
  const std::string id = domain->id;
  std::vector<std::string> mappings;
  for (const Record* one : context.store.List(context.RegionScope(), kMapping, id))
    mappings.push_back(one->id);
  for (const std::string& one : mappings)
    context.store.Delete(context.RegionScope(), kMapping, one);
  context.store.Delete(context.RegionScope(), kDomain, id);
  ForgetAddress(context, id);
  return {};
}

Answer<void> CheckMapping(Context& context, std::string_view domain, const json::Object& body,
                          std::string_view base_path, std::string_view own) {
  const std::string_view api_id = body.GetString("ApiId");
  const auto address = FindAddress(context.store, api_id);
  if (!address || address->scope != context.RegionScope() || address->protocol == "DOMAIN")
    return ServiceError("BadRequestException", "Invalid REST API identifier specified");
  const std::string_view stage = body.GetString("Stage");
  if (!stage.empty() && !HasStage(context, api_id, stage))
    return ServiceError("BadRequestException", "Invalid stage identifier specified");
  if (!IsBasePath(base_path))
    return ServiceError("BadRequestException", "API mapping key contains invalid characters");
  const Record* same = context.store.FindByName(context.RegionScope(), kMapping, domain, base_path);
  if (same && same->id != own)
    return ServiceError("ConflictException", "Base path already exists for this domain name");
  return {};
}

void SaveMapping(Context& context, std::string_view domain, std::string_view id,
                 std::string_view base_path, json::Object body) {
  context.store.Put(context.RegionScope(), kMapping,
                    {.id = std::string(id),
                     .parent = std::string(domain),
                     .name = std::string(base_path),
                     .body = std::move(body)});
}

}  // namespace trunkline::cloud::execute_api
