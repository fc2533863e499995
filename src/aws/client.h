// aws::Client: calls any modelled operation of any service, on AWS or on the embedded cloud.
//
// Credentials come from a chain, requests are signed, throttled calls are retried with full jitter,
// and a token bucket per (account, Region, operation) keeps below the documented quota and adapts
// to throttling answers. AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> are honoured as in the
// official SDKs.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/credentials.h"
#include "aws/model.h"
#include "aws/token_bucket.h"
#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "net/async.h"
#include "net/client.h"
#include "net/timers.h"

namespace trunkline::aws {

// Everything a client needs from outside.
struct ClientWorld {
  net::Loop& loop;
  const Environment& environment;
  Files& files;
  Clock& clock;
  Random& random;
  Log& log;
  net::Timers& timers;  // for back-off and pacing: tests wind theirs by hand
};

struct ClientOptions {
  std::string region;        // empty: AWS_REGION, AWS_DEFAULT_REGION, the profile's
  std::string profile;       // empty: AWS_PROFILE, "default"
  std::string endpoint_url;  // empty: from the environment, else AWS's own
  int max_attempts = 5;
  bool rate_limits = true;  // false: no token buckets (the embedded cloud needs none)
  Quotas quotas;            // what the account was granted beyond the documented quotas
};

// Copies share one pool, one set of buckets.
class Client {
 public:
  Client(ClientWorld world, ClientOptions options);

  // One call. Errors carry the service's code; kThrottled only after the last attempt. Steps say
  // "while calling connect:CreateQueue in eu-central-1".
  net::aw<Result<json::Object>> Call(std::string service, std::string operation,
                                     json::Object input) const;

  // All pages; the list member(s) joined into the first answer.
  net::aw<Result<json::Object>> CallAllPages(std::string service, std::string operation,
                                             json::Object input) const;

  // The same client for another Region, or with the credentials of a role (sts:AssumeRole,
  // refreshed in time).
  Client InRegion(std::string region) const;
  Client WithRole(std::string role_arn, std::string session_name,
                  std::string external_id = "") const;
  Client WithCredentials(Credentials credentials) const;

  const std::string& region() const;
  const Models& models() const;
  // How many HTTP requests went out since the client was made, over all copies: for "minimal calls"
  // tests.
  std::uint64_t requests_sent() const;

 private:
  struct Shared;
  struct Settings;
  net::aw<Result<Credentials>> FindCredentials() const;
  net::aw<Result<Credentials>> Assume() const;
  net::aw<Result<Credentials>> AssumeFromProfile(RoleProfile role) const;
  net::aw<void> Pace(std::string key, std::string_view service, std::string_view operation) const;
  void Learn(const std::string& key, const Result<json::Object>& result) const;
  net::aw<Result<json::Object>> Attempt(const Model& model, const OperationRow& operation,
                                        json::Object input, net::Response& response) const;

  std::shared_ptr<Shared> shared_;  // pool, buckets, models: shared by all copies
  std::shared_ptr<const Settings> settings_;
};

}  // namespace trunkline::aws
