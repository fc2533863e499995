// InnerGateway: requests of services to services, as HTTP has them: what an API sends to S3 or SQS
// on behalf of its clients goes through the gateway like anybody's, but for the signature.
#pragma once

#include <string>

#include "cloud/wait.h"
#include "net/http.h"

namespace trunkline::cloud {

// As the context's caller, in its Region; `signing_name` is the service as signatures name it
// ("states"). Always an answer.
net::aw<net::Response> AskService(WaitContext context, std::string signing_name,
                                  net::Request request);

}  // namespace trunkline::cloud
