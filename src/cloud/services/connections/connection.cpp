#include "cloud/services/connections/connection.h"

#include <filesystem>
#include <utility>

#include "base/text.h"
#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "net/http.h"

namespace trunkline::cloud {

namespace connections {
namespace {

// How long a person takes in the console, about.
constexpr std::chrono::seconds kHandshake{5};

// arn:aws:<service>:<region>:<account>:<type>/<id>
struct ArnParts {
  Scope scope;
  std::string id;
};

std::optional<ArnParts> ReadArn(std::string_view arn, std::string_view type) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() != 6 || parts[0] != "arn") return std::nullopt;
  if (parts[2] != kNewService && parts[2] != kOldService) return std::nullopt;
  std::string_view resource = parts[5];
  if (!resource.starts_with(type)) return std::nullopt;
  resource.remove_prefix(type.size());
  return ArnParts{.scope = {.account = std::string(parts[4]), .region = std::string(parts[3])},
                  .id = std::string(resource)};
}

constexpr std::string_view kConnectionType = "connection/";
constexpr std::string_view kHostType = "host/";

std::string MakeArn(const Context& context, const Record& record, std::string_view type) {
  return fmt::format("arn:aws:{}:{}:{}:{}{}", record.body.GetString("Service"), context.region,
                     context.caller.account, type, record.id);
}

Answer<const Record*> Find(Context& context, Kind kind, std::string_view type,
                           std::string_view arn) {
  const auto parts = ReadArn(arn, type);
  const Record* record = parts && parts->scope == context.RegionScope()
                             ? context.store.Find(parts->scope, kind, parts->id)
                             : nullptr;
  if (!record) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("The {} '{}' was not found.", kind.name, arn));
  }
  return record;
}

bool IsReady(Context& context, const Record& connection) {
  const std::string_view host_id = connection.body.GetString("Host");
  if (host_id.empty()) return true;
  const Record* host = context.store.Find(context.RegionScope(), kHost, host_id);
  return host && host->body.GetString("Status") == kAvailable;
}

void SetStatus(Context& context, Kind kind, const Record& record, std::string_view key,
               bool ready) {
  const std::string_view status = ready ? kAvailable : kPending;
  if (record.body.GetString(key) == status) return;
  Record updated = record;
  updated.body.Set(key, status);
  context.store.Put(context.RegionScope(), kind, std::move(updated));
}

Answer<void> Settle(Context& context, const json::Object& /*payload*/) {
  const Scope scope = context.RegionScope();
  for (const Record* host : context.store.List(scope, kHost)) {
    const Record copy = *host;
    const std::string objection = ObjectionToEndpoint(copy.body.GetString("ProviderEndpoint"));
    SetStatus(context, kHost, copy, "Status", objection.empty());
  }
  for (const Record* connection : context.store.List(scope, kConnection)) {
    const Record copy = *connection;
    SetStatus(context, kConnection, copy, "ConnectionStatus", IsReady(context, copy));
  }
  return {};
}

}  // namespace

std::string ConnectionArn(const Context& context, const Record& connection) {
  return MakeArn(context, connection, kConnectionType);
}

std::string HostArn(const Context& context, const Record& host) {
  return MakeArn(context, host, kHostType);
}

Answer<const Record*> FindConnection(Context& context, std::string_view arn) {
  return Find(context, kConnection, kConnectionType, arn);
}

Answer<const Record*> FindHost(Context& context, std::string_view arn) {
  return Find(context, kHost, kHostType, arn);
}

std::string ObjectionToEndpoint(std::string_view endpoint) {
  constexpr std::string_view kFile = "file://";
  if (endpoint.starts_with(kFile)) {
    const std::string folder(endpoint.substr(kFile.size()));
    std::error_code ignored;
    if (folder.starts_with('/') && std::filesystem::is_directory(folder, ignored)) return "";
    return fmt::format("There is no folder '{}'.", folder);
  }
  const auto url = net::ParseUrl(endpoint);
  const bool here =
      url && (url->host == "127.0.0.1" || url->host == "localhost" || url->host == "[::1]");
  if (here) return "";
  return "The embedded cloud reaches this machine only: expected file:///folder or "
         "http://127.0.0.1:port.";
}

void ScheduleSettling(Context& context) {
  context.jobs.Schedule(context, kSettleConnectionsJob, json::Object(), kHandshake);
}

Answer<Access> Use(Store& store, std::string_view connection_arn) {
  const auto parts = ReadArn(connection_arn, kConnectionType);
  const Record* connection = parts ? store.Find(parts->scope, kConnection, parts->id) : nullptr;
  if (!connection) {
    return ServiceError("ConfigurationError",
                        fmt::format("Connection {} does not exist", connection_arn));
  }
  if (connection->body.GetString("ConnectionStatus") != kAvailable) {
    return ServiceError("ConfigurationError",
                        fmt::format("Connection {} is not available", connection_arn));
  }
  Access access;
  access.provider = connection->body.GetString("ProviderType");
  const Record* host = store.Find(parts->scope, kHost, connection->body.GetString("Host"));
  if (host) access.endpoint = host->body.GetString("ProviderEndpoint");
  return access;
}

}  // namespace connections

constinit const JobKind kSettleConnectionsJob{.name = "connections.settle",
                                              .run = connections::Settle};

}  // namespace trunkline::cloud
