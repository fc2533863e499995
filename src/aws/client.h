// aws::Client: calls any modelled operation of any service, on AWS or on the embedded cloud.
//
// Credentials come from a chain, requests are signed, throttled calls are retried with full jitter,
// and a token bucket per (account, Region, operation) keeps below the documented quota and adapts
// to throttling answers. AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> are honoured as in the
// official SDKs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "aws/credentials.h"
#include "aws/model.h"
#include "aws/rate_limits.h"
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

// Everything a client needs from outside. All of it must outlive the client and its calls.
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
  std::string endpoint_url;  // empty: from the environment or the profile, else AWS's own
  int max_attempts = 5;
  // Token buckets. Not set: with AWS's own endpoints only (quotas are AWS's, the embedded cloud
  // needs none).
  std::optional<bool> rate_limits;
  Quotas quotas;  // what the account was granted beyond the documented quotas
};

// Copies share one pool, one set of buckets, one set of credentials. Belongs to the loop's thread.
class Client {
 public:
  Client(ClientWorld world, ClientOptions options);

  // One call. Idempotency tokens that `input` does not give are made, the same for all attempts.
  // Errors carry the service's code; kThrottled only after the last attempt. Steps say "while
  // calling connect:CreateQueue in eu-central-1". The calls below may outlive this object.
  net::aw<Result<json::Object>> Call(std::string service, std::string operation,
                                     json::Object input) const;

  // All pages; the list member(s) joined into the first answer, whose position tokens are removed.
  net::aw<Result<json::Object>> CallAllPages(std::string service, std::string operation,
                                             json::Object input) const;

  // The body behind a presigned URL that a service gave (GetPromptFile's), unsigned; tried again as
  // calls are. Errors: kUnreached, kThrottled, kDenied (it has expired), kNotFound.
  net::aw<Result<std::string>> Download(std::string url) const;

  // The same client for another Region, or with the credentials of a role (sts:AssumeRole,
  // refreshed in time).
  Client InRegion(std::string region) const;
  Client WithRole(std::string role_arn, std::string session_name,
                  std::string external_id = "") const;
  Client WithCredentials(Credentials credentials) const;

  // Empty: none was said anywhere; then every call is an error that says so.
  const std::string& region() const;
  const Models& models() const;
  // How many HTTP requests went out since the client was made, over all copies: for "minimal calls"
  // tests.
  std::uint64_t requests_sent() const;

  struct Shared;  // aws/client_state.h
  struct Settings;

 private:
  Client(std::shared_ptr<Shared> shared, std::shared_ptr<const Settings> settings);

  std::shared_ptr<Shared>
      shared_;  // pool, buckets, models: shared by all copies and the calls under way
  std::shared_ptr<const Settings> settings_;
};

}  // namespace trunkline::aws
