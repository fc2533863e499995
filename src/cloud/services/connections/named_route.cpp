// /_trunkline/connections: a connection of a given ARN. On AWS a person made the one that a
// center's files name; here it is made by its name, so that those files serve both (docs/git.md).
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/services/connections/connection.h"

namespace trunkline::cloud {

namespace connections {
namespace {

constexpr std::string_view kPath = "/_trunkline/connections";

struct Named {
  Scope scope;
  std::string service;
  std::string id;
};

Result<Named> ReadBody(std::string_view body) {
  constexpr std::string_view kType = "connection/";
  TL_TRY(const json::Value value, json::Parse(body));
  const std::string_view arn =
      value.IsObject() ? value.AsObject().GetString("arn") : std::string_view();
  const std::vector<std::string_view> parts = Split(arn, ':');
  const bool good = parts.size() == 6 && parts[0] == "arn" &&
                    (parts[2] == kNewService || parts[2] == kOldService) && !parts[3].empty() &&
                    parts[4].size() == 12 && parts[5].starts_with(kType) &&
                    parts[5].size() > kType.size();
  if (!good) {
    return Error(ErrorKind::kInvalid,
                 "expected {{\"arn\": "
                 "\"arn:aws:codestar-connections:<region>:<account>:connection/<id>\"}}");
  }
  return Named{.scope = {.account = std::string(parts[4]), .region = std::string(parts[3])},
               .service = std::string(parts[2]),
               .id = std::string(parts[5].substr(kType.size()))};
}

net::aw<net::Response> Make(Engine& engine, net::Request request) {
  if (request.path() != kPath)
    co_return FailResponse(404, fmt::format("there is no page '{}'", request.path()));
  if (request.method != "POST") co_return WrongMethod(request, "POST");
  const auto named = ReadBody(request.body);
  if (!named) co_return FailResponse(named.error());
  if (engine.store.Find(named->scope, kConnection, named->id))
    co_return FailResponse(409, "there is a connection of this ARN already");
  Record record{.id = named->id,
                .parent = {},
                .name = named->id,
                .body = {{"Service", named->service},
                         {"ConnectionName", named->id},
                         {"ConnectionStatus", kAvailable},
                         {"ProviderType", "GitHub"},
                         {"Tags", json::Array()}}};
  const auto done = engine.store.Transact([&] {
    engine.store.Put(named->scope, kConnection, std::move(record));
    return true;
  });
  if (!done) co_return FailResponse(done.error());
  co_return JsonResponse(201, json::Object{{"status", kAvailable}});
}

}  // namespace
}  // namespace connections

constinit const AdminRoute kConnectionsAdminRoute{.prefix = connections::kPath,
                                                  .handle = connections::Make};

}  // namespace trunkline::cloud
