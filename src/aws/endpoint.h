// Where a request goes: AWS's own hosts, or the endpoint that options, environment or profile name.
//
// Order, as in the official SDKs: the option, AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the
// profile's services section, the profile's endpoint_url. AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true
// skips all but the option.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "aws/credentials.h"
#include "aws/model.h"
#include "base/environment.h"
#include "base/json.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::aws {

struct Endpoint {
  net::Url url;                // its target is a path that goes before the operation's, mostly "/"
  std::string signing_region;  // of global services not the caller's
  bool own = false;            // AWS's; false: somebody named it
};

struct EndpointChoice {
  std::string option;  // ClientOptions::endpoint_url
  const Environment& environment;
  const Profiles& profiles;
  std::string profile;
};

// The error names the variable whose URL cannot be read.
Result<Endpoint> FindEndpoint(const Model& model, std::string_view region,
                              const EndpointChoice& choice);

// Completes an encoded request: Host, the endpoint's own path, the operation's host prefix, and a
// bucket that goes into the host. On named endpoints buckets stay in the path and hosts as they
// are.
void Address(const Model& model, const OperationRow& operation, const json::Object& input,
             Endpoint& endpoint, net::Request& request);

}  // namespace trunkline::aws
