// Connection: AWS within a use case's reach: a loop of its own, and a client to start from.
//
// One for each use case that runs; must be made on a thread that runs no loop. On AWS the client
// has the credentials of the chain, or of the profile. On the embedded cloud an access key of 12
// digits is the account, so that WithAccount needs no credentials there; a build or function of
// that cloud has its role's (they come with a session token) and uses them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/endpoint.h"
#include "app/world.h"
#include "aws/client.h"
#include "net/timers.h"

namespace trunkline::app {

// A role to take before anything is done, as the builds of a tooling account do to reach a target
// account.
struct RoleArgs {
  std::string arn;  // empty: none
  std::string external_id;
};

class Connection {
 public:
  // The options' endpoint_url: empty is AWS_ENDPOINT_URL's, else AWS's own.
  Connection(AppWorld& world, aws::ClientOptions options, RoleArgs role = {});

  const aws::Client& client() const { return client_; }
  net::Loop& loop() { return loop_; }
  net::Timers& timers() { return timers_; }
  const std::string& endpoint() const { return endpoint_; }  // empty: AWS's own
  bool IsEmbedded() const { return IsLoopback(endpoint_); }

  // The client for an account. On AWS, and with a role, the one there is: CheckAccount says whether
  // that is right.
  aws::Client WithAccount(const std::string& account) const;

  // Runs `work` to its end. An error that says nobody answers says what to do.
  template <class T>
  Result<T> Run(net::aw<Result<T>> work) {
    std::optional<Result<T>> outcome;
    net::asio::co_spawn(loop_, Keep(std::move(work), &outcome), net::asio::detached);
    loop_.restart();
    loop_.run();
    if (!outcome->ok()) return WithWayOut(std::move(*outcome).error(), endpoint_);
    return std::move(*outcome);
  }

 private:
  template <class T>
  static net::aw<void> Keep(net::aw<Result<T>> work, std::optional<Result<T>>* outcome) {
    outcome->emplace(co_await std::move(work));
  }

  std::string endpoint_;
  bool has_session_;  // credentials of a role are in the environment
  RoleArgs role_;
  net::Loop loop_{1};
  net::RealTimers timers_{loop_};
  aws::Client client_;
};

// A slip of the profile must not change another account. `whose` is what the account is to be, for
// the message: "environment 'dev'".
net::aw<Result<void>> CheckAccount(aws::Client client, std::string account, std::string whose);

}  // namespace trunkline::app
