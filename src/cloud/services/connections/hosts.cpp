// Hosts: where an installed forge (GitHub Enterprise Server, GitLab) is. Here: a folder or an
// address of this machine.
#include <algorithm>
#include <utility>

#include "cloud/services/connections/connection.h"
#include "cloud/services/connections/families.h"
#include "cloud/services/connections/pages.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::connections {
namespace {

constexpr std::size_t kMaxHosts = 50;  // AWS's quota of an account and Region

json::Object Shape(Context& context, const Record& host) {
  const json::Object& body = host.body;
  const std::string_view endpoint = body.GetString("ProviderEndpoint");
  json::Object shape{{"Name", host.name},
                     {"HostArn", HostArn(context, host)},
                     {"ProviderType", body.GetString("ProviderType")},
                     {"ProviderEndpoint", endpoint},
                     {"Status", body.GetString("Status")}};
  if (body.GetString("Status") != kAvailable)
    shape.SetIfNotEmpty("StatusMessage", ObjectionToEndpoint(endpoint));
  if (body.Has("VpcConfiguration"))
    shape.Set("VpcConfiguration", body.GetObject("VpcConfiguration"));
  return shape;
}

std::string NewHostId(Context& context, std::string_view name) {
  constexpr std::size_t kLength = 8;
  return fmt::format("{}-{}", name, NewToken(context.random, kLength, "0123456789abcdef"));
}

Answer<> Create(Context& context, const json::Object& input, std::string_view service) {
  if (context.store.List(context.RegionScope(), kHost).size() >= kMaxHosts)
    return ServiceError("LimitExceededException", "The limit of 50 hosts is exceeded.");
  const std::string_view provider = input.GetString("ProviderType");
  if (provider != "GitHubEnterpriseServer" && provider != "GitLabSelfManaged") {
    return ServiceError("ValidationException",
                        fmt::format("Hosts are not supported for the provider {}.", provider));
  }
  const json::Array& tags = input.GetArray("Tags");
  if (const std::string_view twice = RepeatedTagKey(tags); !twice.empty())
    return ServiceError("ValidationException", fmt::format("The tag key '{}' is repeated.", twice));
  json::Object body{{"Service", service},
                    {"ProviderType", provider},
                    {"ProviderEndpoint", input.GetString("ProviderEndpoint")},
                    {"Status", kPending},
                    {"Tags", tags}};
  if (const json::Value* vpc = input.Find("VpcConfiguration")) body.Set("VpcConfiguration", *vpc);
  Record record{.id = NewHostId(context, input.GetString("Name")),
                .parent = {},
                .name = std::string(input.GetString("Name")),
                .body = std::move(body)};
  json::Object output{{"HostArn", HostArn(context, record)}};
  if (!tags.empty()) output.Set("Tags", tags);
  context.store.Put(context.RegionScope(), kHost, std::move(record));
  ScheduleSettling(context);
  return output;
}

Answer<> CreateNew(Context& context, const json::Object& input) {
  return Create(context, input, kNewService);
}
Answer<> CreateOld(Context& context, const json::Object& input) {
  return Create(context, input, kOldService);
}

Answer<> DeleteHost(Context& context, const json::Object& input) {
  TL_TRY(const Record* host, FindHost(context, input.GetString("HostArn")));
  const std::string id = host->id;
  const auto connections = context.store.List(context.RegionScope(), kConnection);
  const auto uses = [&](const Record* connection) {
    return connection->body.GetString("Host") == id;
  };
  if (std::ranges::any_of(connections, uses)) {
    return ServiceError("ResourceUnavailableException",
                        fmt::format("The host '{}' has connections. Delete them first.",
                                    input.GetString("HostArn")));
  }
  context.store.Delete(context.RegionScope(), kHost, id);
  return json::Object();
}

Answer<> GetHost(Context& context, const json::Object& input) {
  TL_TRY(const Record* host, FindHost(context, input.GetString("HostArn")));
  json::Object shape = Shape(context, *host);
  shape.Remove("HostArn");
  shape.Remove("StatusMessage");
  return shape;
}

Answer<> ListHosts(Context& context, const json::Object& input) {
  return ListRecords(context, kHost, input, {}, "Hosts", Shape);
}

Answer<> UpdateHost(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindHost(context, input.GetString("HostArn")));
  Record host = *found;
  for (const std::string_view key : {"ProviderEndpoint", "VpcConfiguration"})
    if (const json::Value* value = input.Find(key)) host.body.Set(key, *value);
  host.body.Set("Status", kPending);
  context.store.Put(context.RegionScope(), kHost, std::move(host));
  ScheduleSettling(context);
  return json::Object();
}

constexpr Operation kNewOperations[] = {
    {.name = "CreateHost", .handle = CreateNew},  {.name = "DeleteHost", .handle = DeleteHost},
    {.name = "GetHost", .handle = GetHost},       {.name = "ListHosts", .handle = ListHosts},
    {.name = "UpdateHost", .handle = UpdateHost},
};
static_assert(InOrder(kNewOperations));

constexpr Operation kOldOperations[] = {
    {.name = "CreateHost", .handle = CreateOld},  {.name = "DeleteHost", .handle = DeleteHost},
    {.name = "GetHost", .handle = GetHost},       {.name = "ListHosts", .handle = ListHosts},
    {.name = "UpdateHost", .handle = UpdateHost},
};
static_assert(InOrder(kOldOperations));

}  // namespace

constinit const Family kHostOperations = kNewOperations;
constinit const Family kStarHostOperations = kOldOperations;

}  // namespace trunkline::cloud::connections
