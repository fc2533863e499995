// Calls of other services by the AWS integrations of REST APIs, in the integration's role.
//
// What AWS does is HTTP: the request that parameters and templates make goes to the service's own
// endpoint, and its answer comes back as the service writes it. So here: JSON and REST services
// through the gateway (cloud/inner_gateway.h), with X-Amz-Target where an action says it; forms
// (SQS, SNS, and other services' actions with parameters in the query: seen of SSM) by their
// operation, answered in JSON unless XML is asked for.
#pragma once

#include <string>

#include "cloud/execute_api/service_uri.h"
#include "cloud/wait.h"
#include "net/http.h"

namespace trunkline::cloud::execute_api {

struct ServiceCall {
  ServiceUri uri;
  std::string source_arn;   // the method's: what the role's trust may ask for
  std::string credentials;  // a role's ARN
  net::Request request;     // its target: "/<path>?<query>"; of an action "/?<query>"
  Milliseconds limit{0};
};

struct ServiceAnswer {
  enum class End { kDone, kTimedOut, kRefused };
  End end = End::kRefused;
  net::Response response;
  std::string reason;  // why it was not asked, for logs
};

net::aw<ServiceAnswer> CallService(WaitContext context, ServiceCall call);

}  // namespace trunkline::cloud::execute_api
