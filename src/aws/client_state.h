// What copies of a Client share, and what they differ in. Only the client's own files include this.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "aws/client.h"
#include "aws/endpoint.h"
#include "aws/rate_limits.h"
#include "aws/retry.h"
#include "net/client.h"

namespace trunkline::aws {

class CredentialProvider;  // aws/credential_provider.h

struct Client::Shared {
  Shared(ClientWorld outside, ClientOptions given);

  ClientWorld world;
  ClientOptions options;
  Profiles profiles;
  std::optional<Error> profiles_error;  // told by the first call: the constructor cannot
  std::string profile;                  // the one that counts
  net::Client http;
  net::Client metadata_http;  // short limits: metadata services answer at once or are not there
  Models models;
  RateLimits limits;
  RetryBudget retries;
  std::uint64_t requests = 0;
  Milliseconds clock_skew{0};  // what services told us to add to our clock
  // One provider per role and session, so that asking for the same role again does not assume it
  // again.
  std::map<std::string, std::shared_ptr<CredentialProvider>> roles;
};

struct Client::Settings {
  std::string region;
  std::shared_ptr<CredentialProvider> credentials;
};

// One call of one operation, all attempts. The parameters keep everything alive.
net::aw<Result<json::Object>> CallOperation(std::shared_ptr<Client::Shared> shared,
                                            std::shared_ptr<const Client::Settings> settings,
                                            std::string service, std::string operation,
                                            json::Object input);

// With these credentials, or unsigned without: what providers use to assume roles.
net::aw<Result<json::Object>> CallWith(std::shared_ptr<Client::Shared> shared, std::string region,
                                       std::optional<Credentials> credentials, std::string service,
                                       std::string operation, json::Object input);

}  // namespace trunkline::aws
