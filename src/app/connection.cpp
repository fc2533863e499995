#include "app/connection.h"

namespace trunkline::app {
namespace {

aws::ClientWorld WorldOf(AppWorld& world, net::Loop& loop, net::Timers& timers) {
  return {.loop = loop,
          .environment = world.environment,
          .files = world.files,
          .clock = world.clock,
          .random = world.random,
          .log = world.log,
          .timers = timers};
}

}  // namespace

Connection::Connection(AppWorld& world, aws::ClientOptions options, RoleArgs role)
    : endpoint_(EndpointUrl(world, options.endpoint_url)),
      has_session_(world.environment.Get("AWS_SESSION_TOKEN").has_value()),
      role_(std::move(role)),
      client_(WorldOf(world, loop_, timers_), std::move(options)) {}

aws::Client Connection::WithAccount(const std::string& account) const {
  if (!role_.arn.empty()) return client_.WithRole(role_.arn, "trunkline", role_.external_id);
  if (!IsEmbedded() || has_session_) return client_;
  return client_.WithCredentials({.access_key_id = account, .secret_key = "test"});
}

net::aw<Result<void>> CheckAccount(aws::Client client, std::string account, std::string whose) {
  TL_CO_TRY(const json::Object identity,
            co_await client.Call("sts", "GetCallerIdentity", json::Object()));
  const std::string_view actual = identity.GetString("Account");
  if (actual == account) co_return Result<void>();
  co_return Error(ErrorKind::kDenied,
                  "the credentials are for account {}, but {} is account {}; choose another "
                  "--profile",
                  actual, whose, account);
}

}  // namespace trunkline::app
