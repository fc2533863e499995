// Connections: made, shown, listed, deleted.
#include <utility>

#include "cloud/services/connections/connection.h"
#include "cloud/services/connections/families.h"
#include "cloud/services/connections/pages.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::connections {
namespace {

constexpr std::size_t kMaxConnections = 250;  // AWS's quota of an account and Region

json::Object Shape(Context& context, const Record& connection) {
  const json::Object& body = connection.body;
  json::Object shape{{"ConnectionName", body.GetString("ConnectionName")},
                     {"ConnectionArn", ConnectionArn(context, connection)},
                     {"ProviderType", body.GetString("ProviderType")},
                     {"OwnerAccountId", context.caller.account},
                     {"ConnectionStatus", body.GetString("ConnectionStatus")}};
  const Record* host = context.store.Find(context.RegionScope(), kHost, body.GetString("Host"));
  if (host) shape.Set("HostArn", HostArn(context, *host));
  return shape;
}

// The provider, and the host's id if there is one.
Answer<json::Object> ReadOrigin(Context& context, const json::Object& input) {
  const std::string_view provider = input.GetString("ProviderType");
  if (!input.Has("HostArn")) {
    if (provider.empty())
      return ServiceError("ValidationException",
                          "Either ProviderType or HostArn must be provided.");
    if (provider == "GitHubEnterpriseServer" || provider == "GitLabSelfManaged") {
      return ServiceError("ValidationException",
                          fmt::format("A HostArn is required for the provider {}.", provider));
    }
    return json::Object{{"ProviderType", provider}};
  }
  TL_TRY(const Record* host, FindHost(context, input.GetString("HostArn")));
  const std::string_view hosted = host->body.GetString("ProviderType");
  if (!provider.empty() && provider != hosted) {
    return ServiceError("ValidationException",
                        fmt::format("The host is of the provider {}, not {}.", hosted, provider));
  }
  return json::Object{{"ProviderType", hosted}, {"Host", host->id}};
}

Answer<> Create(Context& context, const json::Object& input, std::string_view service) {
  if (context.store.List(context.RegionScope(), kConnection).size() >= kMaxConnections)
    return ServiceError("LimitExceededException", "The limit of 250 connections is exceeded.");
  TL_TRY(json::Object body, ReadOrigin(context, input));
  const json::Array& tags = input.GetArray("Tags");
  if (const std::string_view twice = RepeatedTagKey(tags); !twice.empty())
    return ServiceError("ValidationException", fmt::format("The tag key '{}' is repeated.", twice));
  body.Set("Service", service);
  body.Set("ConnectionName", input.GetString("ConnectionName"));
  body.Set("ConnectionStatus", kPending);
  body.Set("Tags", tags);
  Record record{.id = NewUuid(context.random),
                .parent = {},
                .name = std::string(input.GetString("ConnectionName")),
                .body = std::move(body)};
  json::Object output{{"ConnectionArn", ConnectionArn(context, record)}};
  if (!tags.empty()) output.Set("Tags", tags);
  context.store.Put(context.RegionScope(), kConnection, std::move(record));
  ScheduleSettling(context);
  return output;
}

Answer<> CreateNew(Context& context, const json::Object& input) {
  return Create(context, input, kNewService);
}
Answer<> CreateOld(Context& context, const json::Object& input) {
  return Create(context, input, kOldService);
}

Answer<> DeleteConnection(Context& context, const json::Object& input) {
  TL_TRY(const Record* connection, FindConnection(context, input.GetString("ConnectionArn")));
  const std::string id = connection->id;
  context.store.Delete(context.RegionScope(), kConnection, id);
  return json::Object();
}

Answer<> GetConnection(Context& context, const json::Object& input) {
  TL_TRY(const Record* connection, FindConnection(context, input.GetString("ConnectionArn")));
  return json::Object{{"Connection", Shape(context, *connection)}};
}

Answer<> ListConnections(Context& context, const json::Object& input) {
  const std::string provider(input.GetString("ProviderTypeFilter"));
  std::string host_id;
  if (input.Has("HostArnFilter")) {
    TL_TRY(const Record* host, FindHost(context, input.GetString("HostArnFilter")));
    host_id = host->id;
  }
  const RecordFilter filter{
      .text = provider + "|" + host_id, .keep = [&](const Record& connection) {
        return (provider.empty() || connection.body.GetString("ProviderType") == provider) &&
               (host_id.empty() || connection.body.GetString("Host") == host_id);
      }};
  return ListRecords(context, kConnection, input, filter, "Connections", Shape);
}

constexpr Operation kNewOperations[] = {
    {.name = "CreateConnection", .handle = CreateNew},
    {.name = "DeleteConnection", .handle = DeleteConnection},
    {.name = "GetConnection", .handle = GetConnection},
    {.name = "ListConnections", .handle = ListConnections},
};
static_assert(InOrder(kNewOperations));

constexpr Operation kOldOperations[] = {
    {.name = "CreateConnection", .handle = CreateOld},
    {.name = "DeleteConnection", .handle = DeleteConnection},
    {.name = "GetConnection", .handle = GetConnection},
    {.name = "ListConnections", .handle = ListConnections},
};
static_assert(InOrder(kOldOperations));

}  // namespace

constinit const Family kConnectionOperations = kNewOperations;
constinit const Family kStarConnectionOperations = kOldOperations;

}  // namespace trunkline::cloud::connections
