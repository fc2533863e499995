#include "app/named_connection.h"

#include "app/cloud_post.h"
#include "base/text.h"
#include "stacks/tooling_parts.h"

namespace trunkline::app {
namespace {

// arn:aws:<service>:<region>:<account>:connection/<id>; HasConnection has looked at it.
struct NamedConnection {
  std::string arn;
  std::string service;
  std::string region;
};

NamedConnection Read(const std::string& arn) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  return {.arn = arn, .service = std::string(parts.at(2)), .region = std::string(parts.at(3))};
}

net::aw<Result<std::string>> StatusOf(aws::Client client, NamedConnection named) {
  json::Object input{{"ConnectionArn", named.arn}};
  TL_CO_TRY(const json::Object got,
            co_await client.Call(named.service, "GetConnection", std::move(input)));
  co_return std::string(got.GetObject("Connection").GetString("ConnectionStatus"));
}

Result<void> MakeInCloud(AppWorld& world, const NamedConnection& named, const std::string& endpoint,
                         const Tell& tell) {
  TL_DO(PostToCloud(world, endpoint, "/_trunkline/connections", {{"arn", named.arn}},
                    "a connection"));
  tell(fmt::format("{}: made, as devops.json names it; this cloud serves repositories itself",
                   named.arn));
  return {};
}

}  // namespace

Result<void> PrepareConnection(AppWorld& world, const center::Tooling& tooling,
                               Connection& connection, const Tell& tell) {
  if (!stacks::HasConnection(tooling)) return {};
  const NamedConnection named = Read(tooling.codestar_arn.value);
  const aws::Client client = connection.WithAccount(tooling.account.value).InRegion(named.region);
  const Result<std::string> status = connection.Run(StatusOf(client, named));
  if (status && *status != "AVAILABLE") {
    tell(fmt::format(
        "{} is {}: no pipeline gets its source before somebody finishes it in the console, "
        "'Developer Tools', 'Connections', 'Update pending connection'",
        named.arn, *status));
  }
  if (status || status.error().kind() == ErrorKind::kDenied) return {};
  if (status.error().kind() != ErrorKind::kNotFound) return status.error();
  if (connection.IsEmbedded()) return MakeInCloud(world, named, connection.endpoint(), tell);
  return Error(ErrorKind::kNotFound,
               "there is no connection '{}', which codestarArn of "
               "amzconnect-devops-pipelines/env/devops.json names; make it in account {} in the "
               "console, 'Developer Tools', 'Connections', or write the template's zeros "
               "(...:connection/00000000-0000-0000-0000-000000000000) and the pipelines' stack "
               "makes one",
               named.arn, tooling.account.value);
}

}  // namespace trunkline::app
